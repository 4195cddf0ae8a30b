import { closeSync, constants, mkdtempSync, rmSync, unlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, normalize } from "node:path";
import { atEntry, openInside } from "../fs/anchor";
import { isSystemError } from "../fs/errors";
import { Roots } from "../fs/roots";
import type { DatabaseConfig } from "./config";
import { DatabaseError, denied } from "./sqlite/errors";
import type { DatabaseFile } from "./sqlite/file-system";
import { FileLock } from "./sqlite/lock";

const MODE = 0o666;

/** A database file that the configuration lists, opened safely. Throws `PERMISSION_DENIED` and `FILE_NOT_FOUND`. */
export function openDatabaseFile(
  path: string,
  workspaceRoot: string,
  config: DatabaseConfig,
  readOnly: boolean,
  mustStop: () => boolean,
): { readonly file: DatabaseFile; cleanUp(): void } {
  const wanted = normalize(path);
  if (!config.files.some((listed) => normalize(listed) === wanted)) {
    throw denied(`The database file "${path}" is not listed in the template (modules › database › files).`);
  }
  const roots = new Roots(workspaceRoot, [{ path: ".", access: readOnly ? "read" : "read-write" }]);
  const names = { syscall: "open", path };
  const open = (suffix: string, create: boolean): ReturnType<typeof openInside> => {
    const flags = readOnly ? constants.O_RDONLY : constants.O_RDWR | (create ? constants.O_CREAT : 0);
    return openInside(roots, path + suffix, flags, MODE, names);
  };
  const first = openFirst(() => open("", true), path);
  try {
    const lock = new FileLock(first.path, first.descriptor, readOnly, mustStop);
    const snapshot = readOnly ? takeSnapshot(lock, mustStop) : undefined;
    if (snapshot !== undefined) {
      closeSync(first.descriptor);
      return snapshot;
    }
    let descriptor: number | undefined = first.descriptor;
    const file: DatabaseFile = {
      lock,
      readOnly,
      openMain() {
        const own = descriptor ?? open("", false).descriptor;
        descriptor = undefined;
        return own;
      },
      openJournal: (create) => open("-journal", create).descriptor,
      journalExists: () =>
        atEntry(roots, `${path}-journal`, "read", names, (_entry, located) => located.stats !== undefined),
      removeJournal: () => atEntry(roots, `${path}-journal`, "write", names, (entry) => unlinkSync(entry)),
    };
    return {
      file,
      cleanUp() {
        // Only when the connection never got as far as opening it.
        if (descriptor === undefined) return;
        const unused = descriptor;
        lock.close(() => closeSync(unused));
      },
    };
  } catch (error) {
    closeSync(first.descriptor);
    throw error;
  }
}

function openFirst(open: () => ReturnType<typeof openInside>, path: string): ReturnType<typeof openInside> {
  try {
    const opened = open();
    if (opened.stats.isFile()) return opened;
    closeSync(opened.descriptor);
  } catch (error) {
    if (isSystemError(error) && error.code === "ENOENT") {
      throw new DatabaseError(`There is no database file "${path}".`, "FILE_NOT_FOUND");
    }
    throw error;
  }
  throw new DatabaseError(`"${path}" is a folder, not a database file.`, "SQLITE_CANTOPEN");
}

/** A file in WAL mode can only be read through shared memory, so a read-only connection gets a copy of this moment. */
function takeSnapshot(
  lock: FileLock,
  mustStop: () => boolean,
): { file: DatabaseFile; cleanUp(): void } | undefined {
  const folder = mkdtempSync(join(tmpdir(), "vm-workbench-database-"));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const copy = join(folder, "snapshot.db");
  try {
    if (!lock.snapshotInto(copy)) {
      remove();
      return undefined;
    }
    lock.close(() => undefined);
    const roots = new Roots(folder, [{ path: ".", access: "read" }]);
    const opened = openInside(roots, "snapshot.db", constants.O_RDONLY, MODE, {
      syscall: "open",
      path: "snapshot.db",
    });
    const file: DatabaseFile = {
      lock: new FileLock(copy, opened.descriptor, true, mustStop),
      readOnly: true,
      openMain: () => opened.descriptor,
      openJournal: () => {
        throw new Error("A snapshot has no journal.");
      },
      journalExists: () => false,
      removeJournal: () => undefined,
    };
    return { file, cleanUp: remove };
  } catch (error) {
    remove();
    throw error;
  }
}
