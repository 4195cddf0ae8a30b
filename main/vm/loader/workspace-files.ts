import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
} from "node:fs";
import { isAbsolute, join, posix, sep } from "node:path";
import { WorkbenchError } from "../../../shared/model/error";

// Windows does not know it.
const NONBLOCK = constants.O_NONBLOCK ?? 0;
const MAX_SOURCE_BYTES = 64 * 1024 * 1024;
/** Files that are looked through for a suggestion. */
const MAX_LISTED = 2000;

/** What stands at a path of the workspace. */
export type Standing = "file" | "directory" | "nothing";

/**
 * Scripts of the workspace by workspace-relative path (`/` between folders). Nothing outside the root is ever read:
 * paths are checked as text, and again as the real path of what was opened.
 */
export class WorkspaceFiles {
  private readonly realRoot: string;

  /** @param root real, absolute path of the workspace */
  constructor(readonly root: string) {
    // As the system spells it: real paths are compared with it.
    this.realRoot = realpathSync.native(root);
  }

  /**
   * The normal form of a path that somebody wrote. Throws `FILE_NOT_FOUND` for a blank one, `INVALID_PATH` for one that
   * is absolute or leads out.
   */
  normalize(path: string): string {
    if (path.trim() === "") throw notFound(path);
    if (path.includes("\0")) throw invalid(path, "contains a NUL character");
    const slashed = sep === "\\" ? path.replaceAll("\\", "/") : path;
    if (
      isAbsolute(path) ||
      slashed.startsWith("/") ||
      /^[a-z]:[\\/]/i.test(path) ||
      path.startsWith("\\\\")
    ) {
      throw invalid(path, "is absolute; paths are relative to the workspace");
    }
    const normal = posix.normalize(slashed);
    if (normal === "." || normal === "./") throw notFound(path);
    if (normal === ".." || normal.startsWith("../")) throw invalid(path, "leads out of the workspace");
    return normal;
  }

  /** The workspace-relative form of an absolute path, or `undefined` when it is not below the root. */
  relative(absolute: string): string | undefined {
    return absolute.startsWith(this.root + sep)
      ? absolute.slice(this.root.length + 1).replaceAll(sep, "/")
      : undefined;
  }

  absolute(path: string): string {
    return path === "" ? this.root : join(this.root, path);
  }

  /** Looks at a path in normal form, symlinks followed. Throws `INVALID_PATH` when it leads out of the workspace. */
  standing(path: string): Standing {
    // Most places that are looked at are empty: an answer without an error is the cheapest.
    if (this.missing(path)) return "nothing";
    const real = this.realPath(path);
    if (real === undefined) return "nothing";
    const stats = statSync(real, { throwIfNoEntry: false });
    if (stats === undefined) return "nothing";
    if (stats.isDirectory()) return "directory";
    return stats.isFile() ? "file" : "nothing";
  }

  /** Changes when the file's content changes. */
  version(path: string): string {
    const stats = statSync(this.absolute(path), { throwIfNoEntry: false });
    return stats === undefined ? "" : `${stats.mtimeMs}:${stats.size}:${stats.ino}`;
  }

  /**
   * Text of a file in normal form. Throws `FILE_NOT_FOUND`, and `INVALID_PATH` for a folder or a symlink that leads out,
   * also when it is put there while we look.
   */
  read(path: string): string {
    const real = this.realPath(path);
    if (real === undefined) throw notFound(path);
    let descriptor: number;
    try {
      // Not waiting: a pipe would keep the thread until somebody writes into it.
      descriptor = openSync(real, constants.O_RDONLY | NONBLOCK);
    } catch (error) {
      throw hasCode(error, "ENOENT") ? notFound(path) : invalid(path, "cannot be read");
    }
    try {
      const opened = fstatSync(descriptor);
      // Between looking and opening, a folder on the way may have become a symlink: what is open must be what stands at
      // the real path now, and that must still be inside.
      const now = this.realPath(path);
      const standing = now === undefined ? undefined : statSync(now, { throwIfNoEntry: false });
      if (standing === undefined || standing.ino !== opened.ino || standing.dev !== opened.dev) {
        throw invalid(path, "changed while it was opened");
      }
      if (opened.isDirectory()) throw invalid(path, "is a folder");
      if (!opened.isFile()) throw invalid(path, "is not a file");
      if (opened.size > MAX_SOURCE_BYTES) throw invalid(path, `is larger than ${MAX_SOURCE_BYTES} bytes`);
      return readFileSync(descriptor, "utf8");
    } finally {
      closeSync(descriptor);
    }
  }

  /**
   * Files in these folders and the folders right inside of them, for suggestions: at most {@link MAX_LISTED}, neither hidden
   * ones nor packages, no symlinks. Folders that do not exist or lead out have none.
   */
  around(folders: readonly string[]): string[] {
    const files = new Set<string>();
    for (const folder of new Set(folders.map((each) => posix.normalize(each)))) {
      const { names, inner } = this.list(folder);
      for (const each of [{ names }, ...inner.map((name) => this.list(posix.join(folder, name)))]) {
        for (const name of each.names) {
          if (files.size >= MAX_LISTED) return [...files];
          files.add(name);
        }
      }
    }
    return [...files];
  }

  private list(folder: string): { names: string[]; inner: string[] } {
    const names: string[] = [];
    const inner: string[] = [];
    try {
      if (this.standing(folder) !== "directory") return { names, inner };
      for (const entry of readdirSync(this.absolute(folder), { withFileTypes: true })) {
        if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
        if (entry.isFile()) names.push(posix.join(folder, entry.name));
        if (entry.isDirectory()) inner.push(entry.name);
      }
    } catch {
      // A folder that cannot be read suggests nothing.
    }
    return { names, inner };
  }

  private missing(path: string): boolean {
    try {
      return statSync(this.absolute(path), { throwIfNoEntry: false }) === undefined;
    } catch {
      // What it is that cannot be looked at, the real path tells.
      return false;
    }
  }

  /** The real path, `undefined` when nothing is there. Throws `INVALID_PATH` when it is outside. */
  private realPath(path: string): string | undefined {
    let real: string;
    try {
      // The system's own function takes one call; Node's looks at every folder on the way.
      real = realpathSync.native(this.absolute(path));
    } catch (error) {
      if (hasCode(error, "ENOENT") || hasCode(error, "ENOTDIR")) return undefined;
      throw invalid(path, "cannot be followed");
    }
    if (real !== this.realRoot && !real.startsWith(this.realRoot + sep))
      throw invalid(path, "leads out of the workspace");
    return real;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

function notFound(path: string): WorkbenchError {
  return new WorkbenchError(
    "FILE_NOT_FOUND",
    path.trim() === "" ? "No file was named." : `There is no file "${path}" in the workspace.`,
    { path },
  );
}

function invalid(path: string, why: string): WorkbenchError {
  return new WorkbenchError("INVALID_PATH", `The path "${path}" ${why}.`, { path });
}
