import { closeSync, fstatSync, fsyncSync, ftruncateSync, readSync, writeSync } from "node:fs";
import { randomFillSync } from "node:crypto";
import type { FileLock } from "./lock";
import { sqlite, type Sqlite3Static } from "./library";

/** The files of one connection: the database and its journal, wherever they really are. */
export interface DatabaseFile {
  readonly lock: FileLock;
  readonly readOnly: boolean;
  openMain(): number;
  openJournal(create: boolean): number;
  journalExists(): boolean;
  removeJournal(): void;
}

interface OpenFile {
  readonly descriptor: number;
  readonly owner: DatabaseFile;
  readonly isMain: boolean;
  /** Change counter and size when the shared lock was taken. */
  seen: string | undefined;
  /** Others wrote while we wanted to: what was read is old. */
  stale: boolean;
}

export const VFS_NAME = "workbench";
const SHARED = 1;
const JOURNAL = "-journal";
/** Where SQLite counts the changes of a file. */
const COUNTER_AT = 24;

const registered = new WeakSet<Sqlite3Static>();
const owners = new Map<string, DatabaseFile>();
const open = new Map<number, OpenFile>();

/** Makes the files reachable under a name that only this connection uses; gives a function that ends that. */
export function mount(name: string, file: DatabaseFile): () => void {
  register(sqlite());
  owners.set(name, file);
  return () => owners.delete(name);
}

/** Version of the file's content, as far as SQLite can tell. */
function contentMark(descriptor: number): string {
  const counter = Buffer.alloc(4);
  readSync(descriptor, counter, 0, 4, COUNTER_AT);
  return `${counter.toString("hex")}:${fstatSync(descriptor).size}`;
}

function ownerOf(path: string): { readonly file: DatabaseFile; readonly isMain: boolean } | undefined {
  const main = owners.get(path);
  if (main !== undefined) return { file: main, isMain: true };
  const file = path.endsWith(JOURNAL) ? owners.get(path.slice(0, -JOURNAL.length)) : undefined;
  return file === undefined ? undefined : { file, isMain: false };
}

/**
 * SQLite's file system inside WebAssembly, on Node's files. It knows the database files that were mounted and their
 * journals and nothing else, so whatever SQL asks for, no other file can be opened.
 */
function register(library: Sqlite3Static): void {
  if (registered.has(library)) return;
  registered.add(library);
  const { capi, wasm } = library;
  const io = new capi.sqlite3_io_methods();
  const vfs = new capi.sqlite3_vfs();
  vfs.$iVersion = 2;
  // A property of the class; the published types have it on its instances.
  const { structInfo } = capi.sqlite3_file as unknown as { structInfo: { sizeof: number } };
  vfs.$szOsFile = structInfo.sizeof;
  vfs.$mxPathname = 512;

  const textAt = (pointer: number): string => wasm.cstrToJs(pointer) ?? "";
  const fileAt = (pointer: number): OpenFile => {
    const file = open.get(pointer);
    if (file === undefined) throw new Error("No such file.");
    return file;
  };
  const heap = (pointer: number, size: number): Uint8Array => wasm.heap8u().subarray(pointer, pointer + size);
  /** An exception must not cross the frames of WebAssembly: it becomes an error code. */
  const guarded =
    <Args extends unknown[]>(failure: number, work: (...args: Args) => number) =>
    (...args: Args) => {
      try {
        return work(...args) as 0;
      } catch {
        return failure as 0;
      }
    };

  library.vfs.installVfs({
    io: {
      struct: io,
      methods: {
        xClose: guarded(capi.SQLITE_IOERR_CLOSE, (pointer: number) => {
          const file = fileAt(pointer);
          open.delete(pointer);
          if (file.isMain) file.owner.lock.close(() => closeSync(file.descriptor));
          else closeSync(file.descriptor);
          return 0;
        }),
        xRead: guarded(
          capi.SQLITE_IOERR_READ,
          (pointer: number, target: number, size: number, offset: number) => {
            const file = fileAt(pointer);
            if (file.stale) return capi.SQLITE_IOERR_LOCK;
            const bytes = heap(target, size);
            const got = readSync(file.descriptor, bytes, 0, size, Number(offset));
            if (got === size) return 0;
            bytes.fill(0, got);
            return capi.SQLITE_IOERR_SHORT_READ;
          },
        ),
        xWrite: guarded(
          capi.SQLITE_IOERR_WRITE,
          (pointer: number, source: number, size: number, offset: number) => {
            const { descriptor } = fileAt(pointer);
            let done = 0;
            while (done < size)
              done += writeSync(descriptor, heap(source, size), done, size - done, Number(offset) + done);
            return 0;
          },
        ),
        xTruncate: guarded(capi.SQLITE_IOERR_TRUNCATE, (pointer: number, size: number) => {
          ftruncateSync(fileAt(pointer).descriptor, Number(size));
          return 0;
        }),
        xSync: guarded(capi.SQLITE_IOERR_FSYNC, (pointer: number) => {
          fsyncSync(fileAt(pointer).descriptor);
          return 0;
        }),
        xFileSize: guarded(capi.SQLITE_IOERR_FSTAT, (pointer: number, result: number) => {
          wasm.poke(result, fstatSync(fileAt(pointer).descriptor).size, "i64");
          return 0;
        }),
        xLock: guarded(capi.SQLITE_IOERR_LOCK, (pointer: number, level: number) => {
          const file = fileAt(pointer);
          const { lock } = file.owner;
          if (level === SHARED) {
            if (!lock.shared()) return capi.SQLITE_BUSY;
            file.seen = contentMark(file.descriptor);
            return 0;
          }
          if (!lock.exclusive()) return capi.SQLITE_BUSY;
          if (contentMark(file.descriptor) === file.seen || file.seen === "ours") {
            file.seen = "ours";
            return 0;
          }
          lock.unlock();
          file.stale = true;
          return capi.SQLITE_BUSY;
        }),
        xUnlock: guarded(capi.SQLITE_IOERR_UNLOCK, (pointer: number, level: number) => {
          // Going back to a shared lock would let others write in between: the exclusive one is kept until the end.
          if (level !== 0) return 0;
          const file = fileAt(pointer);
          file.stale = false;
          file.seen = undefined;
          file.owner.lock.unlock();
          return 0;
        }),
        xCheckReservedLock: (_pointer: number, result: number) => {
          // "Somebody writes": so a journal never looks left over. What really is left over, the lock has rolled back.
          wasm.poke(result, 1, "i32");
          return 0;
        },
        xFileControl: () => capi.SQLITE_NOTFOUND,
        xSectorSize: () => 4096 as 0,
        xDeviceCharacteristics: () => 0,
      },
    },
    vfs: {
      struct: vfs,
      name: VFS_NAME,
      methods: {
        xOpen: guarded(
          capi.SQLITE_CANTOPEN,
          (_vfs: number, name: number, pointer: number, flags: number, outFlags: number) => {
            const owner = name === 0 ? undefined : ownerOf(textAt(name));
            if (owner === undefined) return capi.SQLITE_CANTOPEN;
            const create = (flags & capi.SQLITE_OPEN_CREATE) !== 0;
            const descriptor = owner.isMain ? owner.file.openMain() : owner.file.openJournal(create);
            open.set(pointer, {
              descriptor,
              owner: owner.file,
              isMain: owner.isMain,
              seen: undefined,
              stale: false,
            });
            const file = new capi.sqlite3_file(pointer);
            file.$pMethods = io.pointer;
            file.dispose();
            const access = owner.file.readOnly ? capi.SQLITE_OPEN_READONLY : capi.SQLITE_OPEN_READWRITE;
            if (outFlags !== 0)
              wasm.poke(
                outFlags,
                (flags & ~(capi.SQLITE_OPEN_READONLY | capi.SQLITE_OPEN_READWRITE)) | access,
                "i32",
              );
            return 0;
          },
        ),
        xDelete: guarded(capi.SQLITE_IOERR_DELETE, (_vfs: number, name: number) => {
          const owner = ownerOf(textAt(name));
          if (owner === undefined || owner.isMain) return capi.SQLITE_IOERR_DELETE;
          if (!owner.file.journalExists()) return capi.SQLITE_IOERR_DELETE_NOENT;
          owner.file.removeJournal();
          return 0;
        }),
        xAccess: guarded(
          capi.SQLITE_IOERR_ACCESS,
          (_vfs: number, name: number, _flags: number, result: number) => {
            const owner = ownerOf(textAt(name));
            const found = owner !== undefined && (owner.isMain || owner.file.journalExists());
            wasm.poke(result, found ? 1 : 0, "i32");
            return 0;
          },
        ),
        xFullPathname: guarded(
          capi.SQLITE_CANTOPEN,
          (_vfs: number, name: number, size: number, target: number) => {
            const bytes = new TextEncoder().encode(`${textAt(name)}\0`);
            if (bytes.length > size) return capi.SQLITE_CANTOPEN;
            heap(target, bytes.length).set(bytes);
            return 0;
          },
        ),
        xRandomness: (_vfs: number, size: number, target: number) => {
          randomFillSync(heap(target, size));
          return size as 0;
        },
        xSleep: () => 0,
        xCurrentTime: (_vfs: number, result: number) => {
          wasm.poke(result, Date.now() / 86_400_000 + 2_440_587.5, "double");
          return 0;
        },
        xCurrentTimeInt64: (_vfs: number, result: number) => {
          wasm.poke(result, Date.now() + 210_866_760_000_000, "i64");
          return 0;
        },
        xGetLastError: () => undefined,
      },
    },
  });
}
