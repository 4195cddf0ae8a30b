/** An entry of a folder as the host half describes it. */
export interface WireEntry {
  readonly name: string | Uint8Array;
  readonly kind: "file" | "folder" | "link" | "fifo" | "socket" | "character" | "block" | "unknown";
  readonly parent: string;
}

const S_IFMT = 0o170000;
const FORMATS = {
  folder: 0o040000,
  file: 0o100000,
  block: 0o060000,
  character: 0o020000,
  link: 0o120000,
  fifo: 0o010000,
  socket: 0o140000,
};

/** What kind of thing a file is, by its mode. */
class Kinds {
  declare mode: number | bigint;

  isDirectory(): boolean {
    return hasFormat(this.mode, FORMATS.folder);
  }
  isFile(): boolean {
    return hasFormat(this.mode, FORMATS.file);
  }
  isBlockDevice(): boolean {
    return hasFormat(this.mode, FORMATS.block);
  }
  isCharacterDevice(): boolean {
    return hasFormat(this.mode, FORMATS.character);
  }
  isSymbolicLink(): boolean {
    return hasFormat(this.mode, FORMATS.link);
  }
  isFIFO(): boolean {
    return hasFormat(this.mode, FORMATS.fifo);
  }
  isSocket(): boolean {
    return hasFormat(this.mode, FORMATS.socket);
  }
}

function hasFormat(mode: number | bigint, format: number): boolean {
  return (Number(mode) & S_IFMT) === format;
}

/** Facts about a file, as Node's class of this name. */
export class Stats extends Kinds {}

/** Facts about a file as bigint, with nanoseconds. */
export class BigIntStats extends Kinds {}

/** Makes the `Stats` that the host half measured; `BigIntStats` when they are bigint. */
export function makeStats(fields: Readonly<Record<string, number | bigint>>): Stats | BigIntStats {
  const stats = typeof fields["mode"] === "bigint" ? new BigIntStats() : new Stats();
  Object.assign(stats, fields);
  for (const time of ["atime", "mtime", "ctime", "birthtime"]) {
    const ms = fields[`${time}Ms`];
    // Node rounds half a millisecond up.
    Object.assign(stats, {
      [time]: new Date(typeof ms === "bigint" ? Number(ms) : Math.round(ms ?? Number.NaN)),
    });
  }
  return stats;
}

/** An entry of a folder, as Node's class of this name. */
export class Dirent {
  readonly #kind: WireEntry["kind"];
  readonly name: string | Uint8Array;
  readonly parentPath: string;
  readonly path: string;

  constructor(name: string | Uint8Array, kind: WireEntry["kind"], parent: string) {
    this.name = name;
    this.parentPath = parent;
    this.path = parent;
    this.#kind = kind;
  }
  isFile(): boolean {
    return this.#kind === "file";
  }
  isDirectory(): boolean {
    return this.#kind === "folder";
  }
  isSymbolicLink(): boolean {
    return this.#kind === "link";
  }
  isFIFO(): boolean {
    return this.#kind === "fifo";
  }
  isSocket(): boolean {
    return this.#kind === "socket";
  }
  isCharacterDevice(): boolean {
    return this.#kind === "character";
  }
  isBlockDevice(): boolean {
    return this.#kind === "block";
  }
}
