import { inTransaction, type SqliteDatabase } from "../core/sqlite";

/** Marks a file as ours (`PRAGMA application_id`): "VMWB". Another program's database is never written to. */
export const APPLICATION_ID = 0x564d5742;

/** One step of the schema; step N leads from `user_version` N to N + 1. */
export type Migration = (database: SqliteDatabase) => void;

/**
 * Events are kept as batches of JSON text, as they left the session: one row per batch instead of one per event makes
 * writing a flood cheap, and reading after a cursor needs only the batches that reach past it.
 */
function createTables(database: SqliteDatabase): void {
  database.exec(`
    CREATE TABLE sessions (
      id TEXT PRIMARY KEY,
      status TEXT NOT NULL,
      created_at REAL NOT NULL,
      closed_at REAL,
      owner TEXT NOT NULL,
      data TEXT NOT NULL
    ) STRICT;
    CREATE INDEX sessions_by_status ON sessions (status);

    CREATE TABLE executions (
      n INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
      kind TEXT NOT NULL,
      status TEXT NOT NULL,
      path TEXT,
      template TEXT,
      started_at REAL NOT NULL,
      search TEXT NOT NULL,
      data TEXT NOT NULL
    ) STRICT;
    CREATE INDEX executions_by_time ON executions (started_at, n);
    CREATE INDEX executions_by_session ON executions (session_id, started_at);
    CREATE INDEX executions_running ON executions (status) WHERE status = 'running';

    CREATE TABLE event_batches (
      execution INTEGER NOT NULL REFERENCES executions (n) ON DELETE CASCADE,
      first_seq INTEGER NOT NULL,
      last_seq INTEGER NOT NULL,
      events TEXT NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX event_batches_by_seq ON event_batches (execution, last_seq);
  `);
}

/** Every step in order. A released step is never changed: a new one is added. */
export const MIGRATIONS: readonly Migration[] = [createTables];

/** Version of the schema that a database has; 0 for a new one. */
export function schemaVersion(database: SqliteDatabase): number {
  return Number(database.prepare("PRAGMA user_version").get()?.["user_version"] ?? 0);
}

/** Brings a database to the newest schema in one transaction: either all steps are done, or nothing has changed. */
export function migrate(database: SqliteDatabase, migrations: readonly Migration[] = MIGRATIONS): void {
  if (schemaVersion(database) >= migrations.length) return;
  inTransaction(database, () => {
    // Asked again under the write lock: another process may have been faster.
    for (let version = schemaVersion(database); version < migrations.length; version++) {
      migrations[version]?.(database);
    }
    database.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
    database.exec(`PRAGMA user_version = ${migrations.length}`);
  });
}
