import { watch } from "chokidar";
import { dirname, join, resolve } from "node:path";
import { TEMPLATE_FILE_SUFFIX } from "../../shared/model/template";
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
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(root, {
    depth: 1,
    ignoreInitial: true,
    // The root is watched only to see the folder appear.
    ignored: (path) => {
      const full = resolve(path);
      return (
        full !== root && full !== folder && !(dirname(full) === folder && full.endsWith(TEMPLATE_FILE_SUFFIX))
      );
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
