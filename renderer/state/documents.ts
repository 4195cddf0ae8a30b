import { z } from "zod";
import { createStore, type StoreApi } from "zustand/vanilla";
import { serializeError, WorkbenchError, type SerializedError } from "../../shared/model/error";
import type { Client } from "./client";
import { isWithin, renamedPath } from "./paths";
import type { Persistence } from "./persist";

/** A text file that is open: what is on disk and what the editor holds. */
export interface TextDocument {
  readonly path: string;
  /** `missing`: it is not on disk (any more); its text is kept. */
  readonly state: "loading" | "ready" | "missing" | "failed";
  /** Text on disk as last read or written. */
  readonly saved: string;
  /** Hash of what is on disk; `null` when nothing is. */
  readonly hash: string | null;
  readonly text: string;
  /** Somebody else changed the file while it was being edited; the user decides. */
  readonly conflict: { readonly text: string; readonly hash: string } | null;
  readonly error?: SerializedError;
}

export interface DocumentsState {
  readonly documents: Readonly<Record<string, TextDocument>>;
}

/** Dirty by content: typing something and taking it back leaves a clean document. */
export const isDirty = (document: TextDocument | undefined): boolean =>
  document !== undefined &&
  (document.state === "ready" || document.state === "missing") &&
  (document.text !== document.saved || document.state === "missing");

const draftsSchema = z.record(z.string(), z.object({ text: z.string(), hash: z.string().nullable() }));
const KEY = "drafts";

/**
 * Writes a document's text where the disk still holds `expectedHash` (`null`: nothing), and gives the new hash.
 * Throws `FILE_CONFLICT` or `TEMPLATE_CONFLICT` when it does not.
 */
export type WriteDocument = (text: string, expectedHash: string | null) => Promise<{ readonly hash: string }>;

/** The file is not there, alone or with its whole workspace. */
const GONE: readonly string[] = ["FILE_NOT_FOUND", "WORKSPACE_UNAVAILABLE"];
const CONFLICTS: readonly string[] = ["FILE_CONFLICT", "TEMPLATE_CONFLICT"];

/** Text documents by path: loading, editing, saving without overwriting others, drafts that survive a crash. */
export interface DocumentsConcern {
  readonly store: StoreApi<DocumentsState>;
  /** Reads the drafts of an earlier run and opens their documents. */
  load(): Promise<void>;
  open(path: string): Promise<void>;
  edit(path: string, text: string): void;
  /**
   * Saves; `conflict` when the file on disk is not the one that was edited: see the document's `conflict`. `write`
   * stands in for the plain write where a kind of file has rules of its own, such as templates.
   */
  save(path: string, write?: WriteDocument): Promise<"saved" | "conflict">;
  saveAll(): Promise<void>;
  /** Decides a conflict: keep the editor's text (written over the disk's) or take the disk's. */
  resolve(path: string, keep: "mine" | "theirs", write?: WriteDocument): Promise<void>;
  /** Forgets a document and its draft. */
  close(path: string): void;
  /** Throws unsaved changes away. */
  revert(path: string): void;
  renamed(from: string, to: string): void;
  get(path: string): TextDocument | undefined;
}

export function createDocuments(client: Client, persistence: Persistence): DocumentsConcern {
  const store = createStore<DocumentsState>(() => ({ documents: {} }));
  const drafts = new Map<string, { text: string; hash: string | null }>();

  const get = (path: string) => store.getState().documents[path];
  const keepDrafts = () => persistence.save(KEY, () => Object.fromEntries(drafts));

  function put(document: TextDocument): void {
    store.setState(({ documents }) => ({ documents: { ...documents, [document.path]: document } }));
    const had = drafts.get(document.path);
    if (isDirty(document)) {
      if (had?.text === document.text && had.hash === document.hash) return;
      drafts.set(document.path, { text: document.text, hash: document.hash });
      keepDrafts();
    } else if (document.state === "ready" && had !== undefined) {
      drafts.delete(document.path);
      keepDrafts();
    }
  }

  /** What an open document becomes when the disk holds this now. */
  function withDisk(document: TextDocument, disk: { content: string; hash: string }): TextDocument {
    const { error: _error, ...rest } = document;
    const base: TextDocument = { ...rest, state: "ready" };
    if (disk.hash === document.hash && document.state === "ready") return document;
    const isEdited = document.text !== document.saved;
    if (!isEdited || document.text === disk.content) {
      return { ...base, saved: disk.content, text: disk.content, hash: disk.hash, conflict: null };
    }
    return { ...base, conflict: { text: disk.content, hash: disk.hash } };
  }

  async function refresh(path: string): Promise<void> {
    try {
      const disk = await client.request("files.read", { path });
      const document = get(path);
      if (document !== undefined) put(withDisk(document, disk));
    } catch (error) {
      const document = get(path);
      const serialized = serializeError(error);
      if (document === undefined) return;
      if (GONE.includes(serialized.code) && document.state === "ready")
        put({ ...document, state: "missing", hash: null });
    }
  }

  /** What is under way between a document and the disk, by path. */
  const pending = new Map<string, Promise<unknown>>();

  /** One at a time for each document: the next begins with what the one before has left on the disk. */
  function inTurn<T>(path: string, act: () => Promise<T>): Promise<T> {
    const before = pending.get(path) ?? Promise.resolve();
    const mine = before.catch(() => undefined).then(act);
    pending.set(path, mine);
    const forget = () => pending.get(path) === mine && pending.delete(path);
    mine.then(forget, forget);
    return mine;
  }

  client.on("files.changed", ({ files, folders }) => {
    const changed = new Set(files);
    for (const path of Object.keys(store.getState().documents)) {
      // A removed file shows up as a change of its folder.
      const folder = path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";
      if (changed.has(path) || folders.includes(folder)) void inTurn(path, () => refresh(path));
    }
  });

  const plainWrite =
    (path: string): WriteDocument =>
    (content, expectedHash) =>
      client.request("files.write", { path, content, expectedHash });

  async function write(
    path: string,
    text: string,
    expectedHash: string | null,
    writeText: WriteDocument,
  ): Promise<"saved" | "conflict"> {
    try {
      const { hash } = await writeText(text, expectedHash);
      const now = get(path);
      if (now !== undefined) put({ ...now, state: "ready", saved: text, hash, conflict: null });
      return "saved";
    } catch (error) {
      if (!(error instanceof WorkbenchError) || !CONFLICTS.includes(error.code)) throw error;
      await refresh(path);
      return "conflict";
    }
  }

  const concern: DocumentsConcern = {
    store,
    get,
    async load() {
      store.setState({ documents: {} });
      drafts.clear();
      const saved = await persistence.load(KEY, draftsSchema);
      for (const [path, draft] of Object.entries(saved ?? {})) drafts.set(path, draft);
      await Promise.all([...drafts.keys()].map((path) => concern.open(path)));
    },
    async open(path) {
      const known = get(path);
      if (known !== undefined && known.state !== "failed") return;
      const draft = drafts.get(path);
      const empty: TextDocument = { path, state: "loading", saved: "", hash: null, text: "", conflict: null };
      store.setState(({ documents }) => ({ documents: { ...documents, [path]: empty } }));
      try {
        const { content, hash } = await client.request("files.read", { path });
        const isStale = draft !== undefined && draft.hash !== hash && draft.text !== content;
        put({
          ...empty,
          state: "ready",
          saved: content,
          hash: isStale ? draft.hash : hash,
          text: draft?.text ?? content,
          conflict: isStale ? { text: content, hash } : null,
        });
      } catch (error) {
        const serialized = serializeError(error);
        if (draft !== undefined && serialized.code === "FILE_NOT_FOUND")
          put({ ...empty, state: "missing", text: draft.text });
        else put({ ...empty, state: "failed", error: serialized });
      }
    },
    edit(path, text) {
      const document = get(path);
      if (document !== undefined && document.text !== text) put({ ...document, text });
    },
    save: (path, writeText = plainWrite(path)) =>
      inTurn(path, async () => {
        const document = get(path);
        if (document === undefined || document.state === "loading" || document.state === "failed")
          return "saved";
        if (document.conflict !== null) return "conflict";
        return write(path, document.text, document.hash, writeText);
      }),
    async saveAll() {
      for (const document of Object.values(store.getState().documents))
        if (isDirty(document)) await concern.save(document.path);
    },
    resolve: (path, keep, writeText = plainWrite(path)) =>
      inTurn(path, async () => {
        const document = get(path);
        if (document === undefined || document.conflict === null) return;
        const { text, hash } = document.conflict;
        if (keep === "theirs") put({ ...document, saved: text, text, hash, conflict: null });
        else await write(path, document.text, hash, writeText);
      }),
    close(path) {
      store.setState(({ documents }) => {
        const { [path]: _closed, ...others } = documents;
        return { documents: others };
      });
      if (drafts.delete(path)) keepDrafts();
    },
    revert(path) {
      const document = get(path);
      if (document !== undefined) put({ ...document, text: document.saved });
    },
    renamed(from, to) {
      const { documents } = store.getState();
      const moved = Object.values(documents).map((document) => ({
        ...document,
        path: renamedPath(document.path, from, to),
      }));
      for (const [path, draft] of [...drafts]) {
        if (!isWithin(path, from)) continue;
        drafts.delete(path);
        drafts.set(renamedPath(path, from, to), draft);
      }
      store.setState({ documents: Object.fromEntries(moved.map((document) => [document.path, document])) });
      keepDrafts();
    },
  };
  return concern;
}
