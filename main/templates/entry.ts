import type { TemplateEntry, TemplateProblem } from "../../shared/ipc/templates";
import { TEMPLATE_FILE_SUFFIX } from "../../shared/model/template";
import { type ErrorCode, WorkbenchError } from "../../shared/model/error";
import { templateEffects } from "./effects";
import { parseJsonText } from "./json-text";
import { parseTemplate } from "./parse";
import type { TemplateRules } from "./rules";

/** Bytes of a template file and what the file system says about them. */
export interface TemplateFile {
  /** Name inside `templates/`. */
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly hash: string;
  readonly mtimeMs: number;
  readonly readOnly: boolean;
}

/** The entry of a file: usable, broken or newer. Duplicates are found by comparing entries. */
export function entryOf(content: TemplateFile, rules: TemplateRules): TemplateEntry {
  const { file, hash, mtimeMs, readOnly } = content;
  const { text, valid } = decode(content.bytes);
  const base = { file, source: text, hash, mtimeMs };
  if (!valid) {
    const message = "The file is not UTF-8 text. Save it as UTF-8.";
    const error = new WorkbenchError("TEMPLATE_INVALID", message).toJSON();
    return {
      ...base,
      state: "broken",
      name: nameOfFile(file),
      readOnly,
      problems: [{ error, path: [] }],
      effects: [],
    };
  }
  const parsed = parseTemplate(text, rules, file);
  return {
    ...base,
    state: parsed.state,
    name: parsed.name ?? nameOfFile(file),
    ...(parsed.template === undefined ? {} : { template: parsed.template }),
    readOnly: readOnly || parsed.state === "newer",
    problems: [...parsed.problems],
    effects: parsed.template === undefined ? [] : templateEffects(parsed.template, rules.registry),
  };
}

/** Entry of something in `templates/` that cannot be read as a file. */
export function unreadableEntry(file: string, error: WorkbenchError): TemplateEntry {
  return {
    file,
    state: "broken",
    name: nameOfFile(file),
    source: "",
    hash: "",
    mtimeMs: 0,
    readOnly: true,
    problems: [{ error: error.toJSON(), path: [] }],
    effects: [],
  };
}

function decode(bytes: Uint8Array): { text: string; valid: boolean } {
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), valid: true };
  } catch {
    return { text: new TextDecoder("utf-8").decode(bytes), valid: false };
  }
}

/** `log-report.template.json` → `log-report`. */
export function nameOfFile(file: string): string {
  return file.endsWith(TEMPLATE_FILE_SUFFIX) ? file.slice(0, -TEMPLATE_FILE_SUFFIX.length) : file;
}

/**
 * Marks entries whose id or name another file has, too, or whose file another system would take for the same: neither is
 * lost and neither is chosen. Names are compared without case.
 */
export function markDuplicates(entries: readonly TemplateEntry[]): TemplateEntry[] {
  const byName = groupBy(entries, (entry) => entry.name.toLowerCase());
  const byFile = groupBy(entries, (entry) => entry.file.toLowerCase());
  const byId = groupBy(entries, (entry) => entry.template?.id);
  return entries.map((entry) => {
    if (entry.state !== "ok" || entry.template === undefined) return entry;
    const problems = [...entry.problems];
    const sameId = others(byId.get(entry.template.id), entry);
    const sameFile = others(byFile.get(entry.file.toLowerCase()), entry);
    const sameName = others(byName.get(entry.name.toLowerCase()), entry).filter(
      (other) => other.state === "ok",
    );
    if (sameId.length > 0) {
      const message = `${fileList(sameId)} the same id. Give one of them a new id: duplicate it and delete the original.`;
      problems.push(duplicateProblem("TEMPLATE_CONFLICT", message, entry, "id", sameId));
    }
    if (sameName.length > 0) {
      const message = `${fileList(sameName)} the same name "${entry.name}". Rename one of them.`;
      problems.push(duplicateProblem("TEMPLATE_NAME_TAKEN", message, entry, "name", sameName));
    }
    if (sameFile.length > 0) {
      const files = sameFile.map((other) => other.file);
      const message = `${files.join(", ")} differs from this file's name only in upper and lower case: many systems keep only one of them. Duplicate one under another name and delete it.`;
      problems.push({
        error: new WorkbenchError("TEMPLATE_CONFLICT", message, { files }).toJSON(),
        path: [],
      });
    }
    return problems.length === entry.problems.length ? entry : { ...entry, state: "duplicate", problems };
  });
}

function duplicateProblem(
  code: ErrorCode,
  message: string,
  entry: TemplateEntry,
  key: string,
  same: readonly TemplateEntry[],
): TemplateProblem {
  const error = new WorkbenchError(code, message, { files: same.map((other) => other.file) });
  return { error: error.toJSON(), path: [key], ...parseJsonText(entry.source).placeOf([key]) };
}

function fileList(entries: readonly TemplateEntry[]): string {
  return `${entries.map((entry) => entry.file).join(", ")} ${entries.length === 1 ? "has" : "have"}`;
}

function others(group: readonly TemplateEntry[] | undefined, entry: TemplateEntry): TemplateEntry[] {
  return (group ?? []).filter((other) => other.file !== entry.file);
}

function groupBy<Key>(
  entries: readonly TemplateEntry[],
  keyOf: (entry: TemplateEntry) => Key | undefined,
): Map<Key, TemplateEntry[]> {
  const groups = new Map<Key, TemplateEntry[]>();
  for (const entry of entries) {
    const key = keyOf(entry);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  return groups;
}
