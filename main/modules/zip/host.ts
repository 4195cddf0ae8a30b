import { closeSync, constants, futimesSync, writeSync } from "node:fs";
import { z } from "zod";
import { WorkbenchError } from "../../../shared/model/error";
import { decodeArguments } from "../arguments";
import { openInside } from "../fs/anchor";
import type { RootGrant } from "../fs/config";
import { FolderEntries } from "../fs/entries";
import { asWritten, FileContent } from "../fs/files";
import { Roots } from "../fs/roots";
import type { HostContext, HostModule, WireValue } from "../record";
import { Slots } from "../slots";
import { Archive, ZipError, type ArchiveEntry, type ZipLimits } from "./archive";
import { pack, sizeOf, type PackEntry } from "./pack";

export interface ZipConfig extends ZipLimits {
  readonly roots: readonly RootGrant[];
}

const text = z.string().refine((value) => !value.includes("\0"), "must not hold a NUL character");
const encoding = z.string().refine((name) => Buffer.isEncoding(name), "is no encoding");
const content = z.union([z.string(), z.instanceof(Uint8Array)]);

const listSchema = z.tuple([text.min(1)]);
const readSchema = z.tuple([
  text.min(1),
  text.min(1),
  z.union([encoding, z.strictObject({ encoding: encoding.nullish() })]).nullish(),
]);
const createSchema = z.tuple([
  text.min(1),
  z.union([
    z.record(text, content),
    z.array(z.strictObject({ name: text.min(1), data: content.optional(), file: text.min(1).optional() })),
  ]),
  z.strictObject({ compress: z.boolean().default(true), overwrite: z.boolean().default(true) }).nullish(),
]);
const extractSchema = z.tuple([
  text.min(1),
  text.min(1),
  z.strictObject({ overwrite: z.boolean().default(false) }).nullish(),
]);
const ARGUMENTS: Record<string, readonly string[]> = {
  list: ["path"],
  read: ["path", "entry", "options"],
  create: ["path", "entries", "options"],
  extract: ["path", "folder", "options"],
};

/** Checks what a script passed. Throws a `TypeError` (`ERR_INVALID_ARG_TYPE`) that names the argument. */
function parse<T>(call: string, schema: z.ZodType<T>, wire: readonly unknown[]): T {
  const names = ARGUMENTS[call] ?? [];
  const args = decodeArguments(wire);
  const parsed = schema.safeParse(names.map((_name, position) => args[position]));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const [position, ...rest] = issue?.path ?? [];
  const place = [names[Number(position ?? 0)], ...rest].join(".");
  const error = new TypeError(
    `zip.${call}: the argument "${place}" is not valid: ${issue?.message ?? "wrong type"}.`,
  );
  throw Object.assign(error, { code: "ERR_INVALID_ARG_TYPE" });
}

/** Archives that are open at once; further calls wait. */
const MAX_OPEN_AT_ONCE = 64;

/** Host half of `zip`: reads and writes archives inside the granted roots. */
class ZipHost {
  private readonly roots: Roots;
  private readonly content: FileContent;
  private readonly folders: FolderEntries;
  private readonly slots = new Slots(MAX_OPEN_AT_ONCE);
  private readonly room: Slots;

  constructor(
    private readonly config: ZipConfig,
    private readonly context: HostContext,
  ) {
    this.roots = new Roots(context.workspaceRoot, config.roots);
    this.content = new FileContent(this.roots, context);
    this.room = new Slots(context.memoryBytes);
    this.folders = new FolderEntries(this.roots, () => context.mustStop());
  }

  async list(...wire: unknown[]): Promise<WireValue> {
    const [path] = parse("list", listSchema, wire);
    return this.withArchive(path, async (archive) =>
      archive.entries.map(({ name, isDirectory, size, compressedSize, modified }) => ({
        name,
        isDirectory,
        size,
        compressedSize,
        modifiedMs: modified.getTime(),
      })),
    );
  }

  async read(...wire: unknown[]): Promise<string | Uint8Array> {
    const [path, name, options] = parse("read", readSchema, wire);
    const chosen = typeof options === "string" ? options : options?.encoding;
    return this.withArchive(path, async (archive, signal) => {
      const entry = archive.find(name);
      if (entry.size > this.context.memoryBytes) {
        const message = `"${name}" in ${path} unpacks to more than the memory of the session (limits.memoryMb).`;
        throw new ZipError("ZIP_TOO_LARGE", message, path, name);
      }
      const unpack = async (): Promise<string | Uint8Array> => {
        const pieces: Buffer[] = [];
        for await (const piece of archive.unpack(entry, signal)) pieces.push(piece);
        const bytes = Buffer.concat(pieces);
        // The schema let only encodings through.
        return chosen === undefined || chosen === null ? bytes : bytes.toString(chosen);
      };
      return this.room.run(unpack, signal, entry.size);
    });
  }

  async create(...wire: unknown[]): Promise<WireValue> {
    const [path, given, options] = parse("create", createSchema, wire);
    const signal = this.context.executionSignal();
    const make = async (): Promise<WireValue> => {
      const entries = await this.gather(given, path);
      const archive = await pack(entries, path, options?.compress ?? true);
      signal.throwIfAborted();
      await this.content.writeFile(path, archive, { flag: options?.overwrite === false ? "wx" : "w" }, "w");
      return { entries: entries.length, bytes: archive.length };
    };
    // What will be gathered is not known yet: all the room.
    return this.room.run(make, signal, this.context.memoryBytes);
  }

  async extract(...wire: unknown[]): Promise<WireValue> {
    const [path, folder, options] = parse("extract", extractSchema, wire);
    return this.withArchive(path, async (archive, signal) => {
      // Everything was checked when the archive was opened: nothing is written for an archive that is refused.
      this.folders.mkdir(folder, { recursive: true });
      const written: string[] = [];
      for (const entry of archive.entries) {
        signal.throwIfAborted();
        const target = `${folder.replace(/[\\/]+$/, "")}/${entry.name}`;
        if (entry.isDirectory) {
          this.folders.mkdir(target, { recursive: true });
          continue;
        }
        this.folders.mkdir(target.slice(0, target.lastIndexOf("/")), { recursive: true });
        await this.write(archive, entry, target, options?.overwrite ?? false, signal);
        written.push(target);
      }
      return written;
    });
  }

  private async write(
    archive: Archive,
    entry: ArchiveEntry,
    target: string,
    overwrite: boolean,
    signal: AbortSignal,
  ): Promise<void> {
    const { O_CREAT, O_EXCL, O_TRUNC, O_WRONLY } = constants;
    const names = { syscall: "open", path: target };
    const flags = O_WRONLY | O_CREAT | (overwrite ? O_TRUNC : O_EXCL);
    try {
      const { descriptor } = openInside(this.roots, target, flags, entry.executable ? 0o777 : 0o666, names);
      try {
        for await (const piece of archive.unpack(entry, signal)) {
          for (let done = 0; done < piece.length;) done += writeSync(descriptor, piece, done);
        }
        futimesSync(descriptor, entry.modified, entry.modified);
      } finally {
        closeSync(descriptor);
      }
    } catch (thrown) {
      throw asWritten(thrown, names);
    }
  }

  /** The signal is that of the execution which asked: whose turn comes after its end does not begin any more. */
  private withArchive<T>(
    path: string,
    use: (archive: Archive, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const signal = this.context.executionSignal();
    return this.slots.run(() => this.openArchive(path, (archive) => use(archive, signal)), signal);
  }

  private async openArchive<T>(path: string, use: (archive: Archive) => Promise<T>): Promise<T> {
    if (this.context.mustStop())
      throw new WorkbenchError("EXECUTION_CANCELLED", "The execution was stopped.");
    const names = { syscall: "open", path };
    let descriptor: number;
    try {
      descriptor = openInside(this.roots, path, constants.O_RDONLY, 0, names).descriptor;
    } catch (thrown) {
      throw asWritten(thrown, names);
    }
    try {
      return await use(await Archive.open(descriptor, path, this.config));
    } finally {
      closeSync(descriptor);
    }
  }

  private async gather(given: z.infer<typeof createSchema>[1], archive: string): Promise<PackEntry[]> {
    const wanted = Array.isArray(given)
      ? given
      : Object.entries(given).map(([name, data]) => ({ name, data, file: undefined }));
    if (wanted.length > this.config.maxEntries) {
      throw new ZipError(
        "ZIP_TOO_LARGE",
        `${archive} would hold more than ${this.config.maxEntries} entries.`,
        archive,
      );
    }
    const entries: PackEntry[] = [];
    for (const { name, data, file } of wanted) {
      if (data !== undefined && file !== undefined) {
        throw new TypeError(`zip.create: the entry "${name}" has both data and file; give one of them.`);
      }
      const source = file === undefined ? (data ?? "") : await this.content.readFile(file, undefined);
      entries.push({ name, data: Buffer.from(source) });
      const size = sizeOf(entries);
      if (size > this.config.maxTotalKb * 1024) {
        const message = `${archive} would hold more than ${this.config.maxTotalKb} KB, which the template allows ("maxTotalKb").`;
        throw new ZipError("ZIP_TOO_LARGE", message, archive, name);
      }
      if (size > this.context.memoryBytes) {
        const message = `${archive} would hold more than the memory of the session (limits.memoryMb).`;
        throw new ZipError("ZIP_TOO_LARGE", message, archive, name);
      }
    }
    return entries;
  }
}

/** Makes the host half of `zip` for one session. */
export function createZipHost(config: ZipConfig, context: HostContext): HostModule {
  const host = new ZipHost(config, context);
  return {
    functions: {
      list: (...wire: unknown[]) => host.list(...wire),
      read: (...wire: unknown[]) => host.read(...wire),
      create: (...wire: unknown[]) => host.create(...wire),
      extract: (...wire: unknown[]) => host.extract(...wire),
    },
  };
}
