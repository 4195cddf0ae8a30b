import { existsSync, readdirSync, statSync } from "node:fs";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { TemplateEntry } from "../../shared/ipc/templates";
import { WorkbenchError } from "../../shared/model/error";
import { TEMPLATE_FILE_SUFFIX } from "../../shared/model/template";
import { readResolved } from "../workspace/open-file";
import { errorCode, resolveExistingFile, resolveInside } from "../workspace/paths";
import { isReadOnly } from "../workspace/write-file";
import { entryOf, markDuplicates, unreadableEntry } from "./entry";
import { MAX_TEMPLATE_BYTES } from "./parse";
import type { TemplateRules } from "./rules";

/** Folder of a workspace that holds its templates. */
export const TEMPLATES_FOLDER = "templates";

interface Cached {
  readonly stamp: string;
  readonly rules: TemplateRules;
  readonly entry: TemplateEntry;
}

/** Reads a workspace's template files; files that did not change are not read again. */
export class TemplateFolder {
  readonly #cache = new Map<string, Cached>();

  constructor(readonly root: string) {}

  /** Absolute path of a template file. Throws `INVALID_PATH` when the folder leads out of the workspace. */
  pathOf(file: string): string {
    return resolveInside(this.root, `${TEMPLATES_FOLDER}/${file}`).real;
  }

  /** Every template file, sorted by name; broken ones too. Gives other work a turn now and then. */
  async read(rules: TemplateRules): Promise<TemplateEntry[]> {
    const entries: TemplateEntry[] = [];
    const files = this.files();
    for (const [index, file] of files.entries()) {
      if (index % 50 === 49) await nextTurn();
      const entry = this.readOne(file, rules);
      if (entry !== undefined) entries.push(entry);
    }
    const present = new Set(files);
    for (const file of this.#cache.keys()) if (!present.has(file)) this.#cache.delete(file);
    return markDuplicates(entries).sort(
      (a, b) => a.name.localeCompare(b.name) || a.file.localeCompare(b.file),
    );
  }

  /** Names of the template files that there are. */
  files(): string[] {
    if (!existsSync(this.root)) {
      throw new WorkbenchError(
        "WORKSPACE_UNAVAILABLE",
        `The workspace folder ${this.root} does not exist any more.`,
      );
    }
    try {
      const folder = resolveInside(this.root, TEMPLATES_FOLDER);
      return readdirSync(folder.real).filter((name) => name.endsWith(TEMPLATE_FILE_SUFFIX));
    } catch (error) {
      if (["ENOENT", "ENOTDIR"].includes(errorCode(error) ?? "")) return [];
      if (["EACCES", "EPERM"].includes(errorCode(error) ?? "")) {
        const message = `The system does not let you read the folder ${TEMPLATES_FOLDER} of the workspace. Check its permissions.`;
        throw new WorkbenchError("WORKSPACE_UNAVAILABLE", message, { path: TEMPLATES_FOLDER });
      }
      throw error;
    }
  }

  /** One file's entry, duplicates not marked; `undefined` when it is gone. */
  readOne(file: string, rules: TemplateRules): TemplateEntry | undefined {
    try {
      const checked = resolveExistingFile(this.root, `${TEMPLATES_FOLDER}/${file}`);
      const stat = statSync(checked.real);
      const stamp = `${stat.mtimeMs}:${stat.ctimeMs}:${stat.size}:${stat.ino}:${stat.mode}`;
      const cached = this.#cache.get(file);
      if (cached?.stamp === stamp && cached.rules === rules) return cached.entry;
      const { bytes, hash } = readResolved(checked, MAX_TEMPLATE_BYTES);
      const entry = entryOf(
        { file, bytes, hash, mtimeMs: stat.mtimeMs, readOnly: isReadOnly(checked.real, stat.mode) },
        rules,
      );
      this.#cache.set(file, { stamp, rules, entry });
      return entry;
    } catch (error) {
      if (errorCode(error) === "ENOENT") return undefined;
      if (error instanceof WorkbenchError) {
        return error.code === "FILE_NOT_FOUND" ? undefined : unreadableEntry(file, error);
      }
      return unreadableEntry(
        file,
        new WorkbenchError("TEMPLATE_INVALID", `The file cannot be read: ${String(error)}`),
      );
    }
  }

  /** Forgets what was read of a file, after a write: the same size within one tick of the clock looks unchanged. */
  forget(file: string): void {
    this.#cache.delete(file);
  }
}
