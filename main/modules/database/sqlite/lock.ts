import { fstatSync, readSync } from "node:fs";
import { openSqlite, type SqliteDatabase } from "../../../core/sqlite";
import { DatabaseError } from "./errors";

/** How long a lock is waited for before `SQLITE_BUSY`. */
const PATIENCE_MS = 2000;
const PAUSE_MS = 5;

function isBusy(error: unknown): boolean {
  const code = (error as { errcode?: unknown }).errcode;
  return typeof code === "number"
    ? (code & 0xff) === 5 || (code & 0xff) === 6
    : /locked|busy/i.test(String(error));
}

function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
}

/**
 * The locks of one database file, taken by the system's SQLite: a second connection that never changes anything holds a
 * transaction as long as ours needs the lock. So other programs and other sessions are kept out by the real protocol,
 * and recovery after a crash is done by the same well-tested code.
 */
export class FileLock {
  private held: "none" | "shared" | "exclusive" = "none";
  private readonly database: SqliteDatabase;
  private wasWal = false;

  // Only `exec` is used: a prepared statement lives until it is collected, and keeps its connection and locks alive.

  /** Opens a file that exists; `descriptor` is of the same file. Throws `DatabaseError`. */
  constructor(
    path: string,
    private readonly descriptor: number,
    private readonly readOnly: boolean,
    private readonly mustStop: () => boolean,
  ) {
    try {
      this.database = openSqlite(path, { readOnly });
    } catch (error) {
      throw new DatabaseError(`The database file cannot be opened: ${messageOf(error)}`, "SQLITE_CANTOPEN");
    }
    try {
      this.settle();
    } catch (error) {
      this.database.close();
      throw error;
    }
  }

  /** Copies a file in WAL mode into one that needs no shared memory; gives whether that was needed. */
  snapshotInto(path: string): boolean {
    if (!this.readOnly || !this.isWal()) return false;
    this.database.exec(`VACUUM INTO '${path.replaceAll("'", "''")}'`);
    return true;
  }

  /** Which journal the file wants stands in its header. */
  private isWal(): boolean {
    const versions = Buffer.alloc(2);
    readSync(this.descriptor, versions, 0, 2, 18);
    return versions[0] === 2;
  }

  /** Brings the file into a state in which holding a lock changes nothing in it. */
  private settle(): void {
    try {
      this.database.exec("SELECT count(*) FROM sqlite_schema");
    } catch (error) {
      const message = messageOf(error);
      if (!isBusy(error))
        throw new DatabaseError(
          message,
          /not a database/.test(message) ? "SQLITE_NOTADB" : "SQLITE_CANTOPEN",
        );
    }
    if (this.readOnly) return;
    // In an empty file, a write transaction would write the first page when it ends: so that is done now.
    if (fstatSync(this.descriptor).size === 0)
      this.retrying(() => this.database.exec("PRAGMA user_version = 0"));
    if (!this.isWal()) return;
    // The shared memory of WAL cannot be reached from WebAssembly: the mode is set back as long as the file is open.
    this.retrying(() => this.database.exec("PRAGMA journal_mode = DELETE"));
    if (this.isWal()) {
      throw new DatabaseError(
        "Another program has the database file open in WAL mode: close it there first.",
        "SQLITE_BUSY",
      );
    }
    this.wasWal = true;
  }

  private retrying<T>(work: () => T): T | undefined {
    const end = performance.now() + PATIENCE_MS;
    for (;;) {
      try {
        return work();
      } catch (error) {
        if (!isBusy(error)) throw new DatabaseError(messageOf(error), "SQLITE_IOERR_LOCK");
        if (performance.now() > end || this.mustStop()) return undefined;
        pause();
      }
    }
  }

  private release(): void {
    if (this.held === "none") return;
    this.held = "none";
    this.database.exec("ROLLBACK");
  }

  /** Nobody writes while it is held. False when it is not to be had in time. */
  shared(): boolean {
    if (this.held !== "none") return true;
    const got = this.retrying(() => {
      this.database.exec("BEGIN");
      try {
        // Only reading takes the lock; it also rolls back what a crashed writer left.
        this.database.exec("SELECT count(*) FROM sqlite_schema");
      } catch (error) {
        this.database.exec("ROLLBACK");
        throw error;
      }
      return true;
    });
    if (got === true) this.held = "shared";
    return got === true;
  }

  /** Nobody reads or writes while it is held. Between the shared lock and this one others may have written. */
  exclusive(): boolean {
    if (this.held === "exclusive") return true;
    this.release();
    const got = this.retrying(() => {
      this.database.exec("BEGIN EXCLUSIVE");
      return true;
    });
    if (got === true) this.held = "exclusive";
    return got === true;
  }

  unlock(): void {
    this.release();
  }

  /**
   * Ends it. `closeFile` closes our own descriptor of the file: POSIX drops all locks that a process has on a file when it
   * closes any descriptor of it, so that happens while nobody holds one.
   */
  close(closeFile: () => void): void {
    try {
      if (!this.readOnly) this.exclusive();
    } finally {
      closeFile();
      try {
        this.unlock();
        if (this.wasWal) this.database.exec("PRAGMA journal_mode = WAL");
      } catch {
        // In use elsewhere by now: whoever wants WAL sets it.
      }
      this.database.close();
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
