import { watch } from "chokidar";
import { basename, dirname, join, resolve } from "node:path";
import { TEMPLATE_FILE_SUFFIX } from "../../shared/model/template";
import { WORKSPACE_MODULES_FOLDER } from "../modules/workspace-modules";
import { TEMPLATES_FOLDER } from "./folder";

/** Editors save in several steps; one report after the last of them is enough. */
const SETTLE_MS = 60;

/** Watches the template files of a workspace. Ends with `close`. */
export interface TemplateWatch {
  /** Resolves when changes from now on are seen. */
  readonly ready: Promise<void>;
  close(): Promise<void>;
}

/** Calls back, settled, whenever something in `templates/` may have changed, also when the folder appears later. */
export function watchTemplates(workspaceRoot: string, changed: () => void): TemplateWatch {
  const root = resolve(workspaceRoot);
  const folder = join(root, TEMPLATES_FOLDER);
  const modules = join(root, WORKSPACE_MODULES_FOLDER);
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(root, {
    depth: 2,
    ignoreInitial: true,
    // The root is watched only to see the folders appear, and the workspace's own modules because they decide what a
    // template may list.
    ignored: (path) => {
      const full = resolve(path);
      if (full === root || full === folder || full === modules || dirname(full) === modules) return false;
      if (dirname(full) === folder) return !full.endsWith(TEMPLATE_FILE_SUFFIX);
      return dirname(dirname(full)) !== modules || !basename(full).startsWith("index.");
    },
  });
  watcher.on("all", () => {
    clearTimeout(timer);
    timer = setTimeout(changed, SETTLE_MS);
  });
  // A folder that vanishes is reported by the next read, with its own error.
  watcher.on("error", () => changed());
  const ready = new Promise<void>((done) => watcher.once("ready", () => done()));
  return {
    ready,
    close: async () => {
      clearTimeout(timer);
      await watcher.close();
    },
  };
}
