import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { openSqlite, type SqliteDatabase } from "../core/sqlite";

/**
 * A lock that the operating system drops when its process dies, however it dies: an exclusive transaction on an empty
 * SQLite file. Process ids are reused, time stamps lie after a sleep; file locks do neither.
 */
export class FileLock {
  private constructor(private readonly database: SqliteDatabase) {}

  /** Takes the lock, waiting up to `waitMs`. Throws SQLite's busy error when another process holds it longer. */
  static acquire(path: string, waitMs: number): FileLock {
    mkdirSync(dirname(path), { recursive: true });
    const database = openSqlite(path, { busyTimeoutMs: waitMs });
    try {
      database.exec("BEGIN EXCLUSIVE");
    } catch (error) {
      database.close();
      throw error;
    }
    return new FileLock(database);
  }

  release(): void {
    if (this.database.isOpen) this.database.close();
  }
}

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
