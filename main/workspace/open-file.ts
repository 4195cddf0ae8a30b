import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readFileSync,
  realpathSync,
  type Stats,
} from "node:fs";
import { createHash } from "node:crypto";
import { WorkbenchError } from "../../shared/model/error";
import { errorCode, type InsidePath, resolveExistingFile } from "./paths";

const MEGABYTE = 1024 * 1024;
// Windows knows neither.
const NOFOLLOW = constants.O_NOFOLLOW ?? 0;
const NONBLOCK = constants.O_NONBLOCK ?? 0;

/** Bytes of a file with what is needed to notice that it changed. */
export interface FileBytes {
  /** Workspace-relative, normalised. */
  readonly path: string;
  readonly bytes: Buffer;
  /** SHA-256 of the bytes, hex. */
  readonly hash: string;
  readonly mtimeMs: number;
}

/** SHA-256 in hex of text or bytes. */
export function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

/**
 * Reads a file of the workspace. The opened file is the checked one: a symbolic link that is swapped in between
 * check and use is noticed and refused. Throws `FILE_NOT_FOUND`, `INVALID_PATH`, and `INVALID_REQUEST` for a file above
 * `maxBytes`.
 */
export function readInside(root: string, path: string, maxBytes = 64 * 1024 * 1024): FileBytes {
  return readResolved(resolveExistingFile(root, path), maxBytes);
}

/** {@link readInside} for a path that {@link resolveExistingFile} has just resolved. */
export function readResolved(checked: InsidePath, maxBytes: number): FileBytes {
  let descriptor: number;
  try {
    // Non-blocking: a FIFO swapped in would otherwise hang the process.
    descriptor = openSync(checked.real, constants.O_RDONLY | NOFOLLOW | NONBLOCK);
  } catch (error) {
    throw readFailure(error, checked.path);
  }
  try {
    const opened = fstatSync(descriptor);
    if (!isStill(checked, opened)) {
      const message = `"${checked.path}" was exchanged while it was being read.`;
      throw new WorkbenchError("INVALID_PATH", message, { path: checked.path });
    }
    if (opened.size > maxBytes) {
      const message = `"${checked.path}" has ${Math.ceil(opened.size / MEGABYTE)} MB; files above ${Math.floor(maxBytes / MEGABYTE)} MB cannot be opened here.`;
      throw new WorkbenchError("INVALID_REQUEST", message, { path: checked.path, size: opened.size });
    }
    const bytes = readFileSync(descriptor);
    return { path: checked.path, bytes, hash: sha256(bytes), mtimeMs: opened.mtimeMs };
  } finally {
    closeSync(descriptor);
  }
}

/** Whether the opened file stands at the checked real path, with no link on the way there by now. */
function isStill(checked: InsidePath, opened: Stats): boolean {
  try {
    if (realpathSync.native(checked.real) !== checked.real) return false;
    const there = lstatSync(checked.real);
    return opened.isFile() && opened.ino === there.ino && opened.dev === there.dev;
  } catch {
    return false;
  }
}

function readFailure(error: unknown, path: string): unknown {
  switch (errorCode(error)) {
    case "ENOENT":
      return new WorkbenchError("FILE_NOT_FOUND", `There is no file "${path}" in the workspace.`, { path });
    case "ELOOP":
      return new WorkbenchError("INVALID_PATH", `"${path}" was exchanged for a symbolic link.`, { path });
    case "EACCES":
    case "EPERM":
      return new WorkbenchError("PERMISSION_DENIED", `The system does not let you read "${path}".`, { path });
    default:
      return error;
  }
}
