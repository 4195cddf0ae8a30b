import { lstatSync, readlinkSync, realpathSync, type Stats } from "node:fs";
import { isAbsolute, join, parse, resolve, sep } from "node:path";
import type { RootGrant } from "./config";
import { isSystemError, permissionDenied, systemError, type CallNames } from "./errors";
import { diskOf, endsAsFolder, isWithin, partsOf, rootOfTarget } from "./path-text";
import { windowsRefusal } from "./windows-names";

/** What a call wants to do with a path. */
export type Access = "read" | "write";

/** What a link in the last part of a path stands for: what it leads to, or the link itself. */
export type LastLink = "follow" | "itself";

/** Where a path leads, after every symbolic link, and whether something is there. */
export interface Located {
  /** Absolute path without links, `.` or `..`. */
  readonly real: string;
  /** The granted root that it lies in. */
  readonly root: ResolvedRoot;
  /** State of what is there, at the time of the check; `undefined` when nothing is. */
  readonly stats: Stats | undefined;
  /** Why nothing is there and nothing can be made: `ENOENT` or `ENOTDIR` further up the path. */
  readonly blocked: string | undefined;
  /** The path ended with a separator: only a folder will do. */
  readonly asFolder: boolean;
}

export interface ResolvedRoot {
  readonly real: string;
  readonly access: RootGrant["access"];
}

// Linux gives up after 40 links too.
const MAX_LINKS = 40;
// Linux' PATH_MAX with its final NUL.
const MAX_PATH_BYTES = 4095;
const caseMayVary = process.platform === "win32" || process.platform === "darwin";

interface Walk {
  readonly real: string;
  readonly stats: Stats | undefined;
  /** Code of the error that ended the walk before the last part; `undefined` when it got that far. */
  readonly failure: string | undefined;
}

function lstat(path: string): Stats | string {
  try {
    return lstatSync(path);
  } catch (thrown) {
    if (isSystemError(thrown)) return thrown.code;
    throw thrown;
  }
}

function readLink(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch (thrown) {
    if (isSystemError(thrown)) return undefined;
    throw thrown;
  }
}

/** Puts the parts that nothing was found for behind the folder where the walk ended, as text. */
function lexically(folder: string, parts: readonly string[]): string {
  return parts.length === 0 ? folder : resolve(folder, ...parts.map((part) => (part === "" ? "." : part)));
}

/**
 * Follows a path part by part as the kernel does, so that every link on the way is seen. `..` leaves the folder that
 * a link led to, not the folder that holds the link.
 */
function walk(path: string, link: LastLink): Walk {
  const start = parse(path).root;
  let real = start;
  let stats: Stats | undefined;
  let links = 0;
  const parts = partsOf(path);
  while (parts.length > 0) {
    const part = parts.shift() ?? "";
    if (part === "" || part === ".") continue;
    if (stats !== undefined && !stats.isDirectory())
      return { real: lexically(real, [part, ...parts]), stats: undefined, failure: "ENOTDIR" };
    if (part === "..") {
      real = resolve(real, "..");
      stats = undefined;
      continue;
    }
    const next = join(real, part);
    const found = lstat(next);
    const isLast = parts.every((rest) => rest === "" || rest === ".");
    if (typeof found === "string") {
      const missing = found === "ENOENT" && isLast;
      return { real: lexically(next, parts), stats: undefined, failure: missing ? undefined : found };
    }
    if (found.isSymbolicLink() && (!isLast || link === "follow" || parts.length > 0)) {
      links += 1;
      if (links > MAX_LINKS) return { real: lexically(next, parts), stats: undefined, failure: "ELOOP" };
      const target = readLink(next);
      if (target === undefined) {
        // Replaced since `lstat`: look again.
        parts.unshift(part);
        continue;
      }
      real = rootOfTarget(real, target) ?? real;
      parts.unshift(...partsOf(target));
      stats = undefined;
      continue;
    }
    real = next;
    stats = found;
  }
  return { real, stats: stats ?? statsOrUndefined(real), failure: undefined };
}

function statsOrUndefined(path: string): Stats | undefined {
  const found = lstat(path);
  return typeof found === "string" ? undefined : found;
}

/** On file systems that ignore case, and where short names exist: the spelling that the disk has. */
function asSpelledOnDisk(path: string): string {
  if (!caseMayVary) return path;
  let existing = path;
  const rest: string[] = [];
  for (;;) {
    try {
      return join(realpathSync.native(existing), ...rest);
    } catch {
      const { dir, base } = parse(existing);
      if (base === "" || dir === existing) return path;
      rest.unshift(base);
      existing = dir;
    }
  }
}

/**
 * The files that a template grants: decides for every path of a script where it leads and whether that is allowed.
 * Relative paths count from the workspace. The decision is about *now*; `anchor.ts` makes it hold until the file is open.
 */
export class Roots {
  private readonly found = new Map<RootGrant, ResolvedRoot>();

  constructor(
    /** Real, absolute path. */
    readonly workspaceRoot: string,
    private readonly grants: readonly RootGrant[],
  ) {}

  /**
   * Finds where a path leads.
   * Throws `PERMISSION_DENIED` when that is outside the granted roots, or not writable and `access` is "write"; tells
   * nothing about what is there. Throws Node's `ENAMETOOLONG`, `ELOOP` and `EACCES`.
   */
  locate(path: string, access: Access, names: CallNames, link: LastLink = "follow"): Located {
    this.refuseByText(path, names);
    const full = this.absolute(path);
    if (path === "") throw systemError("ENOENT", names);
    const asFolder = endsAsFolder(path);
    const walked = walk(full, link);
    const real = asSpelledOnDisk(walked.real);
    const root = this.rootOf(real);
    if (root === undefined) {
      throw permissionDenied(`"${names.path}" is outside the folders that the template grants.`, names);
    }
    if (access === "write" && root.access === "read") {
      throw permissionDenied(
        `"${names.path}" may only be read: the template grants no writing there.`,
        names,
      );
    }
    if (walked.failure !== undefined && walked.failure !== "ENOENT" && walked.failure !== "ENOTDIR") {
      throw systemError(walked.failure, names);
    }
    if (asFolder && walked.stats !== undefined && !walked.stats.isDirectory())
      throw systemError("ENOTDIR", names);
    return { real, root, stats: walked.stats, blocked: walked.failure, asFolder };
  }

  /** As `locate`, for a thing that must be there: throws Node's `ENOENT` or `ENOTDIR` otherwise. */
  locateExisting(path: string, access: Access, names: CallNames): Located & { stats: Stats } {
    const located = this.locate(path, access, names);
    if (located.stats === undefined) throw systemError(located.blocked ?? "ENOENT", names);
    return { ...located, stats: located.stats };
  }

  /**
   * Where the kernel may be asked to follow the whole path by itself, for a caller that then asks it what it found and
   * decides with `holds`; `undefined` for what only `locate` can judge. Throws as `locate` does about the text.
   */
  kernelPath(path: string, names: CallNames): string | undefined {
    if (process.platform !== "linux" || path === "") return undefined;
    this.refuseByText(path, names);
    return this.absolute(path);
  }

  /** Whether a path without links lies in a granted root. */
  holds(real: string): boolean {
    return this.rootOf(real) !== undefined;
  }

  /** Whether a stricter root lies inside this folder: moving or removing the folder would go around it. */
  holdsStricterRoot(folder: string): boolean {
    return this.resolved().some(
      (root) => root.access === "read" && root.real !== folder && isWithin(folder, root.real),
    );
  }

  private absolute(path: string): string {
    // Not normalised: `link/..` is the parent of what the link leads to.
    return isAbsolute(path) ? path : this.workspaceRoot + sep + path;
  }

  private refuseByText(path: string, names: CallNames): void {
    if (process.platform === "win32") {
      const reason = windowsRefusal(path);
      if (reason !== undefined) throw permissionDenied(`The path "${names.path}" ${reason}.`, names);
      // Merely looking at \\server\share would log in there.
      const disk = diskOf(this.absolute(path));
      const known = [this.workspaceRoot, ...this.resolved().map((root) => root.real)].map((root) =>
        diskOf(root),
      );
      if (!known.includes(disk)) {
        throw permissionDenied(`"${names.path}" is outside the folders that the template grants.`, names);
      }
    }
    if (Buffer.byteLength(this.absolute(path)) > MAX_PATH_BYTES) throw systemError("ENAMETOOLONG", names);
  }

  /** The most specific root decides. */
  private rootOf(real: string): ResolvedRoot | undefined {
    let best: ResolvedRoot | undefined;
    for (const root of this.resolved()) {
      if (!isWithin(root.real, real)) continue;
      const longer = best === undefined || root.real.length > best.real.length;
      const stricter = best?.real === root.real && root.access === "read";
      if (longer || stricter) best = root;
    }
    return best;
  }

  /**
   * A granted folder may be made after the session started, so a root that is missing is looked for again. One that was
   * found keeps its place: replacing it by a link afterwards grants nothing.
   */
  private resolved(): ResolvedRoot[] {
    const roots: ResolvedRoot[] = [];
    for (const grant of this.grants) {
      const known = this.found.get(grant);
      if (known !== undefined) {
        roots.push(known);
        continue;
      }
      const walked = walk(this.absolute(grant.path), "follow");
      const root = { real: asSpelledOnDisk(walked.real), access: grant.access };
      // A relative root is a promise to stay in the workspace; a link must not break it.
      if (!isAbsolute(grant.path) && !isWithin(this.workspaceRoot, root.real)) continue;
      if (walked.stats !== undefined) this.found.set(grant, root);
      roots.push(root);
    }
    return roots;
  }
}
