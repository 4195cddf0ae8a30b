import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { WorkbenchError } from "../../shared/model/error";
import { isBusy, openSqlite, type SqliteDatabase } from "./sqlite";

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

const RETRY_MS = 10;
/** Longer than any write takes; a process that holds the lock longer stands still. */
const MAX_WAIT_MS = 15_000;

/**
 * Waits, without blocking this thread, until no other process of the application writes in a workspace; gives the function
 * that lets the next one in. Throws `WORKSPACE_UNAVAILABLE` when another process does not come to an end. A lock file that
 * cannot be made (a full or read-only data folder) keeps nobody from saving.
 */
export async function writeLock(path: string): Promise<() => void> {
  const until = performance.now() + MAX_WAIT_MS;
  for (;;) {
    try {
      const lock = FileLock.acquire(path, 0);
      return () => lock.release();
    } catch (error) {
      if (!isBusy(error)) return () => undefined;
    }
    if (performance.now() > until) {
      throw new WorkbenchError(
        "WORKSPACE_UNAVAILABLE",
        "Another window or command line has been writing in this workspace for many seconds. Try again when it is done, or end it.",
      );
    }
    await wait(RETRY_MS);
  }
}
