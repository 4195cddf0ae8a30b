import { randomUUID } from "node:crypto";
import type { Remark, TemplateEntry, TemplateProblem, TemplateRef } from "../../shared/ipc/templates";
import {
  type LibraryEntry,
  type Limits,
  type ModuleConfig,
  type StartupFile,
  TEMPLATE_FILE_SUFFIX,
  type Template,
} from "../../shared/model/template";
import { resolveExistingFile } from "../workspace/paths";
import type { Trash } from "../workspace/trash";
import { WriteTurns } from "../workspace/write-turns";
import * as edits from "./edits";
import { templateEffects } from "./effects";
import { TemplateFolder } from "./folder";
import { lintTemplate } from "./lint";
import { TemplateListeners } from "./listeners";
import { parseTemplate, templateError } from "./parse";
import { checkFileName, deletedMeanwhile, mustBeWritable, notFound, usable } from "./refusals";
import type { TemplateRules } from "./rules";
import { type CreateOptions, newTemplateText } from "./starting-point";
import { TemplateWriter } from "./writer";

export interface TemplateStoreOptions {
  /** Absolute path of the workspace. */
  readonly workspaceRoot: string;
  /** The modules and libraries that there are; the same object as long as nothing changed (it keys a cache). */
  readonly rules: () => TemplateRules;
  readonly trash: Trash;
  /** Shared by everybody who writes in the workspace; its own when left out. */
  readonly turns?: WriteTurns;
  /** Limits that new templates start with. */
  readonly defaultLimits?: () => Partial<Limits>;
}

/** What checking a text that is not saved gives. */
export interface TemplateCheck {
  readonly template?: Template;
  readonly problems: TemplateProblem[];
  readonly remarks: Remark[];
  readonly effects: string[];
}

/**
 * The templates of one workspace. Every change goes through here: it is checked whole, refused without a trace or
 * written atomically, and told to the listeners once. Broken files are listed and never touched.
 */
export class TemplateStore {
  readonly #folder: TemplateFolder;
  readonly #listeners: TemplateListeners;
  readonly #writer: TemplateWriter;

  constructor(private readonly options: TemplateStoreOptions) {
    this.#folder = new TemplateFolder(options.workspaceRoot);
    this.#listeners = new TemplateListeners(options.workspaceRoot, () => this.list());
    this.#writer = new TemplateWriter({
      folder: this.#folder,
      rules: options.rules,
      trash: options.trash,
      turns: options.turns ?? new WriteTurns(),
      changed: () => this.#listeners.tell(),
    });
  }

  get workspaceRoot(): string {
    return this.options.workspaceRoot;
  }

  /** Rules of this workspace. */
  get rules(): TemplateRules {
    return this.options.rules();
  }

  /** Every template file by name: usable, broken, newer, duplicate. Throws `WORKSPACE_UNAVAILABLE`. */
  list(): Promise<TemplateEntry[]> {
    return this.#folder.read(this.rules);
  }

  /** The entry of a file of the list. Throws `TEMPLATE_NOT_FOUND`. */
  get(file: string): Promise<TemplateEntry> {
    return this.#writer.entry(file);
  }

  /** The entry with this name (case-insensitive) or file name. Throws `TEMPLATE_NOT_FOUND`. */
  async find(nameOrFile: string): Promise<TemplateEntry> {
    const wanted = nameOrFile.trim().toLowerCase();
    const entries = await this.list();
    const byName = entries.filter((entry) => entry.name.toLowerCase() === wanted);
    const found =
      byName.find((entry) => entry.state === "ok") ??
      byName[0] ??
      entries.find(
        (entry) => entry.file === nameOrFile || entry.file === `${nameOrFile}${TEMPLATE_FILE_SUFFIX}`,
      );
    if (found === undefined)
      throw notFound(
        nameOrFile,
        entries.map((entry) => entry.name),
      );
    return found;
  }

  /**
   * The complete template that a reference means: a file of the list or a text that is not saved. Throws
   * `TEMPLATE_NOT_FOUND`, `TEMPLATE_INVALID`, or the code of what is wrong (`MODULE_NOT_ALLOWED` …).
   */
  async resolve(ref: TemplateRef): Promise<{ template: Template; source: string; unsaved: boolean }> {
    if ("source" in ref) {
      const parsed = parseTemplate(ref.source, this.rules, "unsaved");
      if (parsed.template === undefined) throw templateError("The template", parsed.problems);
      return { template: parsed.template, source: ref.source, unsaved: true };
    }
    const entry = await this.get(ref.file);
    return { template: usable(entry), source: entry.source, unsaved: false };
  }

  /** Checks a text without saving it. */
  check(source: string, file?: string): TemplateCheck {
    const parsed = parseTemplate(source, this.rules, file ?? "unsaved");
    const { template } = parsed;
    if (template === undefined) return { problems: [...parsed.problems], remarks: [], effects: [] };
    return {
      template,
      problems: [],
      remarks: lintTemplate(template, this.rules, this.workspaceRoot),
      effects: templateEffects(template, this.rules.registry),
    };
  }

  /**
   * Creates a template from defaults, a preset, or what a script needs. Throws `TEMPLATE_NAME_TAKEN`,
   * `VALIDATION_ERROR` for an empty or over-long name, `INVALID_REQUEST` for an unknown preset.
   */
  create(options: CreateOptions): Promise<TemplateEntry> {
    return this.#writer.exclusive(async () => {
      const source = newTemplateText(options, {
        workspaceRoot: this.workspaceRoot,
        rules: this.rules,
        defaultLimits: this.options.defaultLimits?.() ?? {},
      });
      return this.#writer.store(undefined, source, undefined);
    });
  }

  /**
   * Saves a template's text as it stands. `expectedHash` is the hash that the editor started from, `""` for a file
   * that must not exist yet. Throws `TEMPLATE_CONFLICT` when the file changed or vanished meanwhile, `TEMPLATE_INVALID`
   * (or the code of what is wrong) for a text that does not validate: nothing is stored then.
   */
  save(file: string, source: string, expectedHash: string): Promise<TemplateEntry> {
    return this.#writer.exclusive(async () => {
      checkFileName(file);
      const current = this.#folder.readOne(file, this.rules);
      if (current === undefined && expectedHash !== "") throw deletedMeanwhile(file);
      if (current !== undefined) mustBeWritable(current);
      return this.#writer.store(file, source, expectedHash);
    });
  }

  /** A copy with its own identity. Throws `TEMPLATE_NAME_TAKEN`, and the template's own fault when it is broken. */
  duplicate(file: string, name: string): Promise<TemplateEntry> {
    return this.#writer.exclusive(async () => {
      const entry = await this.get(file);
      if (entry.state !== "duplicate") usable(entry);
      const source = edits.withName(edits.withId(entry.source, randomUUID()), name);
      return this.#writer.store(undefined, source, undefined);
    });
  }

  /** Changes the name; the file keeps its own, so that its history goes on. */
  rename(file: string, name: string): Promise<TemplateEntry> {
    return this.#change(file, (entry) => edits.withName(entry.source, name), ["ok", "duplicate"]);
  }

  /** Moves the file to the trash, whatever state it is in. The token undoes it. */
  delete(file: string): Promise<{ undoToken: string }> {
    return this.#writer.exclusive(async () => ({ undoToken: await this.#writer.remove(file) }));
  }

  /** Undoes {@link delete}. Throws `FILE_CONFLICT` when a file of that name exists again. */
  undoDelete(undoToken: string): Promise<TemplateEntry> {
    return this.#writer.exclusive(() => this.#writer.restore(undoToken));
  }

  /** Lists a module or changes its configuration. Throws `MODULE_NOT_ALLOWED`, `VALIDATION_ERROR`. */
  addModule(file: string, module: string, config?: ModuleConfig): Promise<TemplateEntry> {
    return this.#change(file, (entry) => edits.withModule(entry.source, module, config, this.rules));
  }

  /** Takes a module out; also one that makes the template broken. Throws `MODULE_NOT_FOUND` when it is not listed. */
  removeModule(file: string, module: string): Promise<TemplateEntry> {
    return this.#change(file, (entry) => edits.withoutModule(entry.source, module, this.rules), [
      "ok",
      "broken",
      "duplicate",
    ]);
  }

  /** Takes out the built-ins that older data lists as modules. */
  async removeBuiltins(file: string): Promise<{ entry: TemplateEntry; removed: string[] }> {
    let removed: string[] = [];
    const entry = await this.#change(
      file,
      (current) => {
        const cleaned = edits.withoutBuiltins(current.source, this.rules);
        removed = cleaned.removed;
        return cleaned.source;
      },
      ["ok", "broken", "duplicate"],
    );
    return { entry, removed };
  }

  /** Lists a library. Throws `LIBRARY_NOT_FOUND`, and `FILE_NOT_FOUND` or `INVALID_PATH` for a file of the workspace. */
  addLibrary(file: string, library: LibraryEntry): Promise<TemplateEntry> {
    if (typeof library !== "string") resolveExistingFile(this.workspaceRoot, library.path);
    return this.#change(file, (entry) => edits.withLibrary(entry.source, library, this.rules));
  }

  removeLibrary(file: string, idOrPath: string): Promise<TemplateEntry> {
    return this.#change(file, (entry) => edits.withoutLibrary(entry.source, idOrPath), ["ok", "broken"]);
  }

  /** Throws `VALIDATION_ERROR` for an unknown limit or a value off the scale. */
  setLimit(file: string, key: string, value: number): Promise<TemplateEntry> {
    return this.#change(file, (entry) => edits.withLimit(entry.source, key, value));
  }

  /** Lists a startup file, at the end or before another. Throws `FILE_NOT_FOUND`, `INVALID_PATH`. */
  addStartup(file: string, startup: StartupFile, before?: string): Promise<TemplateEntry> {
    return this.#change(file, (entry) => {
      resolveExistingFile(this.workspaceRoot, startup.path);
      return edits.withStartup(entry.source, usable(entry), startup, before);
    });
  }

  removeStartup(file: string, path: string): Promise<TemplateEntry> {
    return this.#change(file, (entry) => edits.withoutStartup(entry.source, usable(entry), path));
  }

  /**
   * Puts a text in the place of a broken file, whose original goes to the trash; for migrations that the user asked for.
   * Throws as {@link save} does.
   */
  replaceBroken(file: string, source: string, expectedHash: string): Promise<TemplateEntry> {
    return this.#writer.exclusive(() => this.#writer.replace(file, source, expectedHash));
  }

  /**
   * Writes many templates one after the other (import): `file` undefined makes a new file. Each is checked like
   * {@link save}; the first that is refused ends it.
   */
  async write(items: readonly { file: string | undefined; source: string }[]): Promise<TemplateEntry[]> {
    const written: TemplateEntry[] = [];
    for (const item of items) {
      written.push(
        await this.#writer.exclusive(async () => {
          const current = item.file === undefined ? undefined : await this.get(item.file);
          if (current !== undefined) mustBeWritable(current);
          return this.#writer.store(item.file, item.source, current?.hash);
        }),
      );
    }
    return written;
  }

  /** Calls back with the whole list after every change, on the disk or by this store. The first call starts watching. */
  subscribe(listener: (templates: TemplateEntry[]) => void): () => void {
    return this.#listeners.subscribe(listener);
  }

  /** Starts watching the disk; resolves when changes from now on are seen. */
  watch(): Promise<void> {
    return this.#listeners.watch();
  }

  /** Ends watching; waits for writes that are under way. */
  async dispose(): Promise<void> {
    this.#listeners.silence();
    await this.#writer.settled();
    await this.#listeners.dispose();
  }

  #change(
    file: string,
    edit: (entry: TemplateEntry) => string,
    states: readonly TemplateEntry["state"][] = ["ok"],
  ): Promise<TemplateEntry> {
    return this.#writer.exclusive(() => this.#writer.change(file, edit, states));
  }
}
