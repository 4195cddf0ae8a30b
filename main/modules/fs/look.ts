import * as nodeFs from "node:fs";
import { join } from "node:path";
import type { WireValue } from "../record";
import { atEntry, atTarget, isThere, openInside } from "./anchor";
import * as check from "./checks";
import { isSystemError, systemError, type CallNames } from "./errors";
import { asWritten } from "./files";
import type { Roots } from "./roots";

const FIELDS = ["dev", "mode", "nlink", "uid", "gid", "rdev", "blksize", "ino", "size", "blocks"] as const;
const TIMES = ["atimeMs", "mtimeMs", "ctimeMs", "birthtimeMs"] as const;
const NANOSECONDS = ["atimeNs", "mtimeNs", "ctimeNs", "birthtimeNs"] as const;

/** Numbers of a `Stats` object; the guest half makes the object again. */
function statsToWire(stats: nodeFs.Stats | nodeFs.BigIntStats): WireValue {
  const wire: Record<string, WireValue> = {};
  for (const field of [...FIELDS, ...TIMES]) wire[field] = stats[field];
  if ("atimeNs" in stats) for (const field of NANOSECONDS) wire[field] = stats[field];
  return wire;
}

type Kind = "file" | "folder" | "link" | "fifo" | "socket" | "character" | "block" | "unknown";

function kindOf(entry: nodeFs.Dirent | nodeFs.Dirent<Buffer>): Kind {
  if (entry.isFile()) return "file";
  if (entry.isDirectory()) return "folder";
  if (entry.isSymbolicLink()) return "link";
  if (entry.isFIFO()) return "fifo";
  if (entry.isSocket()) return "socket";
  if (entry.isCharacterDevice()) return "character";
  return entry.isBlockDevice() ? "block" : "unknown";
}

interface Entry {
  readonly name: string;
  readonly kind: Kind;
}

/** Looks at files and folders without opening what is in them. */
export class FileFacts {
  constructor(
    private readonly roots: Roots,
    private readonly mustStop: () => boolean,
  ) {}

  stat(path: unknown, rawOptions: unknown): WireValue {
    const name = check.pathArgument(path, "path");
    const options = check.statOptions(rawOptions);
    const names = { syscall: "stat", path: name };
    return this.orUndefined(options.throwIfNoEntry, names, () =>
      atTarget(this.roots, name, names, (target) =>
        statsToWire(nodeFs.statSync(target, { bigint: options.bigint })),
      ),
    );
  }

  lstat(path: unknown, rawOptions: unknown): WireValue {
    const name = check.pathArgument(path, "path");
    const options = check.statOptions(rawOptions);
    const names = { syscall: "lstat", path: name };
    return this.orUndefined(options.throwIfNoEntry, names, () =>
      atEntry(
        this.roots,
        name,
        "read",
        names,
        (entry) => statsToWire(nodeFs.lstatSync(entry, { bigint: options.bigint })),
        "itself",
      ),
    );
  }

  access(path: unknown, rawMode: unknown): void {
    const name = check.pathArgument(path, "path");
    const mode = check.accessMode(rawMode);
    const names = { syscall: "access", path: name };
    try {
      // Asks the grant first: what may not be written is not writable, whatever the disk says.
      if ((mode & nodeFs.constants.W_OK) !== 0) this.roots.locate(name, "write", names);
      atTarget(this.roots, name, names, (target) => nodeFs.accessSync(target, mode));
    } catch (thrown) {
      throw asWritten(thrown, names);
    }
  }

  /** As in Node, never throws: what a script may not see is not there. */
  exists(path: unknown): boolean {
    try {
      const name = check.pathArgument(path, "path");
      return isThere(this.roots, name, { syscall: "access", path: name });
    } catch {
      return false;
    }
  }

  readdir(path: unknown, rawOptions: unknown): WireValue {
    const name = check.pathArgument(path, "path");
    const options = check.readdirOptions(rawOptions);
    const encode = (text: string): string | Uint8Array => {
      if (options.encoding === "buffer") return Buffer.from(text);
      return options.encoding === "utf8" || options.encoding === "utf-8"
        ? text
        : Buffer.from(text).toString(options.encoding);
    };
    const listed = options.recursive
      ? this.listTree(name)
      : this.list(name, name).map((entry) => ({ folder: "", ...entry }));
    if (!options.withFileTypes)
      return { names: listed.map((entry) => encode(join(entry.folder, entry.name))) };
    return {
      entries: listed.map((entry) => ({
        name: encode(entry.name),
        kind: entry.kind,
        parent: entry.folder === "" ? name : join(name, entry.folder),
      })),
    };
  }

  private list(path: string, written: string): Entry[] {
    const names = { syscall: "scandir", path: written };
    const { O_RDONLY, O_DIRECTORY } = nodeFs.constants;
    try {
      const folder = openInside(this.roots, path, O_RDONLY | (O_DIRECTORY ?? 0), 0, names);
      try {
        const entries = nodeFs.readdirSync(folder.path, { withFileTypes: true });
        return entries.map((entry) => ({ name: entry.name, kind: kindOf(entry) }));
      } finally {
        nodeFs.closeSync(folder.descriptor);
      }
    } catch (thrown) {
      throw asWritten(thrown, names);
    }
  }

  /** Breadth first, as Node. Links are listed and not followed: they may lead out, and in circles. */
  private listTree(path: string): (Entry & { folder: string })[] {
    const result: (Entry & { folder: string })[] = [];
    const folders = [""];
    for (const folder of folders) {
      if (this.mustStop()) break;
      for (const entry of this.list(folder === "" ? path : join(path, folder), path)) {
        result.push({ folder, ...entry });
        if (entry.kind === "folder") folders.push(join(folder, entry.name));
      }
    }
    return result;
  }

  private orUndefined(throwIfNoEntry: boolean, names: CallNames, run: () => WireValue): WireValue {
    try {
      return run();
    } catch (thrown) {
      const missing = isSystemError(thrown) && thrown.code === "ENOENT";
      if (missing && !throwIfNoEntry) return undefined;
      throw isSystemError(thrown) ? systemError(thrown.code, names) : asWritten(thrown, names);
    }
  }
}
