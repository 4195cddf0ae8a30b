import { closeSync, openSync, readSync, statSync } from "node:fs";
import { openSqlite } from "../core/sqlite";
import { APPLICATION_ID, schemaVersion } from "./migrations";
import { isObstacle } from "./storage-error";

export type HistoryFileState =
  | { readonly state: "absent" }
  | { readonly state: "ok" }
  | { readonly state: "newer" }
  | { readonly state: "damaged"; readonly reason: string };

const MAGIC = "SQLite format 3\0";

/**
 * What is to be thought of a history file, without changing it. `thorough` also reads every page, which takes about a
 * second per gigabyte. Throws when something keeps it from looking, such as another program's lock: an error of SQLite or
 * of the system.
 */
export function inspectHistoryFile(path: string, newestVersion: number, thorough: boolean): HistoryFileState {
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  if (size === undefined) return { state: "absent" };
  if (size === 0) return { state: "damaged", reason: "it is empty" };
  if (firstBytes(path) !== MAGIC) return { state: "damaged", reason: "it is not a database" };
  try {
    return inspectDatabase(path, newestVersion, thorough);
  } catch (error) {
    if (isObstacle(error)) throw error;
    return { state: "damaged", reason: error instanceof Error ? error.message : String(error) };
  }
}

function inspectDatabase(path: string, newestVersion: number, thorough: boolean): HistoryFileState {
  const database = openSqlite(path, { busyTimeoutMs: 5000 });
  try {
    const pragma = (name: string) => Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
    if (pragma("application_id") !== APPLICATION_ID) {
      return { state: "damaged", reason: "it belongs to another program" };
    }
    // A cut file is found by its length at once; damage inside a page only by reading them all.
    if (Number(pragma("page_count")) * Number(pragma("page_size")) > statSync(path).size && !hasLog(path)) {
      return { state: "damaged", reason: "a part of it is missing" };
    }
    if (schemaVersion(database) > newestVersion) return { state: "newer" };
    if (thorough) {
      const verdict = pragma("quick_check(1)");
      if (verdict !== "ok") return { state: "damaged", reason: String(verdict) };
    }
    return { state: "ok" };
  } finally {
    database.close();
  }
}

/** Pages may still be in the write-ahead log only. */
function hasLog(path: string): boolean {
  return (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

function firstBytes(path: string): string {
  const bytes = Buffer.alloc(MAGIC.length);
  const file = openSync(path, "r");
  try {
    readSync(file, bytes);
  } finally {
    closeSync(file);
  }
  return bytes.toString("latin1");
}
