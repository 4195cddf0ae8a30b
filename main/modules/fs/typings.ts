/** `.d.ts` text of the module `fs`. */
export const typings = `declare module "fs" {
  /** A path: text, its bytes in UTF-8, or a \`file:\` URL. Relative paths count from the workspace. */
  export type PathLike = string | Uint8Array | URL;
  export type Encoding =
    | "utf8" | "utf-8" | "utf16le" | "utf-16le" | "ucs2" | "ucs-2" | "ascii" | "latin1" | "binary" | "base64" | "base64url" | "hex";
  /** Bytes of a file: a Buffer, which is a Uint8Array that also knows encodings. */
  export interface Bytes extends Uint8Array {
    toString(encoding?: Encoding, start?: number, end?: number): string;
  }
  export type Data = string | ArrayBufferView;
  export type Flag = number | "r" | "r+" | "w" | "wx" | "w+" | "wx+" | "a" | "ax" | "a+" | "ax+" | (string & {});
  export interface ReadOptions {
    encoding?: Encoding | null;
    flag?: Flag;
    /** Ends an asynchronous call early. */
    signal?: AbortSignal;
  }
  export interface WriteOptions {
    encoding?: Encoding | null;
    flag?: Flag;
    /** Permissions of a new file, such as 0o644. */
    mode?: number | string;
    /** Ends an asynchronous call early. */
    signal?: AbortSignal;
  }
  export interface MakeDirectoryOptions {
    /** Makes the folders above too, and is content when the folder is there. */
    recursive?: boolean;
    mode?: number | string;
  }
  export interface ReaddirOptions {
    encoding?: Encoding | null;
    /** Lists what is in the folders inside too, without following links. */
    recursive?: boolean;
    withFileTypes?: false;
  }
  export interface RmOptions {
    /** Is content when nothing is there. */
    force?: boolean;
    /** Removes a folder with all that is in it. */
    recursive?: boolean;
  }
  export interface StatOptions {
    bigint?: boolean;
  }
  export interface StatSyncOptions extends StatOptions {
    /** \`false\`: gives undefined when nothing is there. */
    throwIfNoEntry?: boolean;
  }
  export class Stats {
    private constructor();
    dev: number;
    ino: number;
    mode: number;
    nlink: number;
    uid: number;
    gid: number;
    rdev: number;
    /** Bytes. */
    size: number;
    blksize: number;
    blocks: number;
    /** Epoch milliseconds. */
    atimeMs: number;
    mtimeMs: number;
    ctimeMs: number;
    birthtimeMs: number;
    atime: Date;
    mtime: Date;
    ctime: Date;
    birthtime: Date;
    isFile(): boolean;
    isDirectory(): boolean;
    isSymbolicLink(): boolean;
    isFIFO(): boolean;
    isSocket(): boolean;
    isCharacterDevice(): boolean;
    isBlockDevice(): boolean;
  }
  export class Dirent {
    private constructor();
    name: string;
    /** Folder that holds the entry, as the call named it. */
    parentPath: string;
    /** The same as \`parentPath\`. */
    path: string;
    isFile(): boolean;
    isDirectory(): boolean;
    isSymbolicLink(): boolean;
    isFIFO(): boolean;
    isSocket(): boolean;
    isCharacterDevice(): boolean;
    isBlockDevice(): boolean;
  }
  export type Callback<T> = (error: Error | null, result: T) => void;
  export type DoneCallback = (error: Error | null) => void;

  export function readFile(path: PathLike, options: Encoding | (ReadOptions & { encoding: Encoding })): Promise<string>;
  export function readFile(path: PathLike, options?: (ReadOptions & { encoding?: null }) | null): Promise<Bytes>;
  export function readFile(path: PathLike, options: Encoding | (ReadOptions & { encoding: Encoding }), callback: Callback<string>): void;
  export function readFile(path: PathLike, callback: Callback<Bytes>): void;
  export function writeFile(path: PathLike, data: Data, options?: Encoding | WriteOptions | null): Promise<void>;
  export function writeFile(path: PathLike, data: Data, options: Encoding | WriteOptions, callback: DoneCallback): void;
  export function writeFile(path: PathLike, data: Data, callback: DoneCallback): void;
  export function appendFile(path: PathLike, data: Data, options?: Encoding | WriteOptions | null): Promise<void>;
  export function appendFile(path: PathLike, data: Data, options: Encoding | WriteOptions, callback: DoneCallback): void;
  export function appendFile(path: PathLike, data: Data, callback: DoneCallback): void;
  export function exists(path: PathLike): Promise<boolean>;
  export function exists(path: PathLike, callback: (exists: boolean) => void): void;
  export function access(path: PathLike, mode?: number): Promise<void>;
  export function access(path: PathLike, mode: number, callback: DoneCallback): void;
  export function access(path: PathLike, callback: DoneCallback): void;
  export function mkdir(path: PathLike, options?: number | string | MakeDirectoryOptions | null): Promise<string | undefined>;
  export function mkdir(path: PathLike, options: number | string | MakeDirectoryOptions, callback: Callback<string | undefined>): void;
  export function mkdir(path: PathLike, callback: DoneCallback): void;
  export function readdir(path: PathLike, options?: Encoding | ReaddirOptions | null): Promise<string[]>;
  export function readdir(path: PathLike, options: Omit<ReaddirOptions, "withFileTypes"> & { withFileTypes: true }): Promise<Dirent[]>;
  export function readdir(path: PathLike, options: Encoding | ReaddirOptions, callback: Callback<string[]>): void;
  export function readdir(path: PathLike, callback: Callback<string[]>): void;
  export function stat(path: PathLike, options?: StatOptions): Promise<Stats>;
  export function stat(path: PathLike, options: StatOptions, callback: Callback<Stats>): void;
  export function stat(path: PathLike, callback: Callback<Stats>): void;
  export function lstat(path: PathLike, options?: StatOptions): Promise<Stats>;
  export function lstat(path: PathLike, options: StatOptions, callback: Callback<Stats>): void;
  export function lstat(path: PathLike, callback: Callback<Stats>): void;
  export function unlink(path: PathLike): Promise<void>;
  export function unlink(path: PathLike, callback: DoneCallback): void;
  export function rename(oldPath: PathLike, newPath: PathLike): Promise<void>;
  export function rename(oldPath: PathLike, newPath: PathLike, callback: DoneCallback): void;
  export function copyFile(src: PathLike, dest: PathLike, mode?: number): Promise<void>;
  export function copyFile(src: PathLike, dest: PathLike, mode: number, callback: DoneCallback): void;
  export function copyFile(src: PathLike, dest: PathLike, callback: DoneCallback): void;
  export function rm(path: PathLike, options?: RmOptions): Promise<void>;
  export function rm(path: PathLike, options: RmOptions, callback: DoneCallback): void;
  export function rm(path: PathLike, callback: DoneCallback): void;
  export function mkdtemp(prefix: PathLike, options?: Encoding | { encoding?: Encoding | null } | null): Promise<string>;
  export function mkdtemp(prefix: PathLike, callback: Callback<string>): void;

  export function readFileSync(path: PathLike, options: Encoding | (ReadOptions & { encoding: Encoding })): string;
  export function readFileSync(path: PathLike, options?: (ReadOptions & { encoding?: null }) | null): Bytes;
  export function writeFileSync(path: PathLike, data: Data, options?: Encoding | WriteOptions | null): void;
  export function appendFileSync(path: PathLike, data: Data, options?: Encoding | WriteOptions | null): void;
  export function existsSync(path: PathLike): boolean;
  export function accessSync(path: PathLike, mode?: number): void;
  export function mkdirSync(path: PathLike, options?: number | string | MakeDirectoryOptions | null): string | undefined;
  export function readdirSync(path: PathLike, options?: Encoding | ReaddirOptions | null): string[];
  export function readdirSync(path: PathLike, options: Omit<ReaddirOptions, "withFileTypes"> & { withFileTypes: true }): Dirent[];
  export function statSync(path: PathLike, options?: StatSyncOptions & { throwIfNoEntry?: true }): Stats;
  export function statSync(path: PathLike, options: StatSyncOptions): Stats | undefined;
  export function lstatSync(path: PathLike, options?: StatSyncOptions & { throwIfNoEntry?: true }): Stats;
  export function lstatSync(path: PathLike, options: StatSyncOptions): Stats | undefined;
  export function unlinkSync(path: PathLike): void;
  export function renameSync(oldPath: PathLike, newPath: PathLike): void;
  export function copyFileSync(src: PathLike, dest: PathLike, mode?: number): void;
  export function rmSync(path: PathLike, options?: RmOptions): void;
  export function mkdtempSync(prefix: PathLike, options?: Encoding | { encoding?: Encoding | null } | null): string;

  /** Numbers for modes and flags, as in Node: \`F_OK\`, \`R_OK\`, \`W_OK\`, \`COPYFILE_EXCL\`, \`O_CREAT\` … */
  export const constants: { readonly [name: string]: number };

  /** The same calls, always as promises. */
  export const promises: {
    readonly constants: { readonly [name: string]: number };
    readFile(path: PathLike, options: Encoding | (ReadOptions & { encoding: Encoding })): Promise<string>;
    readFile(path: PathLike, options?: (ReadOptions & { encoding?: null }) | null): Promise<Bytes>;
    writeFile(path: PathLike, data: Data, options?: Encoding | WriteOptions | null): Promise<void>;
    appendFile(path: PathLike, data: Data, options?: Encoding | WriteOptions | null): Promise<void>;
    exists(path: PathLike): Promise<boolean>;
    access(path: PathLike, mode?: number): Promise<void>;
    mkdir(path: PathLike, options?: number | string | MakeDirectoryOptions | null): Promise<string | undefined>;
    readdir(path: PathLike, options?: Encoding | ReaddirOptions | null): Promise<string[]>;
    readdir(path: PathLike, options: Omit<ReaddirOptions, "withFileTypes"> & { withFileTypes: true }): Promise<Dirent[]>;
    stat(path: PathLike, options?: StatOptions): Promise<Stats>;
    lstat(path: PathLike, options?: StatOptions): Promise<Stats>;
    unlink(path: PathLike): Promise<void>;
    rename(oldPath: PathLike, newPath: PathLike): Promise<void>;
    copyFile(src: PathLike, dest: PathLike, mode?: number): Promise<void>;
    rm(path: PathLike, options?: RmOptions): Promise<void>;
    mkdtemp(prefix: PathLike, options?: Encoding | { encoding?: Encoding | null } | null): Promise<string>;
  };
}
`;
