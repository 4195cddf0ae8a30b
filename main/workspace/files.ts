import { type Dirent, lstatSync, readdirSync, statSync } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import { basename, dirname, relative, sep } from "node:path";
import type { FileContent, FileEntry, SearchMatch } from "../../shared/ipc/workspace";
import { WorkbenchError } from "../../shared/model/error";
import { readInside, sha256 } from "./open-file";
import { errorCode, type InsidePath, normalizeFilePath, resolveEntry, resolveInside } from "./paths";
import type { SearchQuery, SearchSummary } from "./search";
import { searchInThread } from "./search-in-thread";
import type { Trash } from "./trash";
import { updateSpecifiers } from "./update-imports";
import { walkFiles } from "./walk";
import { WriteTurns } from "./write-turns";
import { type FileChanges, type FileWatch, watchFiles } from "./watch";
import { isReadOnly, writeAtomically, writeFailure } from "./write-file";

/** Files above this cannot be edited, in bytes. */
const MAX_TEXT_BYTES = 16 * 1024 * 1024;
/** Quick open needs no more. */
const MAX_FILES = 50_000;
const SCRIPT = /\.(?:[cm]?js|[cm]?ts|jsx|tsx)$/;

export interface WorkspaceFilesOptions {
  /** Absolute path of the workspace. */
  readonly workspaceRoot: string;
  readonly trash: Trash;
  /** Shared by everybody who writes in the workspace; its own when left out. */
  readonly turns?: WriteTurns;
}

/**
 * The files of one workspace. Every path is workspace-relative with `/`; none leads out. Writes are atomic and one at a
 * time.
 */
export class WorkspaceFiles {
  readonly #turns: WriteTurns;
  readonly #watches = new Set<FileWatch>();

  constructor(private readonly options: WorkspaceFilesOptions) {
    this.#turns = options.turns ?? new WriteTurns();
  }

  get workspaceRoot(): string {
    return this.options.workspaceRoot;
  }

  /** Children of a folder, folders first, by name; `""` is the root. Throws `FILE_NOT_FOUND`, `INVALID_PATH`. */
  list(path: string): Promise<FileEntry[]> {
    return attempt(() => {
      const folder = resolveInside(this.workspaceRoot, path);
      const prefix = folder.path === "" ? "" : `${folder.path}/`;
      return this.#readFolder(folder)
        .filter((entry) => entry.name !== ".git")
        .map((entry) => this.#describe(prefix + entry.name, entry))
        .sort(
          (a, b) =>
            Number(a.kind === "file") - Number(b.kind === "file") ||
            a.name.localeCompare(b.name, undefined, { numeric: true }),
        );
    });
  }

  /** All files that `.gitignore` does not ignore. */
  async all(): Promise<{ paths: string[]; truncated: boolean }> {
    const paths: string[] = [];
    for await (const path of walkFiles(this.workspaceRoot)) {
      if (paths.length >= MAX_FILES) return { paths, truncated: true };
      paths.push(path);
    }
    return { paths: paths.sort((a, b) => a.localeCompare(b)), truncated: false };
  }

  /** Text of a file. Throws `FILE_NOT_FOUND`, `INVALID_PATH`, and `INVALID_REQUEST` for what is no text or too large. */
  read(path: string): Promise<FileContent> {
    return attempt(() => {
      const { path: normal, bytes, hash, mtimeMs } = readInside(this.workspaceRoot, path, MAX_TEXT_BYTES);
      return { path: normal, content: decodeText(bytes, normal), hash, mtimeMs };
    });
  }

  /**
   * Writes a text atomically. `expectedHash` is the hash that the editor started from, `null` when the file must not
   * exist yet, `undefined` to write in any case. Throws `FILE_CONFLICT` (`details.deleted` when it is gone),
   * `INVALID_PATH`, `PERMISSION_DENIED`, `WORKSPACE_UNAVAILABLE`.
   */
  write(
    path: string,
    content: string,
    expectedHash?: string | null,
  ): Promise<{ hash: string; mtimeMs: number }> {
    return this.#turns.take(async () => {
      const target = resolveInside(this.workspaceRoot, normalizeFilePath(path));
      const stat = target.exists ? statSync(target.real) : undefined;
      if (stat?.isDirectory() === true) throw isFolder(target.path);
      if (stat !== undefined && isReadOnly(target.real, stat.mode)) {
        throw new WorkbenchError(
          "PERMISSION_DENIED",
          `"${target.path}" is read-only. Make the file writable to save it.`,
          { path: target.path },
        );
      }
      if (expectedHash !== undefined) this.#checkUnchanged(target, expectedHash);
      await writeAtomically(target.real, content);
      return { hash: sha256(content), mtimeMs: statSync(target.real).mtimeMs };
    });
  }

  /** Throws `FILE_CONFLICT` when something of this name exists. */
  createFolder(path: string): Promise<void> {
    return this.#turns.take(async () => {
      const target = resolveInside(this.workspaceRoot, normalizeFilePath(path));
      if (target.exists) throw taken(target.path);
      try {
        await mkdir(target.real, { recursive: true });
      } catch (error) {
        throw writeFailure(error, target.real);
      }
    });
  }

  /**
   * Renames or moves a file or folder; with `updateImports` relative requires and imports follow, in other scripts and
   * in what moved. Gives the paths of the scripts whose text changed. Throws `FILE_NOT_FOUND`, `FILE_CONFLICT`,
   * `INVALID_PATH`.
   */
  rename(from: string, to: string, options: { updateImports?: boolean } = {}): Promise<string[]> {
    return this.#turns.take(async () => {
      const source = resolveEntry(this.workspaceRoot, from);
      const normalTo = normalizeFilePath(to);
      if (normalTo === source.path) return [];
      if (`${normalTo}/`.startsWith(`${source.path}/`)) {
        throw new WorkbenchError("INVALID_PATH", `"${source.path}" cannot be moved into itself.`, {
          path: normalTo,
        });
      }
      const target = resolveInside(this.workspaceRoot, normalTo);
      if (target.exists && !isSameFile(source.real, target.real)) throw taken(normalTo);
      const before = options.updateImports === true ? (await this.all()).paths : [];
      try {
        await mkdir(dirname(target.real), { recursive: true });
        // On a file system that ignores case, `target.real` is the old spelling.
        const spelled = target.exists ? `${dirname(target.real)}${sep}${basename(normalTo)}` : target.real;
        await rename(source.real, spelled);
      } catch (error) {
        throw writeFailure(error, target.real);
      }
      return this.#followImports(before, source.path, normalTo);
    });
  }

  /** Moves a file or folder to the trash (a link: not what it leads to) and gives the token that undoes it. */
  trash(path: string): Promise<string> {
    return this.#turns.take(async () => {
      const entry = resolveEntry(this.workspaceRoot, path);
      try {
        return await this.options.trash.put(entry.real);
      } catch (error) {
        throw writeFailure(error, entry.real);
      }
    });
  }

  /** Undoes {@link trash} and gives the path that is back. Throws `FILE_NOT_FOUND`, `FILE_CONFLICT`. */
  undoTrash(undoToken: string): Promise<string> {
    return this.#turns.take(async () => {
      const restored = await this.options.trash.restore(undoToken);
      return relative(resolveInside(this.workspaceRoot, "").real, restored).split(sep).join("/");
    });
  }

  /** Absolute path of a file or folder that exists. Throws `FILE_NOT_FOUND`, `INVALID_PATH`. */
  absolute(path: string): string {
    const found = resolveInside(this.workspaceRoot, path);
    if (!found.exists) throw missing(found.path);
    return found.real;
  }

  /** Searches the text files; see {@link searchInThread}. */
  search(
    query: SearchQuery,
    onMatches: (matches: SearchMatch[]) => void,
    signal?: AbortSignal,
  ): Promise<SearchSummary> {
    return searchInThread(this.workspaceRoot, query, onMatches, signal);
  }

  /** Calls back with what changed on the disk, by whomever. `close` ends it. */
  watch(changed: (changes: FileChanges) => void): FileWatch {
    const watch = watchFiles(this.workspaceRoot, changed);
    this.#watches.add(watch);
    return watch;
  }

  /** Ends every watch; waits for writes that are under way. */
  async dispose(): Promise<void> {
    await this.#turns.settled();
    await Promise.all([...this.#watches].map((watch) => watch.close()));
  }

  #readFolder(folder: InsidePath): Dirent[] {
    if (!folder.exists) throw missing(folder.path);
    try {
      return readdirSync(folder.real, { withFileTypes: true });
    } catch (error) {
      if (errorCode(error) === "ENOTDIR") {
        throw new WorkbenchError("INVALID_PATH", `"${folder.path}" is a file, not a folder.`, {
          path: folder.path,
        });
      }
      if (errorCode(error) === "EACCES") {
        throw new WorkbenchError(
          "PERMISSION_DENIED",
          `The system does not let you read the folder "${folder.path}".`,
          { path: folder.path },
        );
      }
      throw error;
    }
  }

  /** A link counts as what it leads to, when that is inside. */
  #describe(path: string, entry: Dirent): FileEntry {
    const base = { path, name: entry.name };
    try {
      const stat = statSync(resolveInside(this.workspaceRoot, path).real);
      if (stat.isDirectory()) return { ...base, kind: "folder", mtimeMs: stat.mtimeMs };
      return { ...base, kind: "file", size: stat.size, mtimeMs: stat.mtimeMs };
    } catch {
      return { ...base, kind: entry.isDirectory() ? "folder" : "file" };
    }
  }

  #checkUnchanged(target: InsidePath, expectedHash: string | null): void {
    const current = target.exists ? readInside(this.workspaceRoot, target.path).hash : null;
    if (current === expectedHash) return;
    if (current === null) {
      throw new WorkbenchError(
        "FILE_CONFLICT",
        `"${target.path}" was deleted on the disk meanwhile. Save it again to bring it back, or close it.`,
        { path: target.path, deleted: true },
      );
    }
    if (expectedHash === null) throw taken(target.path);
    throw new WorkbenchError(
      "FILE_CONFLICT",
      `"${target.path}" was changed on the disk meanwhile. Compare the two and decide which to keep.`,
      { path: target.path, hash: current },
    );
  }

  async #followImports(before: readonly string[], from: string, to: string): Promise<string[]> {
    const existing = new Set(before);
    const moved = (path: string) =>
      path === from ? to : path.startsWith(`${from}/`) ? to + path.slice(from.length) : undefined;
    const updated: string[] = [];
    for (const path of before.filter((each) => SCRIPT.test(each))) {
      const now = moved(path) ?? path;
      try {
        const { bytes } = readInside(this.workspaceRoot, now, MAX_TEXT_BYTES);
        const source = decodeText(bytes, now);
        const changed = updateSpecifiers(source, path, now, moved, (candidate) => existing.has(candidate));
        if (changed === source) continue;
        await writeAtomically(resolveInside(this.workspaceRoot, now).real, changed);
        updated.push(now);
      } catch (error) {
        // One script that cannot be read or written must not undo the move; it keeps its old imports.
        if (!(error instanceof WorkbenchError)) throw error;
      }
    }
    return updated;
  }
}

/** Runs synchronous work so that what it throws rejects. */
async function attempt<T>(action: () => T): Promise<T> {
  return Promise.resolve().then(action);
}

function decodeText(bytes: Uint8Array, path: string): string {
  try {
    // The byte order mark stays part of the text, so that saving gives the same bytes.
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    if (!text.includes("\0")) return text;
  } catch {
    // not UTF-8
  }
  throw new WorkbenchError(
    "INVALID_REQUEST",
    `"${path}" is not a UTF-8 text file, so it cannot be shown as text.`,
    { path },
  );
}

function isSameFile(a: string, b: string): boolean {
  const one = lstatSync(a);
  const other = lstatSync(b);
  return one.ino === other.ino && one.dev === other.dev && dirname(a) === dirname(b);
}

function missing(path: string): WorkbenchError {
  return new WorkbenchError("FILE_NOT_FOUND", `There is no "${path}" in the workspace.`, { path });
}

function taken(path: string): WorkbenchError {
  return new WorkbenchError("FILE_CONFLICT", `"${path}" exists already. Choose another name.`, { path });
}

function isFolder(path: string): WorkbenchError {
  return new WorkbenchError("INVALID_PATH", `"${path}" is a folder; name a file.`, { path });
}
