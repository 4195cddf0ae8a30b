import * as nodeFs from "node:fs";
import { join } from "node:path";
import { WorkbenchError } from "../../../shared/model/error";
import { atEntry } from "./anchor";
import * as check from "./checks";
import { isSystemError, permissionDenied, systemError, type CallNames } from "./errors";
import { asWritten } from "./files";
import type { Located, Roots } from "./roots";

const isLinux = process.platform === "linux";

/** `ERR_FS_EISDIR`, as Node's `rm` words it for a folder without `recursive`. */
function isDirectoryError(path: string): Error {
  const info = { code: "EISDIR", message: "is a directory", path, syscall: "rm", errno: 21 };
  const error = new Error(`Path is a directory: rm returned EISDIR (is a directory) ${path}`);
  error.name = "SystemError";
  return Object.assign(error, { code: "ERR_FS_EISDIR", info, errno: 21, syscall: "rm", path });
}

/** Makes, moves and removes entries of folders. */
export class FolderEntries {
  constructor(
    private readonly roots: Roots,
    private readonly mustStop: () => boolean,
  ) {}

  mkdir(path: unknown, rawOptions: unknown): string | undefined {
    const name = check.pathArgument(path, "path");
    const { recursive, mode } = check.mkdirOptions(rawOptions);
    const names = { syscall: "mkdir", path: name };
    return this.attempt(names, () => {
      if (recursive) return this.mkdirRecursive(name, mode, names);
      atEntry(this.roots, name, "write", names, (entry) => nodeFs.mkdirSync(entry, { mode }), "itself");
      return undefined;
    });
  }

  /** Folder by folder, so that no link on the way is followed unseen. Gives the first one that was made, as in Node. */
  private mkdirRecursive(path: string, mode: number, names: CallNames): string | undefined {
    // Decided before anything is made.
    const whole = this.roots.locate(path, "write", names);
    if (whole.stats !== undefined) {
      if (!whole.stats.isDirectory()) throw systemError("EEXIST", names);
      return undefined;
    }
    if (whole.blocked === "ENOTDIR") throw systemError("ENOTDIR", names);
    let first: string | undefined;
    for (const match of path.matchAll(/[^/\\]+/g)) {
      const part = match[0];
      const prefix = path.slice(0, match.index + part.length);
      if (part === "." || part === ".." || /^[a-z]:$/i.test(part)) continue;
      if (this.isFolder(prefix, names)) continue;
      const made = atEntry(
        this.roots,
        prefix,
        "write",
        names,
        (entry) => this.mkdirUnlessThere(entry, mode),
        "itself",
      );
      if (made) first ??= prefix;
    }
    return first;
  }

  /** Whether an existing folder is there; one outside the roots, above them, is not asked about. */
  private isFolder(path: string, names: CallNames): boolean {
    try {
      const stats = this.roots.locate(path, "read", names).stats;
      if (stats !== undefined && !stats.isDirectory()) throw systemError("ENOTDIR", names);
      return stats !== undefined;
    } catch (thrown) {
      if (thrown instanceof WorkbenchError) return true;
      throw thrown;
    }
  }

  private mkdirUnlessThere(entry: string, mode: number): boolean {
    try {
      nodeFs.mkdirSync(entry, { mode });
      return true;
    } catch (thrown) {
      if (isSystemError(thrown) && thrown.code === "EEXIST") return false;
      throw thrown;
    }
  }

  unlink(path: unknown): void {
    const name = check.pathArgument(path, "path");
    const names = { syscall: "unlink", path: name };
    this.attempt(names, () =>
      atEntry(
        this.roots,
        name,
        "write",
        names,
        (entry, located) => {
          this.refuseRoots(located, names);
          nodeFs.unlinkSync(entry);
        },
        "itself",
      ),
    );
  }

  rename(oldPath: unknown, newPath: unknown): void {
    const names = {
      syscall: "rename",
      path: check.pathArgument(oldPath, "oldPath"),
      dest: check.pathArgument(newPath, "newPath"),
    };
    const target = { ...names, path: names.dest };
    this.attempt(names, () =>
      atEntry(
        this.roots,
        names.path,
        "write",
        names,
        (from, located) => {
          this.refuseRoots(located, names);
          const move = (to: string, there: Located): void => {
            this.refuseRoots(there, target);
            nodeFs.renameSync(from, to);
          };
          atEntry(this.roots, names.dest, "write", target, move, "itself");
        },
        "itself",
      ),
    );
  }

  rm(path: unknown, rawOptions: unknown): void {
    const name = check.pathArgument(path, "path");
    const { force, recursive } = check.rmOptions(rawOptions);
    const names = { syscall: "lstat", path: name };
    this.attempt(names, () => {
      const located = this.roots.locate(name, "write", names, "itself");
      if (located.stats === undefined) {
        const code = located.blocked ?? "ENOENT";
        if (force && code === "ENOENT") return;
        throw systemError(code, names);
      }
      if (located.stats.isDirectory() && !recursive) throw isDirectoryError(name);
      const remove = (entry: string, there: Located): void => {
        this.refuseRoots(there, names);
        this.removeTree(entry, there.real);
      };
      atEntry(this.roots, name, "write", names, remove, "itself");
    });
  }

  mkdtemp(prefix: unknown, rawOptions: unknown): string {
    const name = check.pathArgument(prefix, "prefix");
    check.optionsArgument(rawOptions);
    const names = { syscall: "mkdtemp", path: `${name}XXXXXX` };
    return this.attempt(names, () =>
      atEntry(
        this.roots,
        `${name}XXXXXX`,
        "write",
        names,
        (entry) => name + nodeFs.mkdtempSync(entry.slice(0, -6)).slice(-6),
        "itself",
      ),
    );
  }

  /** Removes an entry and all that is in it, held by descriptors on the way down; links are removed, not followed. */
  private removeTree(entry: string, real: string): void {
    if (this.mustStop()) throw new WorkbenchError("EXECUTION_CANCELLED", "The execution was stopped.");
    if (!nodeFs.lstatSync(entry).isDirectory()) {
      nodeFs.unlinkSync(entry);
      return;
    }
    if (!isLinux) {
      for (const child of nodeFs.readdirSync(entry)) this.removeTree(join(entry, child), join(real, child));
      nodeFs.rmdirSync(entry);
      return;
    }
    const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW } = nodeFs.constants;
    const descriptor = nodeFs.openSync(entry, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    try {
      const folder = `/proc/self/fd/${descriptor}`;
      for (const child of nodeFs.readdirSync(folder)) this.removeTree(join(folder, child), join(real, child));
    } finally {
      nodeFs.closeSync(descriptor);
    }
    nodeFs.rmdirSync(entry);
  }

  /** A granted folder itself belongs to the folder around it; a stricter root must not be moved to where more is allowed. */
  private refuseRoots(located: Located, names: CallNames): void {
    if (located.real === located.root.real) {
      throw permissionDenied(
        `"${names.path}" is itself granted by the template: it cannot be moved or removed.`,
        names,
      );
    }
    if (this.roots.holdsStricterRoot(located.real)) {
      throw permissionDenied(
        `"${names.path}" holds a folder that may only be read: it cannot be moved or removed.`,
        names,
      );
    }
  }

  private attempt<T>(names: CallNames, run: () => T): T {
    try {
      return run();
    } catch (thrown) {
      throw asWritten(thrown, names);
    }
  }
}
