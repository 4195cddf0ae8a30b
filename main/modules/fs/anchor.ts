import {
  closeSync,
  constants,
  fstatSync,
  ftruncateSync,
  lstatSync,
  openSync,
  readlinkSync,
  realpathSync,
  type Stats,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { isSystemError, permissionDenied, systemError, type CallNames } from "./errors";
import type { Access, LastLink, Located, Roots } from "./roots";

/*
 * Between the check of a path and its use another process may put a symbolic link in the way. So nothing is used by the
 * path that was checked:
 *
 * - Linux: the parent folder is opened first (`O_PATH`), the kernel is asked which folder that is (`/proc/self/fd/N`), and
 *   it must be exactly the one that was checked. From then on the folder is held by its descriptor, and everything
 *   happens at `/proc/self/fd/N/<name>`, which no link can redirect: what `openat` does. The last part is opened with
 *   `O_NOFOLLOW`.
 * - elsewhere: the last part is opened with `O_NOFOLLOW` where the platform has it, and the real path of the parent is
 *   compared before and after. An open file must be the one that its real path names (device and inode). A swap is then
 *   noticed, but a file that was created or removed in that moment stays so.
 */

const isLinux = process.platform === "linux";
// Not among Node's constants; x86, ARM and RISC-V agree on it.
const O_PATH = 0o10000000;
const NOFOLLOW = constants.O_NOFOLLOW ?? 0;
// A named pipe would otherwise block the thread until somebody opens its other end.
const NONBLOCK = constants.O_NONBLOCK ?? 0;
const ATTEMPTS = 5;

/** The path was changed while it was being opened. Tried again a few times, then refused. */
class Moved extends Error {}

/** Real path of what a descriptor holds, as the kernel knows it now. */
function pathBehind(descriptor: number): string {
  // Half a microsecond less than `self`, in the call that is made most.
  return readlinkSync(`/proc/${process.pid}/fd/${descriptor}`);
}

function openFolder(real: string): number {
  try {
    return openSync(real, O_PATH | constants.O_DIRECTORY | NOFOLLOW);
  } catch (thrown) {
    if (isSystemError(thrown) && ["ELOOP", "ENOTDIR", "ENOENT"].includes(thrown.code)) throw new Moved();
    throw thrown;
  }
}

function insideParentOnLinux<T>(parent: string, use: (folder: string) => T): T {
  const descriptor = openFolder(parent);
  try {
    if (pathBehind(descriptor) !== parent) throw new Moved();
    return use(`/proc/self/fd/${descriptor}`);
  } finally {
    closeSync(descriptor);
  }
}

function insideParentElsewhere<T>(parent: string, use: (folder: string) => T): T {
  const check = (): void => {
    if (realpathSync.native(parent) !== parent) throw new Moved();
  };
  check();
  const result = use(parent);
  check();
  return result;
}

/** Runs `use` with a path to the folder that cannot be redirected while it runs. */
function insideParent<T>(parent: string, use: (folder: string) => T): T {
  return isLinux ? insideParentOnLinux(parent, use) : insideParentElsewhere(parent, use);
}

/**
 * Finds where a path leads and runs `use` with a path to that very entry, which nobody can redirect meanwhile. The entry
 * itself may be replaced: `use` must not follow a link in it. Tries again when the path changes in between.
 * Throws what `Roots.locate` throws, Node's `ENOENT`/`ENOTDIR` when the parent is missing, and what `use` throws.
 */
export function atEntry<T>(
  roots: Roots,
  path: string,
  access: Access,
  names: CallNames,
  use: (entry: string, located: Located) => T,
  link: LastLink = "follow",
): T {
  for (let attempt = 1; ; attempt += 1) {
    const located = roots.locate(path, access, names, link);
    if (located.blocked !== undefined) throw systemError(located.blocked, names);
    const parent = dirname(located.real);
    try {
      return insideParent(parent, (folder) => use(join(folder, basename(located.real)), located));
    } catch (thrown) {
      if (!(thrown instanceof Moved)) throw thrown;
      if (attempt === ATTEMPTS)
        throw permissionDenied(`"${names.path}" kept changing while it was opened.`, names);
    }
  }
}

/** An open file or folder that lies in the granted roots. The owner closes it. */
export interface OpenFile {
  readonly descriptor: number;
  readonly stats: Stats;
  /** Path by which the operating system finds exactly this open file. */
  readonly path: string;
}

function verifyElsewhere(descriptor: number, real: string): void {
  if (isLinux) return;
  const open = fstatSync(descriptor, { bigint: true });
  const named = lstatSync(real, { bigint: true });
  if (open.ino !== named.ino || open.dev !== named.dev) throw new Moved();
}

function accessOf(flags: number): Access {
  const { O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_APPEND } = constants;
  return (flags & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND)) === 0 ? "read" : "write";
}

/**
 * Opens a file or folder inside the granted roots; whether for writing follows from `flags`.
 * Throws what `Roots.locate` throws, Node's errors of `open`, and `PERMISSION_DENIED` for pipes, sockets and devices.
 */
export function openInside(
  roots: Roots,
  path: string,
  flags: number,
  mode: number,
  names: CallNames,
): OpenFile {
  return atEntry(roots, path, accessOf(flags), names, (entry, located) => {
    const creates = (flags & constants.O_CREAT) !== 0;
    if (located.stats === undefined && located.asFolder && creates) throw systemError("EISDIR", names);
    let descriptor: number;
    try {
      // Emptied below, when it is certain which file this is.
      descriptor = openSync(entry, (flags & ~constants.O_TRUNC) | NOFOLLOW | NONBLOCK, mode);
    } catch (thrown) {
      // A link that was not there when the path was checked.
      if (isSystemError(thrown) && thrown.code === "ELOOP") throw new Moved();
      // A socket, or a pipe that nobody reads.
      if (isSystemError(thrown) && thrown.code === "ENXIO") throw notAFile(names);
      throw thrown;
    }
    try {
      const stats = fstatSync(descriptor);
      if (!stats.isFile() && !stats.isDirectory()) throw notAFile(names);
      verifyElsewhere(descriptor, located.real);
      if ((flags & constants.O_TRUNC) !== 0 && stats.isFile()) ftruncateSync(descriptor);
      return { descriptor, stats, path: isLinux ? `/proc/self/fd/${descriptor}` : located.real };
    } catch (thrown) {
      closeSync(descriptor);
      throw thrown;
    }
  });
}

function notAFile(names: CallNames): Error {
  return permissionDenied(
    `"${names.path}" is neither a file nor a folder: pipes, sockets and devices are refused.`,
    names,
  );
}

/**
 * Whether something that scripts may see is at the path, links followed. On Linux in three system calls: the kernel
 * follows the path once and holds what it found, and then says where that is. No link can come in between, because nothing
 * is looked up twice. Throws what `Roots.locate` throws; a thing outside the roots is not there.
 */
export function isThere(roots: Roots, path: string, names: CallNames): boolean {
  const full = roots.kernelPath(path, names);
  if (full === undefined) return atTarget(roots, path, names, () => true);
  const descriptor = openSync(full, O_PATH);
  try {
    return roots.holds(pathBehind(descriptor));
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Runs `use` with a path that leads to exactly the thing that was checked, links followed, whatever it is: for looking
 * at it, not for opening it. Throws what `Roots.locate` throws and Node's `ENOENT`.
 */
export function atTarget<T>(roots: Roots, path: string, names: CallNames, use: (target: string) => T): T {
  return atEntry(roots, path, "read", names, (entry, located) => {
    if (located.stats === undefined) throw systemError("ENOENT", names);
    if (!isLinux) return use(entry);
    let descriptor: number;
    try {
      descriptor = openSync(entry, O_PATH | NOFOLLOW);
    } catch (thrown) {
      if (isSystemError(thrown) && thrown.code === "ENOENT") throw new Moved();
      throw thrown;
    }
    try {
      if (fstatSync(descriptor).isSymbolicLink()) throw new Moved();
      return use(`/proc/self/fd/${descriptor}`);
    } finally {
      closeSync(descriptor);
    }
  });
}
