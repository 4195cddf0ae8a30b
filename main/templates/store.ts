import { randomUUID } from "node:crypto";
import { basename } from "node:path";
import type { Remark, TemplateEntry, TemplateProblem, TemplateRef } from "../../shared/ipc/templates";
import { WorkbenchError } from "../../shared/model/error";
import {
  type LibraryEntry,
  type Limits,
  type ModuleConfig,
  type StartupFile,
  TEMPLATE_FILE_SUFFIX,
  type Template,
  templateSchema,
} from "../../shared/model/template";
import { describeIssues, pathText } from "../modules/schema-problems";
import { resolveExistingFile } from "../workspace/paths";
import type { Trash } from "../workspace/trash";
import { writeAtomically } from "../workspace/write-file";
import * as edits from "./edits";
import { templateEffects } from "./effects";
import { TemplateFolder } from "./folder";
import { formatJson } from "./json-text";
import { lintTemplate } from "./lint";
import { fileNameFor } from "./names";
import { parseTemplate, templateError } from "./parse";
import { PRESETS } from "./presets";
import type { TemplateRules } from "./rules";
import { scriptNeeds } from "./script-needs";
import { type TemplateWatch, watchTemplates } from "./watch";

export interface TemplateStoreOptions {
  /** Absolute path of the workspace. */
  readonly workspaceRoot: string;
  /** The modules and libraries that there are; the same object as long as nothing changed (it keys a cache). */
  readonly rules: () => TemplateRules;
  readonly trash: Trash;
  /** Limits that new templates start with. */
  readonly defaultLimits?: () => Partial<Limits>;
}

export interface CreateOptions {
  readonly name: string;
  /** Id of a preset. */
  readonly preset?: string | undefined;
  /** Workspace-relative script whose modules and roots the template gets. */
  readonly fromScript?: string | undefined;
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
  readonly #listeners = new Set<(templates: TemplateEntry[]) => void>();
  #queue: Promise<unknown> = Promise.resolve();
  #watch: TemplateWatch | undefined;
  #told = "";

  constructor(private readonly options: TemplateStoreOptions) {
    this.#folder = new TemplateFolder(options.workspaceRoot);
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
  async get(file: string): Promise<TemplateEntry> {
    const entry = (await this.list()).find((each) => each.file === file);
    if (entry === undefined) throw notFound(file);
    return entry;
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
    return this.#exclusive(async () => {
      const base = this.#startingPoint(options);
      const limits = { ...this.options.defaultLimits?.(), ...base.limits };
      const parsed = templateSchema.safeParse({ ...base, id: randomUUID(), name: options.name, limits });
      if (!parsed.success) {
        const [first] = describeIssues(templateSchema, parsed.error.issues);
        const path = first?.path ?? [];
        throw new WorkbenchError("VALIDATION_ERROR", `${pathText(path)}: ${first?.message ?? "not valid"}`, {
          path,
        });
      }
      return this.#store(undefined, formatJson(ordered(parsed.data)), undefined);
    });
  }

  /**
   * Saves a template's text as it stands. `expectedHash` is the hash that the editor started from, `""` for a file
   * that must not exist yet. Throws `TEMPLATE_CONFLICT` when the file changed or vanished meanwhile, `TEMPLATE_INVALID`
   * (or the code of what is wrong) for a text that does not validate: nothing is stored then.
   */
  save(file: string, source: string, expectedHash: string): Promise<TemplateEntry> {
    return this.#exclusive(async () => {
      checkFileName(file);
      const current = this.#folder.readOne(file, this.rules);
      if (current === undefined && expectedHash !== "") {
        const message = `${file} was deleted on the disk meanwhile. Save it again to bring it back, or close it.`;
        throw new WorkbenchError("TEMPLATE_CONFLICT", message, { file, deleted: true });
      }
      if (current !== undefined) mustBeWritable(current);
      return this.#store(file, source, expectedHash);
    });
  }

  /** A copy with its own identity. Throws `TEMPLATE_NAME_TAKEN`, and the template's own fault when it is broken. */
  duplicate(file: string, name: string): Promise<TemplateEntry> {
    return this.#exclusive(async () => {
      const entry = await this.get(file);
      if (entry.state !== "duplicate") usable(entry);
      return this.#store(
        undefined,
        edits.withName(edits.withId(entry.source, randomUUID()), name),
        undefined,
      );
    });
  }

  /** Changes the name; the file keeps its own, so that its history goes on. */
  rename(file: string, name: string): Promise<TemplateEntry> {
    return this.#change(file, (entry) => edits.withName(entry.source, name), ["ok", "duplicate"]);
  }

  /** Moves the file to the trash, whatever state it is in. The token undoes it. */
  delete(file: string): Promise<{ undoToken: string }> {
    return this.#exclusive(async () => {
      const entry = await this.get(file);
      const undoToken = await this.options.trash.put(this.#folder.pathOf(entry.file));
      this.#folder.forget(file);
      await this.#tell();
      return { undoToken };
    });
  }

  /** Undoes {@link delete}. Throws `FILE_CONFLICT` when a file of that name exists again. */
  undoDelete(undoToken: string): Promise<TemplateEntry> {
    return this.#exclusive(async () => {
      const file = basename(await this.options.trash.restore(undoToken));
      this.#folder.forget(file);
      await this.#tell();
      return this.get(file);
    });
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
    return this.#exclusiveChange(file, (entry) => {
      resolveExistingFile(this.workspaceRoot, startup.path);
      return edits.withStartup(entry.source, usable(entry), startup, before);
    });
  }

  removeStartup(file: string, path: string): Promise<TemplateEntry> {
    return this.#exclusiveChange(file, (entry) => edits.withoutStartup(entry.source, usable(entry), path));
  }

  /**
   * Puts a text in the place of a broken file, whose original goes to the trash; for migrations that the user asked for.
   * Throws as {@link save} does.
   */
  replaceBroken(file: string, source: string, expectedHash: string): Promise<TemplateEntry> {
    return this.#exclusive(async () => {
      const entry = await this.get(file);
      mustBeWritable(entry);
      if (entry.hash !== expectedHash) throw conflict(file, entry.hash);
      this.#checked(file, source, await this.list());
      await this.options.trash.put(this.#folder.pathOf(file));
      this.#folder.forget(file);
      return this.#store(file, source, undefined);
    });
  }

  /**
   * Writes many templates one after the other (import): `file` undefined makes a new file. Each is checked like
   * {@link save}; the first that is refused ends it.
   */
  async write(items: readonly { file: string | undefined; source: string }[]): Promise<TemplateEntry[]> {
    const written: TemplateEntry[] = [];
    for (const item of items) {
      written.push(
        await this.#exclusive(async () => {
          const current = item.file === undefined ? undefined : await this.get(item.file);
          if (current !== undefined) mustBeWritable(current);
          return this.#store(item.file, item.source, current?.hash);
        }),
      );
    }
    return written;
  }

  /** Calls back with the whole list after every change, on the disk or by this store. The first call starts watching. */
  subscribe(listener: (templates: TemplateEntry[]) => void): () => void {
    this.#listeners.add(listener);
    void this.watch();
    return () => this.#listeners.delete(listener);
  }

  /** Starts watching the disk; resolves when changes from now on are seen. */
  async watch(): Promise<void> {
    if (this.#watch === undefined) {
      this.#told = signature(await this.list().catch(() => []));
      this.#watch ??= watchTemplates(this.workspaceRoot, () => void this.#tell().catch(() => undefined));
    }
    await this.#watch.ready;
  }

  /** Ends watching; waits for writes that are under way. */
  async dispose(): Promise<void> {
    this.#listeners.clear();
    await this.#queue;
    await this.#watch?.close();
  }

  #startingPoint({ preset, fromScript }: CreateOptions) {
    if (fromScript !== undefined) {
      const needs = scriptNeeds(this.workspaceRoot, fromScript, this.rules);
      return {
        description: `For ${needs.script}.`,
        modules: needs.modules,
        libraries: needs.libraries,
        limits: {},
      };
    }
    if (preset === undefined) return { limits: {} };
    const found = PRESETS.find((each) => each.id === preset);
    if (found !== undefined) return { limits: {}, ...found.policy };
    const ids = PRESETS.map((each) => each.id).join(", ");
    throw new WorkbenchError("INVALID_REQUEST", `There is no preset "${preset}". Presets: ${ids}.`, {
      preset,
    });
  }

  #change(
    file: string,
    edit: (entry: TemplateEntry) => string,
    states?: readonly TemplateEntry["state"][],
  ): Promise<TemplateEntry> {
    return this.#exclusiveChange(file, edit, states);
  }

  #exclusiveChange(
    file: string,
    edit: (entry: TemplateEntry) => string,
    states: readonly TemplateEntry["state"][] = ["ok"],
  ): Promise<TemplateEntry> {
    return this.#exclusive(async () => {
      const entry = await this.get(file);
      mustBeWritable(entry);
      if (!states.includes(entry.state)) throw templateError(entry.file, entry.problems);
      const source = edit(entry);
      return source === entry.source ? entry : this.#store(file, source, entry.hash);
    });
  }

  /** Checks a whole text and writes it; every change ends here. */
  async #store(
    file: string | undefined,
    source: string,
    expectedHash: string | undefined,
  ): Promise<TemplateEntry> {
    const entries = await this.list();
    const template = this.#checked(file, source, entries);
    const name =
      file ??
      fileNameFor(
        template.name,
        entries.map((entry) => entry.file),
      );
    const now = this.#folder.readOne(name, this.rules);
    if ((now?.hash ?? "") !== (expectedHash ?? "")) throw conflict(name, now?.hash ?? "");
    await writeAtomically(this.#folder.pathOf(name), source);
    this.#folder.forget(name);
    await this.#tell();
    return this.get(name);
  }

  /** The template in a text that may be stored as this file; throws why it may not. */
  #checked(file: string | undefined, source: string, entries: readonly TemplateEntry[]): Template {
    const parsed = parseTemplate(source, this.rules, file ?? "new");
    if (parsed.template === undefined) throw templateError(file ?? "The template", parsed.problems);
    checkUnique(
      parsed.template,
      entries.filter((entry) => entry.file !== file),
    );
    return parsed.template;
  }

  /** Tells the listeners when the list really differs from what they know. */
  async #tell(): Promise<void> {
    if (this.#listeners.size === 0) return;
    const templates = await this.list();
    const now = signature(templates);
    if (now === this.#told) return;
    this.#told = now;
    for (const listener of this.#listeners) listener(templates);
  }

  /** One change at a time, so that a check still holds when its write happens. */
  #exclusive<T>(action: () => Promise<T>): Promise<T> {
    const run = this.#queue.then(action);
    this.#queue = run.catch(() => undefined);
    return run;
  }
}

function signature(templates: readonly TemplateEntry[]): string {
  return templates
    .map((entry) => `${entry.file}\0${entry.hash}\0${entry.state}\0${entry.readOnly}`)
    .join("\n");
}

function notFound(name: string, names: readonly string[] = []): WorkbenchError {
  const hint = names.length === 0 ? "" : ` Templates: ${names.slice(0, 20).join(", ")}.`;
  return new WorkbenchError(
    "TEMPLATE_NOT_FOUND",
    `There is no template "${name}" in this workspace.${hint}`,
    { template: name },
  );
}

/** The template of an entry that can be used; throws what is wrong with it otherwise. */
export function usable(entry: TemplateEntry): Template {
  if (entry.state === "ok" && entry.template !== undefined) return entry.template;
  throw templateError(entry.file, entry.problems);
}

function conflict(file: string, hash: string): WorkbenchError {
  const message = `${file} was changed on the disk meanwhile. Compare the two and decide which to keep.`;
  return new WorkbenchError("TEMPLATE_CONFLICT", message, { file, hash });
}

function mustBeWritable(entry: TemplateEntry): void {
  if (entry.state === "newer") throw templateError(entry.file, entry.problems);
  if (!entry.readOnly) return;
  const message = `${entry.file} is read-only. Make the file writable, or duplicate the template.`;
  throw new WorkbenchError("PERMISSION_DENIED", message, { file: entry.file });
}

function checkFileName(file: string): void {
  if (/^[^/\\\0]+$/.test(file) && file.endsWith(TEMPLATE_FILE_SUFFIX) && file !== TEMPLATE_FILE_SUFFIX)
    return;
  const message = `"${file}" is not the name of a template file; it ends with ${TEMPLATE_FILE_SUFFIX} and holds no slash.`;
  throw new WorkbenchError("INVALID_PATH", message, { file });
}

function checkUnique(template: Template, others: readonly TemplateEntry[]): void {
  const sameName = others.find((other) => other.name.toLowerCase() === template.name.toLowerCase());
  if (sameName !== undefined) {
    const message = `The template in ${sameName.file} is named "${sameName.name}" already. Choose another name.`;
    throw new WorkbenchError("TEMPLATE_NAME_TAKEN", message, { name: template.name, file: sameName.file });
  }
  const sameId = others.find((other) => other.template?.id === template.id);
  if (sameId !== undefined) {
    const message = `The template in ${sameId.file} has the same id. Duplicate it instead, which gives the copy its own.`;
    throw new WorkbenchError("TEMPLATE_CONFLICT", message, { file: sameId.file, id: template.id });
  }
}

/** Keys of a new file in the order in which people read a template. */
function ordered(template: Template): Template {
  const { version, id, name, description, modules, libraries, startup, limits, resolver, runtime } = template;
  return { version, id, name, description, modules, libraries, startup, limits, resolver, runtime };
}
