import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { FileLock } from "../core/file-lock";

const SUFFIX = ".lock";

/** The processes that have a history open, each with a lock that ends with it. */
export class Owners {
  private constructor(
    private readonly folder: string,
    /** Written into the rows of sessions that this process runs. */
    readonly token: string,
    private readonly lock: FileLock,
  ) {}

  static join(folder: string, token: string): Owners {
    return new Owners(folder, token, FileLock.acquire(join(folder, token + SUFFIX), 1000));
  }

  /** Tokens of other owners that are alive; locks of dead ones are cleared away. */
  othersAlive(): Set<string> {
    const alive = new Set<string>();
    for (const file of readdirSync(this.folder)) {
      if (!file.endsWith(SUFFIX)) continue;
      const token = file.slice(0, -SUFFIX.length);
      if (token === this.token) continue;
      try {
        FileLock.acquire(join(this.folder, file), 0).release();
        rmSync(join(this.folder, file), { force: true });
      } catch {
        alive.add(token);
      }
    }
    return alive;
  }

  leave(): void {
    this.lock.release();
    rmSync(join(this.folder, this.token + SUFFIX), { force: true });
  }
}
