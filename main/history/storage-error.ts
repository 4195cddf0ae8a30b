import { WorkbenchError } from "../../shared/model/error";

const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

function primaryCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("errcode" in error) || typeof error.errcode !== "number")
    return undefined;
  // The low byte of an extended result code is its primary code.
  return error.errcode & 0xff;
}

/** Whether SQLite found the file itself damaged, as opposed to busy, full or misused. */
export function isCorruption(error: unknown): boolean {
  const code = primaryCode(error);
  return code === SQLITE_CORRUPT || code === SQLITE_NOTADB;
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
