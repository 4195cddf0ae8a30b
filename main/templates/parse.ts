import { v5 as uuidV5 } from "uuid";
import { type ErrorCode, type ErrorDetails, WorkbenchError } from "../../shared/model/error";
import { isRecord } from "../../shared/model/json-change";
import { printable } from "../../shared/model/printable";
import { TEMPLATE_VERSION, type Template, templateSchema } from "../../shared/model/template";
import type { TemplateProblem } from "../../shared/ipc/templates";
import { nearest } from "../../shared/model/nearest";
import { decideModules } from "../modules/policy";
import { describeIssues, pathText } from "../modules/schema-problems";
import { normalizeFilePath, normalizeRelative } from "../workspace/paths";
import { type JsonText, parseJsonText } from "./json-text";
import type { TemplateRules } from "./rules";

/** What a template text turned out to be. */
export interface ParsedTemplate {
  readonly state: "ok" | "broken" | "newer";
  /** Every default filled in, modules under canonical names with complete configurations; only when `ok`. */
  readonly template: Template | undefined;
  /** Its name as far as it can be read, for lists. */
  readonly name: string | undefined;
  readonly problems: readonly TemplateProblem[];
}

/** Larger files are not templates. */
export const MAX_TEMPLATE_BYTES = 1024 * 1024;

// Namespace of the ids that templates without one get from their file's name; any fixed UUID would do.
const ID_NAMESPACE = "5f0b6f9e-6d5b-4b8e-9d0c-3f7a2f6f2a51";

/** The id that a template has whose file does not say one: the same for the same file, until it is saved. */
export function implicitId(key: string): string {
  return uuidV5(key.toLowerCase(), ID_NAMESPACE);
}

/**
 * Parses and checks a template text. Never throws: what is wrong is in `problems`, each with its place.
 * @param key names the file (or another source), for the id of a template that does not say one.
 */
export function parseTemplate(source: string, rules: TemplateRules, key: string): ParsedTemplate {
  if (source.length > MAX_TEMPLATE_BYTES) {
    return broken(undefined, [
      {
        error: invalidTemplate("The file is larger than 1 MB, so it is not read as a template.").toJSON(),
        path: [],
      },
    ]);
  }
  const text = parseJsonText(source);
  if (text.faults.length > 0) {
    const problems = text.faults.map(({ message, line, column }) => ({
      error: invalidTemplate(`Line ${line}, column ${column}: ${message}`, { line, column }).toJSON(),
      path: [],
      line,
      column,
    }));
    return broken(nameIn(text.value), problems);
  }
  const raw = text.value;
  if (!isRecord(raw)) {
    return broken(undefined, [problem(text, [], invalidTemplate("A template is a JSON object in { }."))]);
  }
  if (typeof raw.version === "number" && Number.isInteger(raw.version) && raw.version > TEMPLATE_VERSION) {
    const message = `This template has version ${raw.version}; this application reads version ${TEMPLATE_VERSION}. It is shown read-only and is not changed: update the application to use it.`;
    return {
      state: "newer",
      template: undefined,
      name: nameIn(raw),
      problems: [problem(text, ["version"], invalidTemplate(message))],
    };
  }
  return check(text, raw, rules, key);
}

function check(
  text: JsonText,
  raw: Record<string, unknown>,
  rules: TemplateRules,
  key: string,
): ParsedTemplate {
  const input = Object.hasOwn(raw, "id") ? raw : { ...raw, id: implicitId(key) };
  const parsed = templateSchema.safeParse(input);
  const problems: TemplateProblem[] = [];
  if (!parsed.success) {
    for (const { path, message, ...found } of describeIssues(templateSchema, parsed.error.issues)) {
      const place = path.length === 0 ? message : `${pathText(path)}: ${message}`;
      problems.push(problem(text, path, new WorkbenchError("VALIDATION_ERROR", place, { path, ...found })));
    }
  }
  // On the raw value: the schema would drop a key named `__proto__` without a word.
  const decided = decideModules(isRecord(raw.modules) ? raw.modules : {}, rules.registry);
  for (const found of decided.problems) problems.push(problem(text, ["modules", ...found.path], found.error));
  if (parsed.success) problems.push(...checkContents(text, parsed.data, rules));
  if (!parsed.success || problems.length > 0) return broken(nameIn(raw), problems);
  return {
    state: "ok",
    template: { ...parsed.data, modules: decided.modules },
    name: parsed.data.name,
    problems,
  };
}

/** What the schema cannot know: library ids, and paths that can never be inside the workspace. */
function checkContents(text: JsonText, template: Template, rules: TemplateRules): TemplateProblem[] {
  const problems: TemplateProblem[] = [];
  const attempt = (path: (string | number)[], action: () => void) => {
    try {
      action();
    } catch (error) {
      if (!(error instanceof WorkbenchError)) throw error;
      const details = { ...error.details, path };
      problems.push(
        problem(text, path, new WorkbenchError(error.code, `${pathText(path)}: ${error.message}`, details)),
      );
    }
  };
  template.libraries.forEach((library, index) => {
    if (typeof library === "string") attempt(["libraries", index], () => checkLibraryId(library, rules));
    else attempt(["libraries", index, "path"], () => normalizeFilePath(library.path));
  });
  template.startup.forEach((file, index) =>
    attempt(["startup", index, "path"], () => normalizeFilePath(file.path)),
  );
  template.resolver.roots.forEach((root, index) =>
    attempt(["resolver", "roots", index], () => normalizeRelative(root)),
  );
  return problems;
}

/** Throws `LIBRARY_NOT_FOUND` with the nearest id when the catalogue does not have this one. */
export function checkLibraryId(id: string, rules: TemplateRules): void {
  if (rules.libraries.includes(id)) return;
  const near = nearest(id, rules.libraries);
  const hint = near === undefined ? `Libraries: ${rules.libraries.join(", ")}.` : `Did you mean "${near}"?`;
  const details: ErrorDetails = { library: id, ...(near === undefined ? {} : { nearest: near }) };
  throw new WorkbenchError("LIBRARY_NOT_FOUND", `There is no library "${id}". ${hint}`, details);
}

/** The error of a template that cannot be used; keeps the code of a cause that has its own remedy. */
export function templateError(label: string, problems: readonly TemplateProblem[]): WorkbenchError {
  const first = problems[0];
  if (first === undefined) return new WorkbenchError("TEMPLATE_INVALID", `${label} cannot be used.`);
  const where = first.line === undefined ? "" : ` (line ${first.line}, column ${first.column ?? 1})`;
  const more = problems.length === 1 ? "" : ` And ${problems.length - 1} more.`;
  const own: readonly ErrorCode[] = ["MODULE_NOT_ALLOWED", "LIBRARY_NOT_FOUND"];
  const special = problems.every((each) => own.includes(each.error.code));
  const details: ErrorDetails = {
    ...(special ? first.error.details : {}),
    problems: problems.map((each) => ({
      code: each.error.code,
      message: each.error.message,
      path: each.path,
      ...(each.line === undefined ? {} : { line: each.line, column: each.column ?? 1 }),
    })),
  };
  return new WorkbenchError(
    special ? first.error.code : "TEMPLATE_INVALID",
    `${label}${where}: ${first.error.message}${more}`,
    details,
  );
}

function invalidTemplate(message: string, details?: ErrorDetails): WorkbenchError {
  return new WorkbenchError("TEMPLATE_INVALID", message, details);
}

function problem(text: JsonText, path: (string | number)[], error: WorkbenchError): TemplateProblem {
  const what = error.details?.["unknownKey"] === undefined ? "value" : "key";
  return { error: error.toJSON(), path, ...text.placeOf(path, what) };
}

function broken(name: string | undefined, problems: readonly TemplateProblem[]): ParsedTemplate {
  return { state: "broken", template: undefined, name, problems };
}

function nameIn(value: unknown): string | undefined {
  return isRecord(value) && typeof value.name === "string" && value.name.trim() !== ""
    ? printable(value.name.trim()).slice(0, 120)
    : undefined;
}
