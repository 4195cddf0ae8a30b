import { createRequire } from "node:module";

/** What SQLite can store; `null` comes back as `null`, integers as numbers unless asked otherwise. */
export type SqliteValue = null | number | bigint | string | Uint8Array;
export type SqliteRow = Record<string, SqliteValue>;

/** The part of `node:sqlite` that this project uses; both implementations have it. */
export interface SqliteStatement {
  run(...parameters: readonly (SqliteValue | Record<string, SqliteValue>)[]): {
    readonly changes: number | bigint;
    readonly lastInsertRowid: number | bigint;
  };
  get(...parameters: readonly (SqliteValue | Record<string, SqliteValue>)[]): SqliteRow | undefined;
  all(...parameters: readonly (SqliteValue | Record<string, SqliteValue>)[]): SqliteRow[];
  iterate(...parameters: readonly (SqliteValue | Record<string, SqliteValue>)[]): IterableIterator<SqliteRow>;
  setReadBigInts(enabled: boolean): void;
}

export interface SqliteDatabase {
  readonly isOpen: boolean;
  /** Runs one or more statements that give nothing back. */
  exec(sql: string): void;
  prepare(sql: string): SqliteStatement;
  close(): void;
}

export interface SqliteOptions {
  readonly readOnly?: boolean;
  /** Milliseconds to wait for another connection's lock before `SQLITE_BUSY`; 0 (default) does not wait. */
  readonly busyTimeoutMs?: number;
}

interface SqliteModule {
  readonly DatabaseSync: new (path: string, options: { readOnly: boolean }) => SqliteDatabase;
}

let loaded: SqliteModule | undefined;

/** Node 20 has no `node:sqlite`; Electron's Node has. The stand-in has the same API and is loaded only where needed. */
function sqlite(): SqliteModule {
  if (loaded !== undefined) return loaded;
  const builtin: unknown = process.getBuiltinModule("node:sqlite");
  const module: unknown = builtin ?? createRequire(import.meta.url)("@photostructure/sqlite");
  // Both are typed loosely or not at all for this Node version; the interface above names what is relied on.
  loaded = module as SqliteModule;
  return loaded;
}

/** Opens a database file, or `:memory:`. Throws the error of SQLite, which carries `errcode`. */
export function openSqlite(path: string, options: SqliteOptions = {}): SqliteDatabase {
  const { DatabaseSync } = sqlite();
  const database = new DatabaseSync(path, { readOnly: options.readOnly ?? false });
  database.exec(`PRAGMA busy_timeout = ${Math.max(0, Math.floor(options.busyTimeoutMs ?? 0))}`);
  return database;
}

/** SQLite's primary result code of something thrown, if it is an error of SQLite. */
export function resultCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("errcode" in error) || typeof error.errcode !== "number")
    return undefined;
  // The low byte of an extended result code is its primary code.
  return error.errcode & 0xff;
}

const SQLITE_BUSY = 5;

/** Whether another connection, here or in another process, holds the lock. */
export function isBusy(error: unknown): boolean {
  return resultCode(error) === SQLITE_BUSY;
}

/** Runs `body` in a transaction that takes the write lock at once; rolls back when it throws. */
export function inTransaction<T>(database: SqliteDatabase, body: () => T): T {
  database.exec("BEGIN IMMEDIATE");
  let result: T;
  try {
    result = body();
  } catch (error) {
    // SQLite may have rolled back by itself (disk full); the first error is the one worth reporting.
    try {
      database.exec("ROLLBACK");
    } catch {
      /* nothing to roll back */
    }
    throw error;
  }
  database.exec("COMMIT");
  return result;
}
