import type { Readable } from "node:stream";
import { fromFdPromise, type Entry, type ZipFile } from "yauzl";

/** What a template allows an archive to hold. */
export interface ZipLimits {
  readonly maxEntries: number;
  readonly maxEntryKb: number;
  readonly maxTotalKb: number;
}

/** Stable codes of the errors of this module. */
export type ZipErrorCode =
  "ZIP_INVALID" | "ZIP_UNSAFE_ENTRY" | "ZIP_TOO_LARGE" | "ZIP_ENTRY_NOT_FOUND" | "ZIP_ENCRYPTED";

/** What is wrong with an archive, or with what it would hold. */
export class ZipError extends Error {
  override readonly name = "ZipError";

  constructor(
    readonly code: ZipErrorCode,
    message: string,
    /** The archive, as the script wrote it. */
    readonly path: string,
    /** Name of the entry at fault. */
    readonly entry?: string,
  ) {
    super(message);
  }
}

const KB = 1024;
const S_IFMT = 0o170000;
const S_IFLNK = 0o120000;
const S_IFREG = 0o100000;
const S_IFDIR = 0o040000;

/** An entry of an archive that is safe to look at: its name leads nowhere else, and it is a file or a folder. */
export interface ArchiveEntry {
  readonly raw: Entry;
  readonly name: string;
  readonly isDirectory: boolean;
  /** Bytes when unpacked, as the archive says; unpacking more is an error. */
  readonly size: number;
  readonly compressedSize: number;
  readonly modified: Date;
  readonly executable: boolean;
}

function unsafe(archive: string, entry: string, why: string): ZipError {
  return new ZipError(
    "ZIP_UNSAFE_ENTRY",
    `${archive} holds an entry that ${why}: "${entry}".`,
    archive,
    entry,
  );
}

/** Turns yauzl's errors, which are sentences only, into errors with a code. */
function asZipError(thrown: unknown, archive: string): unknown {
  if (!(thrown instanceof Error) || "syscall" in thrown || thrown instanceof ZipError) return thrown;
  const named = /^(?:invalid relative path|absolute path|invalid characters in fileName): (.*)$/s.exec(
    thrown.message,
  );
  if (named !== null) return unsafe(archive, named[1] ?? "", "would leave its folder");
  return new ZipError(
    "ZIP_INVALID",
    `${archive} cannot be read as a zip archive: ${thrown.message}.`,
    archive,
  );
}

/** An open zip archive, checked before anything is unpacked. The owner of the descriptor closes it. */
export class Archive {
  private constructor(
    private readonly zip: ZipFile,
    readonly path: string,
    readonly entries: readonly ArchiveEntry[],
  ) {}

  /**
   * Reads the list of entries. Throws `ZIP_INVALID`, `ZIP_UNSAFE_ENTRY` for an entry that would leave its folder or is a
   * link, and `ZIP_TOO_LARGE` for more than the limits allow.
   */
  static async open(descriptor: number, path: string, limits: ZipLimits): Promise<Archive> {
    try {
      const zip = await fromFdPromise(descriptor, {
        lazyEntries: true,
        autoClose: false,
        strictFileNames: true,
      });
      if (zip.entryCount > limits.maxEntries) {
        const message = `${path} holds ${zip.entryCount} entries; the template allows ${limits.maxEntries}.`;
        throw new ZipError("ZIP_TOO_LARGE", message, path);
      }
      const entries: ArchiveEntry[] = [];
      let total = 0;
      for await (const raw of zip.eachEntry()) {
        const entry = checkedEntry(raw, path, limits);
        total += entry.size;
        if (total > limits.maxTotalKb * KB) {
          const message = `${path} unpacks to more than ${limits.maxTotalKb} KB, which the template allows ("maxTotalKb").`;
          throw new ZipError("ZIP_TOO_LARGE", message, path);
        }
        entries.push(entry);
      }
      return new Archive(zip, path, entries);
    } catch (thrown) {
      throw asZipError(thrown, path);
    }
  }

  /** Unpacks one entry, piece by piece. Throws `ZIP_ENCRYPTED`, `ZIP_INVALID`; ends when the signal is aborted. */
  async *unpack(entry: ArchiveEntry, signal: AbortSignal): AsyncGenerator<Buffer> {
    if (entry.raw.isEncrypted()) {
      throw new ZipError(
        "ZIP_ENCRYPTED",
        `"${entry.name}" in ${this.path} is encrypted.`,
        this.path,
        entry.name,
      );
    }
    let stream: Readable | undefined;
    const abort = (): void =>
      void stream?.destroy(new DOMException("The operation was aborted", "AbortError"));
    signal.addEventListener("abort", abort);
    try {
      stream = await this.zip.openReadStreamPromise(entry.raw);
      if (signal.aborted) abort();
      for await (const piece of stream) yield piece as Buffer;
    } catch (thrown) {
      throw thrown instanceof DOMException ? thrown : asZipError(thrown, this.path);
    } finally {
      signal.removeEventListener("abort", abort);
    }
  }

  find(name: string): ArchiveEntry {
    // The last of several entries with one name is the one that unpacking leaves behind.
    const found = this.entries.findLast((entry) => entry.name === name);
    if (found !== undefined && !found.isDirectory) return found;
    throw new ZipError("ZIP_ENTRY_NOT_FOUND", `${this.path} holds no file "${name}".`, this.path, name);
  }
}

function checkedEntry(raw: Entry, archive: string, limits: ZipLimits): ArchiveEntry {
  const name = raw.fileName;
  // The upper half holds the Unix mode, when the archive was made on Unix.
  const mode = raw.externalFileAttributes >>> 16;
  const kind = mode & S_IFMT;
  if (kind === S_IFLNK) throw unsafe(archive, name, "is a symbolic link");
  if (kind !== 0 && kind !== S_IFREG && kind !== S_IFDIR)
    throw unsafe(archive, name, "is neither a file nor a folder");
  if (name === "" || name.includes("\0")) throw unsafe(archive, name, "has no valid name");
  if (raw.uncompressedSize > limits.maxEntryKb * KB) {
    const message = `"${name}" in ${archive} unpacks to ${Math.ceil(raw.uncompressedSize / KB)} KB; the template allows ${limits.maxEntryKb} ("maxEntryKb").`;
    throw new ZipError("ZIP_TOO_LARGE", message, archive, name);
  }
  return {
    raw,
    name,
    isDirectory: name.endsWith("/"),
    size: raw.uncompressedSize,
    compressedSize: raw.compressedSize,
    modified: raw.getLastModDate(),
    executable: (mode & 0o111) !== 0,
  };
}
