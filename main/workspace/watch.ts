import { watch } from "chokidar";
import { basename, dirname, relative, resolve, sep } from "node:path";
import { SKIPPED_FOLDERS } from "./walk";

/** What changed on the disk, workspace-relative. */
export interface FileChanges {
  /** Folders whose entries came or went. */
  readonly folders: string[];
  /** Files whose bytes changed, came or went. */
  readonly files: string[];
}

export interface FileWatch {
  /** Resolves when changes from now on are seen. */
  readonly ready: Promise<void>;
  /** Ends it; calling it twice is harmless. */
  close(): Promise<void>;
}

/** Changes that follow each other faster are told together. */
const SETTLE_MS = 100;

/** Watches a workspace, folders that are never shown left out. */
export function watchFiles(workspaceRoot: string, changed: (changes: FileChanges) => void): FileWatch {
  const root = resolve(workspaceRoot);
  const folders = new Set<string>();
  const files = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(root, {
    ignoreInitial: true,
    followSymlinks: false,
    ignored: (path) => resolve(path) !== root && SKIPPED_FOLDERS.has(basename(path)),
  });
  const inside = (path: string) => relative(root, path).split(sep).join("/");
  watcher.on("all", (event, path) => {
    if (event !== "change") folders.add(path === root ? "" : inside(dirname(path)));
    if (event === "add" || event === "change" || event === "unlink") files.add(inside(path));
    timer ??= setTimeout(() => {
      timer = undefined;
      const changes = { folders: [...folders], files: [...files] };
      folders.clear();
      files.clear();
      changed(changes);
    }, SETTLE_MS);
  });
  // Too many files to watch, or a folder that may not be read: what is watched stays watched.
  watcher.on("error", () => undefined);
  const ready = new Promise<void>((done) => watcher.once("ready", () => done()));
  return {
    ready,
    close: async () => {
      clearTimeout(timer);
      await watcher.close();
    },
  };
}
