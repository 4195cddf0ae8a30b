import { randomUUID } from "node:crypto";
import type { ImportItem, TemplateEntry } from "../../shared/ipc/templates";
import { WorkbenchError } from "../../shared/model/error";
import { isRecord } from "../../shared/model/json-change";
import { TEMPLATE_FILE_SUFFIX, type Template } from "../../shared/model/template";
import { describeIssues, pathText } from "../modules/schema-problems";
import { bundleSchema, BUNDLE_FORMAT, BUNDLE_VERSION } from "./bundle";
import { templateChecksum } from "./canonical";
import { policyChanges } from "./diff-sources";
import { templateEffects } from "./effects";
import { withId, withName, withoutBuiltins } from "./edits";
import { formatJson, parseJsonText } from "./json-text";
import { builtinRemoved, isOlderForm, migrate } from "./migrate";
import { parseTemplate, templateError } from "./parse";
import type { TemplateRules } from "./rules";
import type { TemplateStore } from "./store";

/** One template as received: its text in today's form, and where it came from. */
interface Received {
  readonly file: string;
  readonly source: string;
  readonly checksum: ImportItem["checksum"];
  readonly migration: string[];
}

/** What the user decides about one received template. `name` is the name of the preview. */
export interface ImportChoice {
  readonly name: string;
  readonly action: "add" | "replace" | "skip";
  readonly newName?: string | undefined;
}

/**
 * What importing a text would do: a bundle, one template, several in an array, or the older flat form. Writes and runs
 * nothing. Throws `INVALID_REQUEST` for a text that is none of these.
 */
export async function previewImport(text: string, store: TemplateStore): Promise<ImportItem[]> {
  const entries = await store.list();
  return receive(text, store.rules).map((received) => preview(received, entries, store.rules));
}

/**
 * Imports what the choices name; everything else is skipped. All are checked before the first is written. `add` of a
 * template whose id is here already gives the copy a new identity; `replace` takes the place of the one with the same
 * id, or else the same name. Throws `TEMPLATE_NAME_TAKEN`, `TEMPLATE_INVALID`, `TEMPLATE_NOT_FOUND`.
 */
export async function importTemplates(
  text: string,
  choices: readonly ImportChoice[],
  store: TemplateStore,
): Promise<TemplateEntry[]> {
  const entries = await store.list();
  const received = receive(text, store.rules);
  const previews = received.map((each) => preview(each, entries, store.rules));
  const names = new Set(entries.map((entry) => entry.name.toLowerCase()));
  const used = new Set<number>();
  const writes = choices.flatMap((choice) => {
    if (choice.action === "skip") return [];
    const index = previews.findIndex((item, each) => item.name === choice.name && !used.has(each));
    const from = received[index];
    const item = previews[index];
    if (from === undefined || item === undefined) {
      throw new WorkbenchError("TEMPLATE_NOT_FOUND", `The import holds no template "${choice.name}".`, {
        template: choice.name,
      });
    }
    used.add(index);
    if (item.template === undefined) throw templateError(`The template "${item.name}"`, item.problems);
    const write =
      choice.action === "replace"
        ? replacement(from, item.template, entries)
        : addition(from, item.template, entries);
    const name = (choice.newName ?? item.template.name).trim();
    const replaced = entries.find((entry) => entry.file === write.file);
    if (replaced !== undefined) names.delete(replaced.name.toLowerCase());
    if (names.has(name.toLowerCase())) {
      throw new WorkbenchError(
        "TEMPLATE_NAME_TAKEN",
        `There is a template named "${name}" already. Import this one under another name, or replace the other.`,
        { name },
      );
    }
    names.add(name.toLowerCase());
    const source = choice.newName === undefined ? write.source : withName(write.source, name);
    const checked = parseTemplate(source, store.rules, write.file ?? "new");
    if (checked.template === undefined) throw templateError(`The template "${name}"`, checked.problems);
    return [{ ...write, source }];
  });
  return store.write(writes);
}

/** A new file at first write, or the file that is written over. */
interface Write {
  readonly file: string | undefined;
  readonly source: string;
}

function addition(from: Received, template: Template, entries: readonly TemplateEntry[]): Write {
  const taken = entries.some((entry) => entry.template?.id === template.id);
  return { file: undefined, source: taken ? withId(from.source, randomUUID()) : from.source };
}

function replacement(from: Received, template: Template, entries: readonly TemplateEntry[]): Write {
  const target = counterpart(template, entries);
  if (target === undefined) return { file: undefined, source: from.source };
  // It keeps the identity of the one that it replaces: sessions and history refer to that.
  const id = target.template?.id ?? template.id;
  return { file: target.file, source: id === template.id ? from.source : withId(from.source, id) };
}

/** The template that an import would replace. */
function counterpart(template: Template, entries: readonly TemplateEntry[]): TemplateEntry | undefined {
  return (
    entries.find((entry) => entry.template?.id === template.id) ??
    entries.find((entry) => entry.name.toLowerCase() === template.name.toLowerCase())
  );
}

function preview(received: Received, entries: readonly TemplateEntry[], rules: TemplateRules): ImportItem {
  const parsed = parseTemplate(received.source, rules, received.file);
  const { template } = parsed;
  const name = parsed.name ?? received.file.replace(TEMPLATE_FILE_SUFFIX, "");
  const base = { name, file: received.file, problems: [...parsed.problems], migration: received.migration };
  if (template === undefined) {
    return { ...base, conflict: "none", effects: [], changes: [], checksum: received.checksum };
  }
  const other = counterpart(template, entries);
  return {
    ...base,
    template,
    conflict: other === undefined ? "none" : other.template?.id === template.id ? "sameId" : "nameTaken",
    effects: templateEffects(template, rules.registry),
    changes: other === undefined ? [] : policyChanges(other.template, template, rules),
    checksum: received.checksum,
  };
}

function receive(text: string, rules: TemplateRules): Received[] {
  const json = parseJsonText(text.replace(/^\uFEFF/, ""));
  const [fault] = json.faults;
  if (fault !== undefined) {
    throw new WorkbenchError(
      "INVALID_REQUEST",
      `This is not a template or a bundle: line ${fault.line}, column ${fault.column}: ${fault.message}`,
      { line: fault.line, column: fault.column },
    );
  }
  const { value } = json;
  if (isRecord(value) && value.format === BUNDLE_FORMAT) return receiveBundle(value, rules);
  if (Array.isArray(value))
    return value.map((item: unknown, index) => receiveOne(item, undefined, `template-${index + 1}`, rules));
  if (!isRecord(value))
    throw new WorkbenchError("INVALID_REQUEST", "This is not a template or a bundle: an object is expected.");
  if (Array.isArray(value.templates))
    return value.templates.map((item: unknown, index) =>
      receiveOne(item, undefined, `template-${index + 1}`, rules),
    );
  const one = receiveOne(value, undefined, "template", rules);
  // A single template of today keeps its author's formatting.
  return [one.migration.length > 0 ? one : { ...one, source: text.replace(/^\uFEFF/, "") }];
}

function receiveBundle(value: Record<string, unknown>, rules: TemplateRules): Received[] {
  if (typeof value.version === "number" && value.version > BUNDLE_VERSION) {
    throw new WorkbenchError(
      "INVALID_REQUEST",
      `This bundle has version ${value.version}; this application reads version ${BUNDLE_VERSION}. Update the application to import it.`,
    );
  }
  const parsed = bundleSchema.safeParse(value);
  if (!parsed.success) {
    const [first] = describeIssues(bundleSchema, parsed.error.issues);
    throw new WorkbenchError(
      "INVALID_REQUEST",
      `This bundle is damaged: ${pathText(first?.path ?? [])}: ${first?.message ?? ""}`,
    );
  }
  return parsed.data.templates.map((item) =>
    receiveOne(item.template, item.checksum, plainFile(item.file), rules),
  );
}

function receiveOne(
  value: unknown,
  checksum: string | undefined,
  file: string,
  rules: TemplateRules,
): Received {
  const named = file.endsWith(TEMPLATE_FILE_SUFFIX) ? file : `${file}${TEMPLATE_FILE_SUFFIX}`;
  const state =
    checksum === undefined
      ? "absent"
      : isRecord(value) && templateChecksum(value) === checksum
        ? "valid"
        : "changed";
  if (isOlderForm(value)) {
    const { template, report } = migrate(value, rules);
    return { file: named, source: formatJson(template), checksum: state, migration: report };
  }
  const source = typeof value === "string" ? value : formatJson(value ?? null);
  const cleaned = isRecord(value) ? withoutBuiltins(source, rules) : { source, removed: [] };
  const migration = cleaned.removed.map((name) => builtinRemoved(name));
  return { file: named, source: cleaned.source, checksum: state, migration };
}

/** A received file name is only shown; it never chooses where something is written. */
function plainFile(file: string): string {
  const last = file.split(/[/\\]/).at(-1) ?? "";
  return last === "" ? "template" : last;
}
