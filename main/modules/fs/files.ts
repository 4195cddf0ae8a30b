import * as nodeFs from "node:fs";
import { promisify } from "node:util";
import * as check from "./checks";
import { copy, copySync, WHOLE_BYTES, type Copying } from "./copy";
import { openInside, type OpenFile } from "./anchor";
import { isSystemError, systemError, type CallNames } from "./errors";
import type { Roots } from "./roots";
import type { HostContext } from "../record";
import { Slots } from "../slots";

const MAX_OPEN_AT_ONCE = 64;

const writeFileCallback = promisify(nodeFs.writeFile);

/** Passes on a failed system call with the paths that the script wrote. Other errors pass as they are. */
export function asWritten(thrown: unknown, names: CallNames): unknown {
  if (!isSystemError(thrown)) return thrown;
  if (thrown.path !== undefined) return systemError(thrown.code, names);
  // About an open file: Node names no path either. Rebuilt, so that nothing of the host's error goes along.
  const plain = { errno: thrown.errno, code: thrown.code, syscall: thrown.syscall };
  return Object.assign(new Error(thrown.message), plain);
}

function tooLarge(bytes: number, memoryBytes: number): Error {
  const limit = `${Math.floor(memoryBytes / 1024 / 1024)} MiB`;
  const error = new RangeError(
    `File size (${bytes}) is greater than the memory of the session, ${limit} (limits.memoryMb)`,
  );
  return Object.assign(error, { code: "ERR_FS_FILE_TOO_LARGE" });
}

/** The error of an asynchronous call whose execution was stopped, as Node makes it. */
function abortError(): Error {
  const error = new Error("The operation was aborted");
  error.name = "AbortError";
  return Object.assign(error, { code: "ABORT_ERR" });
}

const readCallback = promisify(nodeFs.read);
const PIECE_BYTES = 1024 * 1024;

/**
 * Reads an open file to its end, in pieces, so that it can be stopped. Not by Node's `readFile`: its promise form takes
 * no number of an open file, and its callback form (Node 20) forgets errors for one.
 */
async function readToEnd(file: OpenFile, memoryBytes: number, signal: AbortSignal): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let total = 0;
  for (;;) {
    if (signal.aborted) throw abortError();
    // One byte more than is expected: the end shows in the same read.
    const piece = Buffer.allocUnsafe(Math.min(PIECE_BYTES, Math.max(file.stats.size - total, 0) + 1));
    const { bytesRead } = await readCallback(file.descriptor, piece, 0, piece.length, null);
    if (signal.aborted) throw abortError();
    if (bytesRead === 0) return pieces.length === 1 ? (pieces[0] ?? piece) : Buffer.concat(pieces, total);
    total += bytesRead;
    if (total > memoryBytes) throw tooLarge(total, memoryBytes);
    pieces.push(piece.subarray(0, bytesRead));
  }
}

interface Reading {
  readonly file: OpenFile;
  readonly encoding: BufferEncoding | undefined;
}

/** A file that does not fit into the session is not read: it would only fill the host's memory, a sparse one at no cost. */
function beginRead(roots: Roots, memoryBytes: number, path: string, rawOptions: unknown): Reading {
  const options = check.optionsArgument(rawOptions);
  const encoding = check.encodingOf(options["encoding"]);
  const flags = check.flagsArgument(options["flag"], "r");
  const names = { syscall: "open", path };
  const file = openInside(roots, path, flags, 0o666, names);
  if (file.stats.size > memoryBytes) {
    nodeFs.closeSync(file.descriptor);
    throw tooLarge(file.stats.size, memoryBytes);
  }
  return { file, encoding };
}

interface Writing {
  readonly file: OpenFile;
  readonly data: Uint8Array;
}

function beginWrite(
  roots: Roots,
  path: string,
  rawData: unknown,
  rawOptions: unknown,
  flag: "w" | "a",
): Writing {
  const options = check.optionsArgument(rawOptions);
  const encoding = check.encodingOf(options["encoding"]);
  const flags = check.flagsArgument(options["flag"] === "" ? undefined : options["flag"], flag);
  const mode = check.modeArgument(options["mode"], 0o666);
  const given = check.dataArgument(rawData);
  const data = typeof given === "string" ? Buffer.from(given, encoding ?? "utf8") : given;
  const file = openInside(roots, path, flags, mode, { syscall: "open", path });
  return { file, data };
}

function beginCopy(roots: Roots, path: string, dest: string, rawMode: unknown): Copying {
  const { COPYFILE_EXCL, O_CREAT, O_EXCL, O_RDONLY, O_WRONLY } = nodeFs.constants;
  const mode = check.copyMode(rawMode);
  const names = { syscall: "copyfile", path, dest };
  const source = openInside(roots, path, O_RDONLY, 0, names);
  try {
    if (source.stats.isDirectory()) throw systemError("EISDIR", names);
    const exclusive = (mode & COPYFILE_EXCL) === 0 ? 0 : O_EXCL;
    // Opened here, and then written by its descriptor: the copy itself would follow a link that appears meanwhile.
    const target = openInside(roots, dest, O_WRONLY | O_CREAT | exclusive, source.stats.mode & 0o777, {
      ...names,
      path: dest,
    });
    return { source, target, mode: mode & ~COPYFILE_EXCL };
  } catch (thrown) {
    nodeFs.closeSync(source.descriptor);
    // The target is named as the target, whichever of the two failed.
    if (isSystemError(thrown)) throw systemError(thrown.code, names);
    throw thrown;
  }
}

function endCopy(copying: Copying): void {
  nodeFs.closeSync(copying.source.descriptor);
  nodeFs.closeSync(copying.target.descriptor);
}

/** Content of files: reads, writes and copies through descriptors that are known to lie in the granted roots. */
export class FileContent {
  private readonly slots = new Slots(MAX_OPEN_AT_ONCE);
  private readonly room: Slots;

  constructor(
    private readonly roots: Roots,
    private readonly context: Pick<HostContext, "memoryBytes" | "executionSignal" | "mustStop">,
  ) {
    // What is read at one time.
    this.room = new Slots(context.memoryBytes);
  }

  readFileSync(path: unknown, options: unknown): string | Uint8Array {
    const name = check.pathOrDescriptor(path, "fstat");
    return this.attempt({ syscall: "open", path: name }, () => {
      const { file, encoding } = beginRead(this.roots, this.context.memoryBytes, name, options);
      try {
        if (file.stats.size <= WHOLE_BYTES)
          return nodeFs.readFileSync(file.descriptor, { encoding: encoding ?? null });
        const bytes = this.readToEndSync(file);
        return encoding === undefined ? bytes : bytes.toString(encoding);
      } finally {
        nodeFs.closeSync(file.descriptor);
      }
    });
  }

  async readFile(path: unknown, options: unknown): Promise<string | Uint8Array> {
    const name = check.pathArgument(path, "path");
    return this.attemptAsync({ syscall: "open", path: name }, async (signal) => {
      const { file, encoding } = beginRead(this.roots, this.context.memoryBytes, name, options);
      const read = async (): Promise<string | Buffer> => {
        const bytes = await readToEnd(file, this.context.memoryBytes, signal);
        return encoding === undefined ? bytes : bytes.toString(encoding);
      };
      try {
        return await this.room.run(read, signal, file.stats.size);
      } finally {
        nodeFs.closeSync(file.descriptor);
      }
    });
  }

  writeFileSync(path: unknown, data: unknown, options: unknown, flag: "w" | "a"): void {
    const name = check.pathOrDescriptor(path, "write");
    this.attempt({ syscall: "open", path: name }, () => {
      const writing = beginWrite(this.roots, name, data, options, flag);
      try {
        nodeFs.writeFileSync(writing.file.descriptor, writing.data);
      } finally {
        nodeFs.closeSync(writing.file.descriptor);
      }
    });
  }

  async writeFile(path: unknown, data: unknown, options: unknown, flag: "w" | "a"): Promise<void> {
    const name = check.pathArgument(path, "path");
    await this.attemptAsync({ syscall: "open", path: name }, async (signal) => {
      const writing = beginWrite(this.roots, name, data, options, flag);
      try {
        await writeFileCallback(writing.file.descriptor, writing.data, { signal });
      } finally {
        nodeFs.closeSync(writing.file.descriptor);
      }
    });
  }

  copyFileSync(path: unknown, dest: unknown, mode: unknown): void {
    const names = {
      syscall: "copyfile",
      path: check.pathArgument(path, "src"),
      dest: check.pathArgument(dest, "dest"),
    };
    this.attempt(names, () => {
      const copying = beginCopy(this.roots, names.path, names.dest, mode);
      try {
        copySync(copying, () => this.checkStop());
      } finally {
        endCopy(copying);
      }
    });
  }

  async copyFile(path: unknown, dest: unknown, mode: unknown): Promise<void> {
    const names = {
      syscall: "copyfile",
      path: check.pathArgument(path, "src"),
      dest: check.pathArgument(dest, "dest"),
    };
    await this.attemptAsync(names, async (signal) => {
      const copying = beginCopy(this.roots, names.path, names.dest, mode);
      try {
        await copy(copying, () => {
          if (signal.aborted) throw abortError();
        });
      } finally {
        endCopy(copying);
      }
    });
  }

  /** In pieces, because nothing can stop one call that reads it all. */
  private readToEndSync(file: OpenFile): Buffer {
    const bytes = Buffer.allocUnsafe(file.stats.size);
    for (let total = 0; total < bytes.length;) {
      this.checkStop();
      const length = Math.min(PIECE_BYTES, bytes.length - total);
      const read = nodeFs.readSync(file.descriptor, bytes, total, length, null);
      if (read === 0) return bytes.subarray(0, total);
      total += read;
    }
    return bytes;
  }

  private checkStop(): void {
    if (this.context.mustStop()) throw abortError();
  }

  private attempt<T>(names: CallNames, run: () => T): T {
    try {
      return run();
    } catch (thrown) {
      throw asWritten(thrown, names);
    }
  }

  private async attemptAsync<T>(names: CallNames, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
    // That of the execution which asked: whose turn comes after its end must not begin any more.
    const signal = this.context.executionSignal();
    try {
      return await this.slots.run(() => run(signal), signal);
    } catch (thrown) {
      throw asWritten(thrown, names);
    }
  }
}
