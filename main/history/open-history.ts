import { randomUUID } from "node:crypto";
import { copyFileSync, existsSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import type { HistoryStore } from "../core/api";
import { FileLock } from "../core/file-lock";
import { openSqlite, type SqliteDatabase } from "../core/sqlite";
import { Checkpoints } from "./checkpoints";
import { HistoryFiles } from "./files";
import { inspectHistoryFile } from "./inspect";
import { LayeredHistory } from "./layered-history";
import { Owners } from "./owners";
import { migrate, MIGRATIONS, type Migration } from "./migrations";
import { SqliteHistory } from "./sqlite-history";

/** Something that the user must know at start. */
export interface Notice {
  readonly code: string;
  readonly message: string;
}

export interface OpenHistoryOptions {
  readonly dataDir: string;
  readonly workspaceRoot: string;
  /** Least age of the newest backup before closing makes another; 0 (default): every clean close does. */
  readonly backupMinAgeMs?: number;
  /** Schema steps; tests pass their own. */
  readonly migrations?: readonly Migration[];
}

export interface OpenedHistory {
  readonly store: HistoryStore;
  readonly notices: readonly Notice[];
}

const BUSY_TIMEOUT_MS = 5000;
const OPEN_LOCK_WAIT_MS = 10_000;
const CLOSE_LOCK_WAIT_MS = 2000;
/** Up to this size every page is checked at every start (about 20 ms); a larger file only after an unclean end. */
const ALWAYS_CHECKED_BYTES = 16 * 1024 * 1024;
/** Sessions that a previous run left open are closed with this reason. */
export const RESTART_REASON = "The application ended while this session was open.";

/**
 * Opens the history of a workspace. Never fails: whatever is wrong with the file or its folder, there is a usable
 * store, nothing that existed is deleted or overwritten, and the notices say what happened.
 */
export function openHistory(options: OpenHistoryOptions): OpenedHistory {
  const notices: Notice[] = [];
  try {
    const files = HistoryFiles.forWorkspace(options.dataDir, options.workspaceRoot);
    files.create();
    const lock = FileLock.acquire(files.openLock, OPEN_LOCK_WAIT_MS);
    try {
      const store = openFile(files, options, notices);
      store.recoverAfterRestart(RESTART_REASON);
      return { store, notices };
    } finally {
      lock.release();
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    notices.push({
      code: "STORAGE_UNAVAILABLE",
      message: `The history cannot be stored in ${options.dataDir} (${reason}). The history of this run is kept in memory only.`,
    });
    return { store: openMemoryHistory(), notices };
  }
}

/** A history that ends with the process. */
export function openMemoryHistory(): HistoryStore {
  const database = openSqlite(":memory:");
  migrate(database);
  return new SqliteHistory(database, { owner: randomUUID(), othersAlive: () => new Set() });
}

function openFile(files: HistoryFiles, options: OpenHistoryOptions, notices: Notice[]): HistoryStore {
  const migrations = options.migrations ?? MIGRATIONS;
  const owners = Owners.join(files.owners, randomUUID());
  try {
    const first = inspectHistoryFile(files.database, migrations.length, needsThoroughCheck(files));
    if (first.state === "damaged") notices.push(repair(files, first.reason, migrations.length));
    if (first.state === "absent") notices.push(...replaceMissing(files, migrations.length));
    if (first.state === "newer") {
      notices.push({
        code: "HISTORY_NEWER",
        message:
          "The history was written by a newer version of VM Workbench. It is shown but not changed; what runs now is kept in memory only. Update VM Workbench to continue it.",
      });
      return openReadOnly(files, owners);
    }
    if (!existsSync(files.database)) createDatabase(files.database, migrations);
    const database = openDatabase(files.database);
    try {
      migrate(database, migrations);
    } catch (error) {
      database.close();
      notices.push({
        code: "HISTORY_NOT_UPGRADED",
        message: `The history could not be upgraded and was left as it was (${error instanceof Error ? error.message : String(error)}). What runs now is kept in memory only.`,
      });
      return openReadOnly(files, owners);
    }
    rmSync(files.cleanMark, { force: true });
    return ownedHistory(database, files, owners, options.backupMinAgeMs ?? 0);
  } catch (error) {
    owners.leave();
    throw error;
  }
}

function ownedHistory(
  database: SqliteDatabase,
  files: HistoryFiles,
  owners: Owners,
  backupMinAgeMs: number,
): HistoryStore {
  let corrupt = false;
  const checkpoints = new Checkpoints(database, files.database);
  return new SqliteHistory(database, {
    owner: owners.token,
    othersAlive: () => owners.othersAlive(),
    onCorruption: () => {
      corrupt = true;
    },
    onWrite: (bytes) => checkpoints.wrote(bytes),
    onClose: () => {
      try {
        checkpoints.end();
        if (!corrupt) closeInGoodOrder(database, files, owners, backupMinAgeMs);
      } finally {
        if (database.isOpen) database.close();
        owners.leave();
      }
    },
  });
}

/** The last to leave writes the log into the file, makes a backup and marks the file as clean. */
function closeInGoodOrder(
  database: SqliteDatabase,
  files: HistoryFiles,
  owners: Owners,
  backupMinAgeMs: number,
): void {
  let lock: FileLock;
  try {
    lock = FileLock.acquire(files.openLock, CLOSE_LOCK_WAIT_MS);
  } catch {
    return; // Somebody else is busy with the file; their close does this.
  }
  try {
    if (owners.othersAlive().size > 0) return;
    database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    if (files.backupIsDue(backupMinAgeMs)) backUp(database, files);
    database.close();
    writeFileSync(files.cleanMark, "");
  } catch {
    // A full disk at the end of a run: the database itself is complete, the next start checks it.
  } finally {
    lock.release();
  }
}

function backUp(database: SqliteDatabase, files: HistoryFiles): void {
  const temporary = `${files.database}.backup-tmp`;
  rmSync(temporary, { force: true });
  try {
    database.prepare("VACUUM INTO ?").run(temporary);
    renameSync(temporary, files.newBackup());
  } finally {
    // On a full disk the part that fitted would keep it full.
    rmSync(temporary, { force: true });
  }
  files.dropOldBackups();
}

/** Sets the file aside and puts the newest usable backup in its place, if there is one. */
function repair(files: HistoryFiles, reason: string, newestVersion: number): Notice {
  const aside = basename(files.setAside());
  const kept = `The history file could not be used (${reason}). It was kept as ${aside} in ${files.folder}.`;
  return (
    restoreBackup(files, kept, newestVersion) ?? {
      code: "HISTORY_SET_ASIDE",
      message: `${kept} There was no backup, so the history starts empty.`,
    }
  );
}

/** A file that is not there although there are backups: it was removed, or a crash came between the two steps of a repair. */
function replaceMissing(files: HistoryFiles, newestVersion: number): Notice[] {
  files.setLogAside();
  const notice = restoreBackup(files, "The history file was missing.", newestVersion);
  return notice === undefined ? [] : [notice];
}

function restoreBackup(files: HistoryFiles, what: string, newestVersion: number): Notice | undefined {
  for (const backup of files.backups()) {
    if (inspectHistoryFile(backup, newestVersion, true).state !== "ok") continue;
    const temporary = `${files.database}.restore-tmp`;
    copyFileSync(backup, temporary);
    renameSync(temporary, files.database);
    const time = statSync(backup).mtime.toLocaleString();
    return { code: "HISTORY_RESTORED", message: `${what} The backup of ${time} was restored.` };
  }
  return undefined;
}

/** Made under another name first: a crash in the middle leaves no half-made history. */
function createDatabase(path: string, migrations: readonly Migration[]): void {
  const temporary = `${path}.new-tmp`;
  rmSync(temporary, { force: true });
  const database = openSqlite(temporary);
  try {
    migrate(database, migrations);
  } finally {
    database.close();
  }
  renameSync(temporary, path);
}

function openDatabase(path: string): SqliteDatabase {
  const database = openSqlite(path, { busyTimeoutMs: BUSY_TIMEOUT_MS });
  // NORMAL in WAL mode survives the death of the process at any moment; only a power cut may lose the last
  // transactions, never the file. FULL would cost a disk flush per execution.
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON");
  return database;
}

function openReadOnly(files: HistoryFiles, owners: Owners): HistoryStore {
  const database = openSqlite(files.database, { readOnly: true, busyTimeoutMs: BUSY_TIMEOUT_MS });
  const archive = new SqliteHistory(database, {
    owner: owners.token,
    othersAlive: () => new Set(),
    onClose: () => {
      database.close();
      owners.leave();
    },
  });
  return new LayeredHistory(openMemoryHistory(), archive);
}

function needsThoroughCheck(files: HistoryFiles): boolean {
  if (!existsSync(files.cleanMark)) return true;
  return (statSync(files.database, { throwIfNoEntry: false })?.size ?? 0) <= ALWAYS_CHECKED_BYTES;
}
