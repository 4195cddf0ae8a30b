import { z } from "zod";
import { createStore, type StoreApi } from "zustand/vanilla";
import { WorkbenchError } from "../../shared/model/error";
import type { FileEntry } from "../../shared/ipc/workspace";
import type { Client } from "./client";
import type { Notices } from "./notices";
import { baseName, isWithin, joinPath, parentOf, renamedPath } from "./paths";
import type { Persistence } from "./persist";

export interface FilesState {
  /** `gone`: the folder of the workspace was moved or deleted while it is open. */
  readonly root: "there" | "gone";
  /** Children of every folder that was opened once. */
  readonly children: Readonly<Record<string, readonly FileEntry[]>>;
  readonly expanded: Readonly<Record<string, true>>;
  readonly selected: string | null;
  /** The row that is being named: a new entry in `folder`, or `path` getting another name. */
  readonly naming:
    | { readonly kind: "file" | "folder"; readonly folder: string }
    | { readonly kind: "rename"; readonly path: string }
    | null;
  /** All files that .gitignore does not ignore, for quick open and the script list. */
  readonly all: readonly string[];
  readonly allTruncated: boolean;
}

/** The workspace's files as the tree shows them. */
export interface FilesConcern {
  readonly store: StoreApi<FilesState>;
  load(): Promise<void>;
  expand(path: string): Promise<void>;
  collapse(path: string): void;
  collapseAll(): void;
  select(path: string | null): void;
  /** Opens the folders above a file and selects it. */
  show(path: string): Promise<void>;
  startNaming(naming: FilesState["naming"]): void;
  /** Finishes the naming with this name and gives back the path; `undefined` when nothing was to do. */
  name(name: string): Promise<string | undefined>;
  /**
   * Writes a new script at the first of the candidates (0, 1, 2 …) that is free or holds the same text already, and
   * gives its path; `undefined` when the candidates end.
   */
  createScript(candidate: (attempt: number) => string | undefined, text: string): Promise<string | undefined>;
  move(from: string, toFolder: string): Promise<void>;
  trash(path: string): Promise<void>;
  reveal(path: string): Promise<void>;
  /** Asks for a folder: relative inside the workspace, absolute outside; nothing when the user cancelled. */
  chooseFolder(): Promise<string | undefined>;
  /** Told after a file or folder got another path. */
  onRenamed(listener: (from: string, to: string) => void): void;
  onTrashed(listener: (path: string) => void): void;
}

const KEY = "files";

export function createFiles(client: Client, persistence: Persistence, notices: Notices): FilesConcern {
  const empty: FilesState = {
    root: "there",
    children: {},
    expanded: {},
    selected: null,
    naming: null,
    all: [],
    allTruncated: false,
  };
  const store = createStore<FilesState>(() => empty);
  const renamedListeners = new Set<(from: string, to: string) => void>();
  const trashedListeners = new Set<(path: string) => void>();

  const keepExpanded = () =>
    persistence.save(KEY, () => ({ expanded: Object.keys(store.getState().expanded) }));

  async function list(path: string): Promise<void> {
    try {
      const { entries } = await client.request("files.list", { path });
      store.setState(({ children }) => ({ root: "there", children: { ...children, [path]: entries } }));
    } catch (error) {
      if (error instanceof WorkbenchError && error.code === "WORKSPACE_UNAVAILABLE")
        store.setState({ root: "gone" });
      throw error;
    }
  }
  async function loadAll(): Promise<void> {
    const { paths, truncated } = await client.request("files.all", {});
    store.setState({ all: paths, allTruncated: truncated });
  }

  /** A folder can be gone by the time it is listed; then it is no longer shown. */
  async function refresh(path: string): Promise<void> {
    try {
      await list(path);
    } catch {
      store.setState(({ children, expanded }) => {
        const { [path]: _gone, ...otherChildren } = children;
        const { [path]: _collapsed, ...otherExpanded } = expanded;
        return { children: otherChildren, expanded: otherExpanded };
      });
    }
  }

  client.on("files.changed", ({ folders }) => {
    const known = store.getState().children;
    for (const folder of folders) if (known[folder] !== undefined) void refresh(folder);
    if (folders.length > 0) void loadAll().catch(() => undefined);
  });

  const concern: FilesConcern = {
    store,
    async load() {
      store.setState(empty);
      const saved = await persistence.load(KEY, z.object({ expanded: z.array(z.string()) }));
      const expanded = saved?.expanded ?? [];
      store.setState({ expanded: Object.fromEntries(expanded.map((path) => [path, true])) });
      await list("");
      await Promise.all([loadAll(), ...expanded.map(refresh)]);
    },
    async expand(path) {
      store.setState(({ expanded }) => ({ expanded: { ...expanded, [path]: true } }));
      keepExpanded();
      await refresh(path);
    },
    collapse(path) {
      store.setState(({ expanded }) => {
        const { [path]: _removed, ...others } = expanded;
        return { expanded: others };
      });
      keepExpanded();
    },
    collapseAll() {
      store.setState({ expanded: {} });
      keepExpanded();
    },
    select: (path) => store.setState({ selected: path }),
    async show(path) {
      let folder = "";
      for (const part of parentOf(path).split("/").filter(Boolean)) {
        folder = joinPath(folder, part);
        if (store.getState().expanded[folder] === undefined) await concern.expand(folder);
      }
      store.setState({ selected: path });
    },
    startNaming(naming) {
      store.setState({ naming });
      const folder = naming === null || naming.kind === "rename" ? "" : naming.folder;
      if (folder !== "" && store.getState().expanded[folder] === undefined)
        notices.attempt(() => concern.expand(folder));
    },
    async name(name) {
      const { naming } = store.getState();
      store.setState({ naming: null });
      const trimmed = name.trim();
      if (naming === null || trimmed === "") return undefined;
      if (naming.kind === "rename") {
        if (trimmed === baseName(naming.path)) return undefined;
        const to = joinPath(parentOf(naming.path), trimmed);
        await rename(naming.path, to);
        return to;
      }
      const path = joinPath(naming.folder, trimmed);
      if (naming.kind === "folder") await client.request("files.createFolder", { path });
      else await client.request("files.write", { path, content: "", expectedHash: null });
      await refresh(naming.folder);
      await concern.show(path);
      await loadAll();
      return path;
    },
    async createScript(candidate, text) {
      for (let attempt = 0; ; attempt += 1) {
        const path = candidate(attempt);
        if (path === undefined) return undefined;
        try {
          await client.request("files.write", { path, content: text, expectedHash: null });
          await loadAll();
          return path;
        } catch (error) {
          if (!(error instanceof WorkbenchError) || error.code !== "FILE_CONFLICT") throw error;
          if ((await client.request("files.read", { path })).content === text) return path;
        }
      }
    },
    async move(from, toFolder) {
      const to = joinPath(toFolder, baseName(from));
      if (to === from || isWithin(toFolder, from)) return;
      await rename(from, to);
    },
    async trash(path) {
      const { undoToken } = await client.request("files.trash", { path });
      for (const listener of trashedListeners) listener(path);
      await refresh(parentOf(path));
      if (isWithin(store.getState().selected ?? "", path)) store.setState({ selected: null });
      notices.show({
        severity: "info",
        message: `${baseName(path)} is in the trash.`,
        ...(undoToken === undefined
          ? {}
          : {
              action: {
                label: "Undo",
                run: () =>
                  notices.attempt(async () => {
                    await client.request("files.undoTrash", { undoToken });
                    await refresh(parentOf(path));
                    await concern.show(path);
                  }),
              },
            }),
      });
    },
    async reveal(path) {
      await client.request("files.reveal", { path });
    },
    chooseFolder: async () => (await client.request("files.chooseFolder", {})).path,
    onRenamed: (listener) => void renamedListeners.add(listener),
    onTrashed: (listener) => void trashedListeners.add(listener),
  };

  async function rename(from: string, to: string): Promise<void> {
    const { updated } = await client.request("files.rename", { from, to, updateImports: true });
    for (const listener of renamedListeners) listener(from, to);
    store.setState(({ children, expanded, selected }) => ({
      children: Object.fromEntries(Object.entries(children).filter(([path]) => !isWithin(path, from))),
      expanded: Object.fromEntries(
        Object.keys(expanded).map((path) => [renamedPath(path, from, to), true as const]),
      ),
      selected: selected === null ? null : renamedPath(selected, from, to),
    }));
    keepExpanded();
    const stillOpen = Object.keys(store.getState().expanded).filter((path) => isWithin(path, to));
    await Promise.all([parentOf(from), parentOf(to), ...stillOpen].map(refresh));
    await loadAll();
    await concern.show(to);
    if (updated.length > 0) {
      notices.show({
        severity: "info",
        message: `Updated the requires in ${updated.length === 1 ? updated[0] : `${updated.length} scripts`}.`,
      });
    }
  }

  return concern;
}
