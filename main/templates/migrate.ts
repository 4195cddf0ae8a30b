import { randomUUID } from "node:crypto";
import { z } from "zod";
import { WorkbenchError } from "../../shared/model/error";
import { isRecord } from "../../shared/model/json-change";
import { type Limits, limitsSchema } from "../../shared/model/template";
import { builtinName } from "../modules/builtins";
import { limitKeys } from "./diff";
import { withoutBuiltins } from "./edits";
import { formatJson, parseJsonText } from "./json-text";
import { templateError } from "./parse";
import type { TemplateRules } from "./rules";
import type { TemplateStore } from "./store";

/** A template of the older flat form in today's form, and what was changed, line by line. */
export interface Migration {
  readonly template: Record<string, unknown>;
  readonly report: string[];
}

/** Keys by which the older form is recognised: as its API wrote them, and as its web page did. */
const OLDER_KEYS = ["exposed_modules", "exposedModules", "settings", "startup_files", "startupFiles"];

/** Whether this is the flat form of older data rather than a template of today. */
export function isOlderForm(value: unknown): value is Record<string, unknown> {
  const hasOlderKey = (each: Record<string, unknown>) => OLDER_KEYS.some((key) => key in each);
  if (!isRecord(value)) return false;
  const inner = value["template"];
  return hasOlderKey(value) || (isRecord(inner) && hasOlderKey(inner));
}

/** The older API wraps the template's own fields; flat again, with one spelling of every key. */
function flatten(value: Record<string, unknown>): Record<string, unknown> {
  const { template, ...around } = value;
  const { exposedModules, startupFiles, ...flat } = { ...(isRecord(template) ? template : {}), ...around };
  return {
    ...flat,
    ...(exposedModules === undefined ? {} : { exposed_modules: exposedModules }),
    ...(startupFiles === undefined ? {} : { startup_files: startupFiles }),
  };
}

const LIMIT_NAMES: Readonly<Record<string, string>> = {
  cpu_ms: "cpuMs",
  wall_ms: "wallMs",
  mem_mb: "memoryMb",
  memory_mb: "memoryMb",
  stack_kb: "stackKb",
  max_events: "maxEvents",
  max_output_kb: "maxOutputKb",
};

/**
 * Brings the older flat form (`exposed_modules`, `libraries`, `settings.limits.cpu_ms` …) into today's. Built-ins go,
 * because they need no configuration; modules get denying defaults, because the older form granted everything to a
 * listed module and nothing is widened silently. Whatever cannot be kept is in the report.
 */
export function migrate(received: Record<string, unknown>, rules: TemplateRules): Migration {
  const old = flatten(received);
  const report: string[] = [];
  const settings = isRecord(old.settings) ? old.settings : {};
  const template: Record<string, unknown> = {
    version: 1,
    id: migrateId(old.id, report),
    name: typeof old.name === "string" ? old.name : "",
    description: typeof old.description === "string" ? old.description : "",
    modules: migrateModules(old.exposed_modules ?? old.modules, rules, report),
    libraries: migrateLibraries(old.libraries, rules, report),
    startup: migrateStartup(old.startup_files ?? old.startup, report),
    limits: migrateLimits(
      isRecord(settings.limits) ? settings.limits : isRecord(old.limits) ? old.limits : {},
      report,
    ),
    resolver: migrateResolver(isRecord(settings.resolver) ? settings.resolver : {}, report),
    runtime: migrateRuntime(isRecord(settings.runtime) ? settings.runtime : {}, report),
  };
  const known = [
    "version",
    "id",
    "name",
    "description",
    "exposed_modules",
    "modules",
    "libraries",
    "startup_files",
    "startup",
    "settings",
    "limits",
  ];
  for (const key of Object.keys(old))
    if (!known.includes(key)) report.push(`${key}: left out, it has no meaning here`);
  for (const key of Object.keys(settings)) {
    if (!["limits", "resolver", "runtime"].includes(key))
      report.push(`settings.${key}: left out, it has no meaning here`);
  }
  return { template, report };
}

function migrateId(id: unknown, report: string[]): string {
  if (
    typeof id === "string" &&
    /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i.test(id)
  )
    return id;
  const fresh = randomUUID();
  report.push(id === undefined ? "id: a new one" : `id: ${JSON.stringify(id)} → a new one (ids are UUIDs)`);
  return fresh;
}

/** Names, or `{ name, config }`, or a map from name to configuration. */
function namedEntries(value: unknown): [string, unknown][] {
  if (isRecord(value)) return Object.entries(value);
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown): [string, unknown][] => {
    if (typeof item === "string") return [[item, undefined]];
    return isRecord(item) && typeof item.name === "string" ? [[item.name, item.config]] : [];
  });
}

/** Line of the report about a built-in that older data lists as a module. */
export function builtinRemoved(name: string): string {
  return `modules: "${name}" removed; ${builtinName(name) ?? name} is a built-in and always available`;
}

function migrateModules(value: unknown, rules: TemplateRules, report: string[]): Record<string, unknown> {
  const modules = new Map<string, unknown>();
  for (const [name, config] of namedEntries(value)) {
    const record = rules.registry.find(name.trim());
    if (record === undefined) {
      const builtin = builtinName(name);
      if (builtin === undefined) modules.set(name, {});
      else report.push(builtinRemoved(name));
      continue;
    }
    if (modules.has(record.name)) {
      report.push(`modules: "${name}" removed; ${record.name} is listed already`);
      continue;
    }
    const kept =
      isRecord(config) && Object.keys(config).length > 0 && record.configSchema.safeParse(config).success;
    modules.set(record.name, kept ? config : {});
    const renamed = name === record.name ? `"${name}"` : `"${name}" → "${record.name}"`;
    if (kept) report.push(`modules: ${renamed} kept with its configuration`);
    else if (record.risk === "pure") report.push(`modules: ${renamed} kept`);
    else report.push(`modules: ${renamed} kept with the default configuration; grant what it needs`);
  }
  return Object.fromEntries(modules);
}

function migrateLibraries(value: unknown, rules: TemplateRules, report: string[]): unknown[] {
  const libraries = new Set<string>();
  for (const [name] of namedEntries(value)) {
    // Older data has versions in ids: `lodash-4.17.21`, `lodash@4`.
    const id = rules.libraries.includes(name) ? name : name.toLowerCase().replace(/(?:@|-v?(?=\d)).*$/, "");
    if (id !== name) report.push(`libraries: "${name}" → "${id}", in the version that the application ships`);
    libraries.add(id);
  }
  return [...libraries];
}

function migrateStartup(value: unknown, report: string[]): unknown[] {
  if (!Array.isArray(value)) return [];
  const files = value.flatMap((item: unknown) => {
    if (typeof item === "string") return [{ path: item, mode: "eval", order: undefined }];
    if (!isRecord(item) || typeof item.path !== "string") return [];
    const order = item["order_index"] ?? item["orderIndex"] ?? item["order"];
    return [
      {
        path: item.path,
        mode: item.mode === "import" ? "import" : "eval",
        order: typeof order === "number" ? order : undefined,
      },
    ];
  });
  const ordered = files.some((file) => file.order !== undefined);
  if (ordered) files.sort((a, b) => (a.order ?? 0) - (b.order ?? 0));
  if (files.length > 0)
    report.push(
      `startup: ${files.map((file) => file.path).join(", ")}${ordered ? ", in the order of order_index" : ""}`,
    );
  return files.map(({ path, mode }) => ({ path, mode }));
}

function migrateLimits(limits: Record<string, unknown>, report: string[]): Record<string, number> {
  const result: Record<string, number> = {};
  for (const [key, value] of Object.entries(limits)) {
    const name = LIMIT_NAMES[key] ?? limitKeys().find((each) => each === key);
    const field = limitKeys().find((each) => each === name);
    if (field === undefined || typeof value !== "number") {
      report.push(`limits.${key}: left out, it has no meaning here`);
      continue;
    }
    const nearestValue = onScale(field, value);
    result[field] = nearestValue;
    report.push(
      nearestValue === value
        ? `limits.${key} → limits.${field}: ${value}`
        : `limits.${key}: ${value} is off the scale here, so limits.${field} is ${nearestValue}`,
    );
  }
  return result;
}

/** The value of a limit that is allowed here and nearest. */
function onScale(field: keyof Limits, value: number): number {
  const { minimum = 0, maximum = Number.MAX_SAFE_INTEGER } = z.toJSONSchema(limitsSchema.shape[field], {
    io: "input",
  });
  return Math.min(Math.max(Math.round(value), minimum), maximum);
}

function migrateResolver(resolver: Record<string, unknown>, report: string[]): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(resolver)) {
    if ((key === "roots" || key === "extensions") && Array.isArray(value)) {
      result[key] = value;
      report.push(`settings.resolver.${key} → resolver.${key}`);
    } else report.push(`settings.resolver.${key}: left out, it has no meaning here`);
  }
  return result;
}

function migrateRuntime(runtime: Record<string, unknown>, report: string[]): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(runtime)) {
    if ((key === "strict" || key === "console") && typeof value === "boolean") {
      result[key] = value;
      report.push(`settings.runtime.${key} → runtime.${key}: ${value}`);
    } else report.push(`settings.runtime.${key}: left out, it has no meaning here`);
  }
  return result;
}

/** A file of the workspace that {@link migrateWorkspace} brings, or would bring, into today's form. */
export interface MigratedFile {
  readonly file: string;
  readonly report: string[];
  /** Why it stays as it is. */
  readonly problem?: WorkbenchError;
}

/**
 * Brings every template file of the workspace that is in the older form, or lists built-ins, into today's form. The
 * originals go to the trash first. With `dryRun` nothing is written.
 */
export async function migrateWorkspace(
  store: TemplateStore,
  options: { dryRun: boolean },
): Promise<MigratedFile[]> {
  const results: MigratedFile[] = [];
  for (const entry of await store.list()) {
    if (entry.state !== "broken") continue;
    const migrated = migrateText(entry.source, store.rules);
    if (migrated === undefined) continue;
    const { source, report } = migrated;
    const { problems } = store.check(source, entry.file);
    if (problems.length > 0) {
      results.push({ file: entry.file, report, problem: templateError(entry.file, problems) });
      continue;
    }
    try {
      if (!options.dryRun) await store.replaceBroken(entry.file, source, entry.hash);
      results.push({ file: entry.file, report });
    } catch (error) {
      if (!(error instanceof WorkbenchError)) throw error;
      results.push({ file: entry.file, report, problem: error });
    }
  }
  return results;
}

function migrateText(text: string, rules: TemplateRules): { source: string; report: string[] } | undefined {
  const { value } = parseJsonText(text);
  if (isOlderForm(value)) {
    const { template, report } = migrate(value, rules);
    return { source: formatJson(template), report };
  }
  const { source, removed } = withoutBuiltins(text, rules);
  return removed.length === 0 ? undefined : { source, report: removed.map(builtinRemoved) };
}
