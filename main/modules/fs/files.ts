import * as nodeFs from "node:fs";
import { promisify } from "node:util";
import * as check from "./checks";
import { openInside, type OpenFile } from "./anchor";
import { isSystemError, systemError, type CallNames } from "./errors";
import type { Roots } from "./roots";
import { Slots } from "../slots";

// A session's memory is far below this; without a limit a sparse file would fill the host's.
const MAX_READ_BYTES = 512 * 1024 * 1024;

const MAX_OPEN_AT_ONCE = 64;

const writeFileCallback = promisify(nodeFs.writeFile);
const copyFileCallback = promisify(nodeFs.copyFile);

/** Passes on a failed system call with the paths that the script wrote. Other errors pass as they are. */
export function asWritten(thrown: unknown, names: CallNames): unknown {
  if (!isSystemError(thrown)) return thrown;
  if (thrown.path !== undefined) return systemError(thrown.code, names);
  // About an open file: Node names no path either. Rebuilt, so that nothing of the host's error goes along.
  const plain = { errno: thrown.errno, code: thrown.code, syscall: thrown.syscall };
  return Object.assign(new Error(thrown.message), plain);
}

function tooLarge(bytes: number): Error {
  const error = new RangeError(`File size (${bytes}) is greater than 512 MiB`);
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
async function readToEnd(file: OpenFile, signal: AbortSignal): Promise<Buffer> {
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
    if (total > MAX_READ_BYTES) throw tooLarge(total);
    pieces.push(piece.subarray(0, bytesRead));
  }
}

interface Reading {
  readonly file: OpenFile;
  readonly encoding: BufferEncoding | undefined;
}

function beginRead(roots: Roots, path: string, rawOptions: unknown): Reading {
  const options = check.optionsArgument(rawOptions);
  const encoding = check.encodingOf(options["encoding"]);
  const flags = check.flagsArgument(options["flag"], "r");
  const names = { syscall: "open", path };
  const file = openInside(roots, path, flags, 0o666, names);
  if (file.stats.size > MAX_READ_BYTES) {
    nodeFs.closeSync(file.descriptor);
    throw tooLarge(file.stats.size);
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

interface Copying {
  readonly source: OpenFile;
  readonly target: OpenFile;
  readonly mode: number;
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

  constructor(
    private readonly roots: Roots,
    /** Aborted when the running execution stops. */
    private readonly signal: () => AbortSignal,
  ) {}

  readFileSync(path: unknown, options: unknown): string | Uint8Array {
    const name = check.pathOrDescriptor(path, "fstat");
    return this.attempt({ syscall: "open", path: name }, () => {
      const { file, encoding } = beginRead(this.roots, name, options);
      try {
        return nodeFs.readFileSync(file.descriptor, { encoding: encoding ?? null });
      } finally {
        nodeFs.closeSync(file.descriptor);
      }
    });
  }

  async readFile(path: unknown, options: unknown): Promise<string | Uint8Array> {
    const name = check.pathArgument(path, "path");
    return this.attemptAsync({ syscall: "open", path: name }, async (signal) => {
      const { file, encoding } = beginRead(this.roots, name, options);
      try {
        const bytes = await readToEnd(file, signal);
        return encoding === undefined ? bytes : bytes.toString(encoding);
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
        nodeFs.copyFileSync(copying.source.path, copying.target.path, copying.mode);
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
    await this.attemptAsync(names, async () => {
      const copying = beginCopy(this.roots, names.path, names.dest, mode);
      try {
        await copyFileCallback(copying.source.path, copying.target.path, copying.mode);
      } finally {
        endCopy(copying);
      }
    });
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
    const signal = this.signal();
    try {
      return await this.slots.run(() => run(signal), signal);
    } catch (thrown) {
      throw asWritten(thrown, names);
    }
  }
}
