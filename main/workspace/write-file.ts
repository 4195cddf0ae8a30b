import { accessSync, constants } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { WorkbenchError } from "../../shared/model/error";
import { errorCode } from "./paths";

/**
 * Writes a whole file so that a reader, or a crash at any moment, sees the old text or the new one and nothing
 * between; resolves when the bytes are on the disk. Missing folders are made.
 * Throws `PERMISSION_DENIED`, `WORKSPACE_UNAVAILABLE` or `INVALID_PATH` when the system refuses.
 */
export async function writeAtomically(absolutePath: string, data: string | Buffer): Promise<void> {
  try {
    await mkdir(dirname(absolutePath), { recursive: true });
    await writeFileAtomic(absolutePath, data, { fsync: true });
  } catch (error) {
    throw writeFailure(error, absolutePath);
  }
}

/** Gives the error of a failed write its code and its sentence. */
export function writeFailure(error: unknown, path: string): unknown {
  switch (errorCode(error)) {
    case "EACCES":
    case "EPERM":
      return new WorkbenchError(
        "PERMISSION_DENIED",
        `The system does not let you write ${path}. Check the permissions of the file and its folder.`,
        { path },
        { cause: error },
      );
    case "EROFS":
      return new WorkbenchError(
        "WORKSPACE_UNAVAILABLE",
        `${path} is on a read-only file system, so nothing can be saved there.`,
        { path },
        { cause: error },
      );
    case "ENOSPC":
    case "EDQUOT":
      return new WorkbenchError(
        "WORKSPACE_UNAVAILABLE",
        `The disk of ${path} is full. Free some space and save again.`,
        { path },
        { cause: error },
      );
    case "ENAMETOOLONG":
      // Also a name that only just fits: the new text stands under a longer one until it takes the old one's place.
      return new WorkbenchError(
        "INVALID_PATH",
        `The name of ${path} is too long to be written safely. Choose one that is at least twelve characters shorter.`,
        { path },
        { cause: error },
      );
    default:
      return error;
  }
}

/** Whether the user marked a file as not to be written, or the system forbids it. The mode counts for root, too. */
export function isReadOnly(path: string, mode: number): boolean {
  if ((mode & 0o222) === 0) return true;
  try {
    accessSync(path, constants.W_OK);
    return false;
  } catch {
    return true;
  }
}
