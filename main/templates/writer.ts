import { basename } from "node:path";
import type { TemplateEntry } from "../../shared/ipc/templates";
import type { Template } from "../../shared/model/template";
import type { Trash } from "../workspace/trash";
import type { WriteTurns } from "../workspace/write-turns";
import { writeAtomically, writeFailure } from "../workspace/write-file";
import type { TemplateFolder } from "./folder";
import { fileNameFor } from "./names";
import { parseTemplate, templateError } from "./parse";
import { checkUnique, conflict, mustBeWritable, notFound } from "./refusals";
import type { TemplateRules } from "./rules";

interface WriterParts {
  readonly folder: TemplateFolder;
  readonly rules: () => TemplateRules;
  readonly trash: Trash;
  readonly turns: WriteTurns;
  /** Called after every change. */
  readonly changed: () => Promise<void>;
}

/**
 * The one way into a workspace's template folder. What is written is checked whole first, written atomically, and only
 * while the file still is what the writer started from.
 */
export class TemplateWriter {
  constructor(private readonly parts: WriterParts) {}

  /** One change at a time, so that a check still holds when its write happens. */
  exclusive<T>(action: () => Promise<T>): Promise<T> {
    return this.parts.turns.take(action);
  }

  /** Resolves when no write is under way. */
  async settled(): Promise<void> {
    await this.parts.turns.settled();
  }

  /**
   * Checks a whole text and writes it; every change ends here. Within {@link exclusive}.
   * @param file undefined makes a new file, named after the template.
   * @param expectedHash what the file must still have; undefined for a file that must not exist.
   */
  async store(
    file: string | undefined,
    source: string,
    expectedHash: string | undefined,
  ): Promise<TemplateEntry> {
    const { folder, rules, changed } = this.parts;
    const entries = await folder.read(rules());
    const template = this.#checked(file, source, entries);
    const taken = entries.map((entry) => entry.file);
    const name = file ?? fileNameFor(template.name, taken);
    const now = folder.readOne(name, rules());
    if ((now?.hash ?? "") !== (expectedHash ?? "")) throw conflict(name, now?.hash ?? "");
    await writeAtomically(folder.pathOf(name), source);
    folder.forget(name);
    await changed();
    return this.entry(name);
  }

  /**
   * Changes the text of a file that is in one of these states; a change to the same text writes nothing. Within
   * {@link exclusive}.
   */
  async change(
    file: string,
    edit: (entry: TemplateEntry) => string,
    states: readonly TemplateEntry["state"][],
  ): Promise<TemplateEntry> {
    const entry = await this.entry(file);
    mustBeWritable(entry);
    if (!states.includes(entry.state)) throw templateError(entry.file, entry.problems);
    const source = edit(entry);
    return source === entry.source ? entry : this.store(file, source, entry.hash);
  }

  /** Puts a checked text in the place of a file of which the trash keeps a copy. Within {@link exclusive}. */
  async replace(file: string, source: string, expectedHash: string): Promise<TemplateEntry> {
    const { folder, rules, trash } = this.parts;
    const entry = await this.entry(file);
    mustBeWritable(entry);
    if (entry.hash !== expectedHash) throw conflict(file, entry.hash);
    this.#checked(file, source, await folder.read(rules()));
    await trash.keep(folder.pathOf(file));
    return this.store(file, source, entry.hash);
  }

  /** Moves a file to the trash and gives the token that undoes it. Within {@link exclusive}. */
  async remove(file: string): Promise<string> {
    const { folder, trash, changed } = this.parts;
    const entry = await this.entry(file);
    const path = folder.pathOf(entry.file);
    const token = await trash.put(path).catch((error: unknown) => {
      throw writeFailure(error, path);
    });
    folder.forget(file);
    await changed();
    return token;
  }

  /** Undoes {@link remove}. Throws `FILE_NOT_FOUND`, `FILE_CONFLICT`. Within {@link exclusive}. */
  async restore(token: string): Promise<TemplateEntry> {
    const { folder, trash, changed } = this.parts;
    const file = basename(await trash.restore(token));
    folder.forget(file);
    await changed();
    return this.entry(file);
  }

  /** The entry of a file of the list. Throws `TEMPLATE_NOT_FOUND`. */
  async entry(file: string): Promise<TemplateEntry> {
    const { folder, rules } = this.parts;
    const entry = (await folder.read(rules())).find((each) => each.file === file);
    if (entry === undefined) throw notFound(file);
    return entry;
  }

  /** The template in a text that may be stored as this file; throws why it may not. */
  #checked(file: string | undefined, source: string, entries: readonly TemplateEntry[]): Template {
    const parsed = parseTemplate(source, this.parts.rules(), file ?? "new");
    if (parsed.template === undefined) throw templateError(file ?? "The template", parsed.problems);
    checkUnique(
      parsed.template,
      entries.filter((entry) => entry.file !== file),
    );
    return parsed.template;
  }
}
