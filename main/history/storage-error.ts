import { WorkbenchError } from "../../shared/model/error";
import { resultCode } from "../core/sqlite";

const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;
/** PERM, BUSY, LOCKED, NOMEM, READONLY, INTERRUPT, IOERR, FULL, CANTOPEN, PROTOCOL. */
const SQLITE_OBSTACLES: ReadonlySet<number> = new Set([3, 5, 6, 7, 8, 9, 10, 13, 14, 15]);

/** Whether SQLite found the file itself damaged, as opposed to busy, full or misused. */
export function isCorruption(error: unknown): boolean {
  const code = resultCode(error);
  return code === SQLITE_CORRUPT || code === SQLITE_NOTADB;
}

/**
 * Whether SQLite was kept from looking at the file: by another program's lock, a full disk, permissions. That says nothing
 * about what is in the file.
 */
export function isObstacle(error: unknown): boolean {
  const code = resultCode(error);
  return code !== undefined && SQLITE_OBSTACLES.has(code);
}

/** Makes a failure of SQLite into the error that a user meets. */
export function storageError(doing: string, error: unknown): WorkbenchError {
  if (error instanceof WorkbenchError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new WorkbenchError(
    "STORAGE_UNAVAILABLE",
    `The history could not ${doing}: ${reason}. Check that the data folder is writable and has free space.`,
    { reason },
    { cause: error },
  );
}
