import { lstatSync, realpathSync } from "node:fs";
import platformPath, {
  basename,
  dirname,
  isAbsolute,
  join,
  relative,
  sep,
  type PlatformPath,
} from "node:path";
import { WorkbenchError } from "../../shared/model/error";
import { printable } from "../../shared/model/printable";
import { isDeviceName } from "./device-names";

/** A checked place in the workspace. */
export interface InsidePath {
  /** Workspace-relative, normalised, with `/`; `""` is the root itself. */
  readonly path: string;
  /** Absolute, every symlink resolved as far as the path exists. */
  readonly real: string;
  readonly exists: boolean;
}

function invalid(path: string, reason: string): WorkbenchError {
  return new WorkbenchError("INVALID_PATH", `"${shown(path)}" ${reason}.`, { path: shown(path) });
}

function shown(path: string): string {
  const text = printable(path);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

/**
 * Normalises a workspace-relative path without looking at the disk: `a/../b.js` is `b.js`, the root is `""`.
 * Throws `INVALID_PATH` for what can never be inside: absolute, drive and `\\?\` paths, `..` that leads out, NUL,
 * device names. `platform` says whose rules hold; those of this machine when left out.
 */
export function normalizeRelative(
  path: string,
  { sep, isAbsolute }: Pick<PlatformPath, "sep" | "isAbsolute"> = platformPath,
): string {
  if (path.includes("\0")) throw invalid(path, "holds a NUL character");
  if (path.startsWith("/") || path.startsWith("\\") || isAbsolute(path)) {
    throw invalid(path, "is an absolute path; use a path relative to the workspace");
  }
  if (/^[a-z]:/i.test(path)) throw invalid(path, "names a drive; use a path relative to the workspace");
  // A backslash separates on Windows; elsewhere it is part of a name, but never a way to smuggle `..`.
  if (sep !== "\\" && path.split("\\").includes("..")) throw invalid(path, "leads out of the workspace");
  const parts: string[] = [];
  for (const part of (sep === "\\" ? path.replaceAll("\\", "/") : path).split("/")) {
    if (part === "" || part === ".") continue;
    if (part === "..") {
      if (parts.pop() === undefined) throw invalid(path, "leads out of the workspace");
      continue;
    }
    // Also elsewhere: a workspace is portable.
    if (isDeviceName(part.trim())) throw invalid(path, `holds the device name "${part}"`);
    if (sep === "\\" && /[:*?"<>|]|[. ]$/.test(part))
      throw invalid(path, "holds characters that Windows does not allow");
    parts.push(part);
  }
  return parts.join("/");
}

/**
 * Like {@link normalizeRelative}, for a path that must name something inside: blank and `.` are `FILE_NOT_FOUND`.
 */
export function normalizeFilePath(path: string): string {
  const normal = path.trim() === "" ? "" : normalizeRelative(path);
  if (normal === "") throw new WorkbenchError("FILE_NOT_FOUND", "Name a file: the path is empty.", { path });
  return normal;
}

function isInside(root: string, real: string): boolean {
  const way = relative(root, real);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

function tryRealpath(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** Node's error code of something thrown, such as `ENOENT`. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

/**
 * Resolves a workspace-relative path and proves that it stays inside: every symlink on the way is followed, also for
 * a path that does not exist yet (its deepest existing folder counts). `root` is absolute.
 * Throws `INVALID_PATH`, and `WORKSPACE_UNAVAILABLE` when the workspace itself is gone.
 */
export function resolveInside(root: string, path: string): InsidePath {
  const normal = normalizeRelative(path);
  const realRoot = tryRealpath(root);
  if (realRoot === undefined) {
    throw new WorkbenchError(
      "WORKSPACE_UNAVAILABLE",
      `The workspace folder ${root} does not exist any more.`,
    );
  }
  const absolute = join(realRoot, normal);
  const real = resolveExisting(absolute, path);
  if (real !== undefined) {
    if (!isInside(realRoot, real)) throw invalid(path, "leads out of the workspace through a symbolic link");
    return { path: normal, real, exists: true };
  }
  const parent = resolveInside(realRoot, relative(realRoot, dirname(absolute)));
  return { path: normal, real: join(parent.real, basename(absolute)), exists: false };
}

/** Real path, or `undefined` when nothing is there. A link to nothing is refused: writing it would create its target. */
function resolveExisting(absolute: string, asked: string): string | undefined {
  try {
    const real = tryRealpath(absolute);
    if (real !== undefined) return real;
    lstatSync(absolute);
  } catch (error) {
    switch (errorCode(error)) {
      case "ENOENT":
        return undefined;
      case "ELOOP":
        throw invalid(asked, "is a symbolic link that leads to itself");
      case "ENOTDIR":
        throw new WorkbenchError(
          "FILE_NOT_FOUND",
          `"${shown(asked)}" does not exist: a part of it is a file.`,
          { path: asked },
        );
      case "ENAMETOOLONG":
        throw invalid(asked, "is too long for this file system");
      case "EACCES":
        throw new WorkbenchError(
          "PERMISSION_DENIED",
          `The system does not let you reach "${shown(asked)}".`,
          { path: asked },
        );
      default:
        throw error;
    }
  }
  throw invalid(asked, "is a symbolic link that leads to nothing");
}

/** An absolute path as the workspace's files name it: relative inside (`.` for the workspace itself), as it is outside. */
export function pathInWorkspace(root: string, absolute: string): string {
  const [realRoot, real] = [tryRealpath(root) ?? root, tryRealpath(absolute) ?? absolute];
  if (!isInside(realRoot, real)) return absolute;
  return relative(realRoot, real).replaceAll("\\", "/") || ".";
}

/**
 * Resolves a file that must exist. Throws `FILE_NOT_FOUND` for a missing one and a blank path, `INVALID_PATH` for a
 * folder and everything outside.
 */
export function resolveExistingFile(root: string, path: string): InsidePath {
  const normal = normalizeFilePath(path);
  const found = resolveInside(root, normal);
  if (!found.exists)
    throw new WorkbenchError("FILE_NOT_FOUND", `There is no file "${normal}" in the workspace.`, {
      path: normal,
    });
  const stat = lstatSync(found.real);
  if (stat.isDirectory()) throw invalid(path, "is a folder; name a file");
  if (!stat.isFile()) throw invalid(path, "is not an ordinary file");
  return found;
}

/**
 * The entry itself, not what it links to: for renaming and deleting, which must not reach through a symbolic link.
 * Its folder must be inside; the entry must exist. Throws `FILE_NOT_FOUND`, `INVALID_PATH` (also for the root).
 */
export function resolveEntry(root: string, path: string): InsidePath {
  const normal = normalizeRelative(path);
  if (normal === "") throw invalid(path, "is the workspace itself");
  const parent = resolveInside(root, normal.split("/").slice(0, -1).join("/"));
  const real = join(parent.real, basename(normal));
  const exists = lstatSync(real, { throwIfNoEntry: false }) !== undefined;
  if (!exists)
    throw new WorkbenchError("FILE_NOT_FOUND", `There is no "${normal}" in the workspace.`, { path: normal });
  return { path: normal, real, exists };
}
