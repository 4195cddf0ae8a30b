import { WorkbenchError } from "../../shared/model/error";
import type { LibraryEntry, Limits, ModuleConfig, StartupFile, Template } from "../../shared/model/template";
import { changeJson, isRecord, type JsonChange } from "../../shared/model/json-change";
import { builtinName } from "../modules/builtins";
import { nearest } from "../../shared/model/nearest";
import { checkModule } from "../modules/policy";
import { normalizeFilePath } from "../workspace/paths";
import { limitKeys } from "./diff";
import { parseJsonText } from "./json-text";
import { checkLibraryId } from "./parse";
import type { TemplateRules } from "./rules";

/*
 * Changes of a template's text. Each gives the new text and leaves the rest as its author formatted it; what is
 * there already gives the same text back.
 */

function valueAt(source: string, key: string): unknown {
  const { value } = parseJsonText(source);
  return isRecord(value) ? value[key] : undefined;
}

function listAt(source: string, key: string): unknown[] {
  const value = valueAt(source, key);
  return Array.isArray(value) ? value : [];
}

/** Appends to an array that may be missing. */
function append(source: string, key: string, value: unknown): JsonChange {
  const list = valueAt(source, key);
  return Array.isArray(list)
    ? { path: [key, list.length], value, insert: true }
    : { path: [key], value: [value] };
}

/** Keys under which the text lists a module: its name or an alias, spaces around it allowed. */
function moduleKeys(source: string, name: string, rules: TemplateRules): string[] {
  const modules = valueAt(source, "modules");
  if (!isRecord(modules)) return [];
  const record = rules.registry.find(name.trim());
  return Object.keys(modules).filter(
    (key) => key === name || (record !== undefined && rules.registry.find(key.trim()) === record),
  );
}

/**
 * Lists a module, or gives it another configuration. Without one, a listed module keeps its own and a new one gets
 * the denying defaults. Throws `MODULE_NOT_ALLOWED` and `VALIDATION_ERROR`.
 */
export function withModule(
  source: string,
  name: string,
  config: ModuleConfig | undefined,
  rules: TemplateRules,
): string {
  const allowed = checkModule(name, config ?? {}, rules.registry);
  const [key] = moduleKeys(source, name, rules);
  if (key !== undefined && config === undefined) return source;
  return changeJson(source, [{ path: ["modules", key ?? allowed.name], value: config ?? allowed.config }]);
}

/** Takes a module out, also one that may not be listed at all. Throws `MODULE_NOT_FOUND` when it is not listed. */
export function withoutModule(source: string, name: string, rules: TemplateRules): string {
  const keys = moduleKeys(source, name, rules);
  if (keys.length === 0) {
    throw new WorkbenchError("MODULE_NOT_FOUND", `The template does not list the module "${name}".`, {
      module: name,
    });
  }
  return changeJson(
    source,
    keys.map((key) => ({ path: ["modules", key], value: undefined })),
  );
}

/** Takes out every built-in that older data lists as a module, and says which. */
export function withoutBuiltins(source: string, rules: TemplateRules): { source: string; removed: string[] } {
  const modules = valueAt(source, "modules");
  const removed = isRecord(modules)
    ? Object.keys(modules).filter(
        (key) => rules.registry.find(key.trim()) === undefined && builtinName(key) !== undefined,
      )
    : [];
  return {
    source: changeJson(
      source,
      removed.map((key) => ({ path: ["modules", key], value: undefined })),
    ),
    removed,
  };
}

function sameLibrary(a: unknown, b: LibraryEntry): boolean {
  return typeof b === "string" ? a === b : isRecord(a) && a.path === b.path;
}

/** Lists a library. Throws `LIBRARY_NOT_FOUND` for an unknown id, `INVALID_PATH` for a file that cannot be inside. */
export function withLibrary(source: string, library: LibraryEntry, rules: TemplateRules): string {
  if (typeof library === "string") checkLibraryId(library, rules);
  const entry = typeof library === "string" ? library : { ...library, path: normalizeFilePath(library.path) };
  const index = listAt(source, "libraries").findIndex((each) => sameLibrary(each, entry));
  if (index !== -1)
    return typeof entry === "string"
      ? source
      : changeJson(source, [{ path: ["libraries", index], value: entry }]);
  return changeJson(source, [append(source, "libraries", entry)]);
}

/** Takes out a library by its id or path. Throws `LIBRARY_NOT_FOUND` when it is not listed. */
export function withoutLibrary(source: string, idOrPath: string): string {
  const index = listAt(source, "libraries").findIndex(
    (each) => each === idOrPath || (isRecord(each) && each.path === idOrPath),
  );
  if (index === -1) {
    throw new WorkbenchError("LIBRARY_NOT_FOUND", `The template does not list the library "${idOrPath}".`, {
      library: idOrPath,
    });
  }
  return changeJson(source, [{ path: ["libraries", index], value: undefined }]);
}

/** Sets a limit; whether the value is on the scale is checked with the whole text. Throws `VALIDATION_ERROR` for an unknown name. */
export function withLimit(source: string, key: string, value: number): string {
  if (!isLimitKey(key)) {
    const near = nearest(key, limitKeys());
    const hint = near === undefined ? `Limits: ${limitKeys().join(", ")}.` : `Did you mean "${near}"?`;
    throw new WorkbenchError("VALIDATION_ERROR", `There is no limit "${key}". ${hint}`, { key });
  }
  return changeJson(source, [{ path: ["limits", key], value }]);
}

/** Whether this is the name of a limit. */
export function isLimitKey(key: string): key is keyof Limits {
  return (limitKeys() as readonly string[]).includes(key);
}

function startupIndex(template: Template, path: string): number {
  return template.startup.findIndex((file) => normalizeFilePath(file.path) === path);
}

/**
 * Lists a startup file at the end or before another; one that is listed already moves and takes the mode.
 * Throws `INVALID_PATH`, and `FILE_NOT_FOUND` when `before` is not listed.
 */
export function withStartup(source: string, template: Template, file: StartupFile, before?: string): string {
  const path = normalizeFilePath(file.path);
  const existing = startupIndex(template, path);
  const entry = { path, mode: file.mode };
  const files: StartupFile[] = template.startup.filter((_, index) => index !== existing);
  let position = existing === -1 || before !== undefined ? files.length : existing;
  if (before !== undefined) {
    const wanted = normalizeFilePath(before);
    position = files.findIndex((other) => normalizeFilePath(other.path) === wanted);
    if (position === -1) throw notListed(before);
  }
  if (existing === -1 && position === files.length)
    return changeJson(source, [append(source, "startup", entry)]);
  if (existing === -1)
    return changeJson(source, [{ path: ["startup", position], value: entry, insert: true }]);
  files.splice(position, 0, entry);
  return changeJson(source, [{ path: ["startup"], value: files }]);
}

/** Takes out a startup file. Throws `FILE_NOT_FOUND` when it is not listed. */
export function withoutStartup(source: string, template: Template, path: string): string {
  const index = startupIndex(template, normalizeFilePath(path));
  if (index === -1) throw notListed(path);
  return changeJson(source, [{ path: ["startup", index], value: undefined }]);
}

function notListed(path: string): WorkbenchError {
  return new WorkbenchError("FILE_NOT_FOUND", `"${path}" is not a startup file of the template.`, { path });
}

/** Gives the text another name; written first when the text has none. */
export function withName(source: string, name: string): string {
  return changeJson(source, [{ path: ["name"], value: name }]);
}

/** Gives the text another identity. */
export function withId(source: string, id: string): string {
  return changeJson(source, [{ path: ["id"], value: id }]);
}
