import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import type { z } from "zod";
import { WorkbenchError } from "../../../shared/model/error";

type Json = z.core.util.JSONType;

/**
 * What the window wants back after a crash or restart (tabs, drafts, layout), one JSON file per key. Writes are
 * atomic and one after the other; while one runs, newer values of its key wait and only the last is written.
 */
export class UiStateStore {
  readonly #pending = new Map<string, Json>();
  readonly #writing = new Map<string, Promise<void>>();

  constructor(private readonly folder: string) {}

  /** The stored value, or `null` when there is none or it is damaged. */
  async get(key: string): Promise<Json> {
    const pending = this.#pending.get(key);
    if (pending !== undefined) return pending;
    await this.#writing.get(key)?.catch(() => undefined);
    try {
      return JSON.parse(await readFile(this.#file(key), "utf8")) as Json;
    } catch {
      return null;
    }
  }

  /** Resolves when the value (or a newer one) is on disk. Throws `STORAGE_UNAVAILABLE`. */
  async set(key: string, value: Json): Promise<void> {
    this.#pending.set(key, value);
    const running = this.#writing.get(key);
    if (running !== undefined) {
      await running.catch(() => undefined);
      // Another caller may have started the next write already; it carries our value or a newer one.
      const next = this.#writing.get(key);
      if (next !== undefined) return next;
      if (!this.#pending.has(key)) return;
    }
    const write = this.#write(key).finally(() => this.#writing.delete(key));
    this.#writing.set(key, write);
    await write;
  }

  /** Waits until every value that was set is on disk, or could not be written. */
  async flush(): Promise<void> {
    while (this.#writing.size > 0 || this.#pending.size > 0) await Promise.allSettled(this.#writing.values());
  }

  async #write(key: string): Promise<void> {
    const value = this.#pending.get(key) ?? null;
    this.#pending.delete(key);
    try {
      await mkdir(this.folder, { recursive: true });
      await writeFileAtomic(this.#file(key), JSON.stringify(value));
    } catch (cause) {
      throw new WorkbenchError(
        "STORAGE_UNAVAILABLE",
        `The window's state could not be saved in ${this.folder}: ${(cause as Error).message}.`,
        undefined,
        { cause },
      );
    }
  }

  #file(key: string): string {
    return join(this.folder, `${encodeURIComponent(key).replaceAll("*", "%2A").slice(0, 180)}.json`);
  }
}
