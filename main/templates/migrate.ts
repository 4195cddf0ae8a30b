import { randomUUID } from "node:crypto";
import { z } from "zod";
import { isRecord } from "../../shared/model/json-change";
import { type Limits, limitsSchema } from "../../shared/model/template";
import { builtinName } from "../modules/builtins";
import { limitKeys } from "./diff";
import type { TemplateRules } from "./rules";

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
  const settings = section(old, "settings", report);
  const modules = firstOf(old, ["exposed_modules", "modules"], report);
  const startup = firstOf(old, ["startup_files", "startup"], report);
  const limits = firstOf(
    { "settings.limits": settings["limits"], limits: old["limits"] },
    LIMIT_KEYS,
    report,
  );
  const template: Record<string, unknown> = {
    version: 1,
    id: migrateId(old.id, report),
    name: migrateText("name", old.name, report),
    description: migrateText("description", old.description, report),
    modules: migrateModules(modules, rules, report),
    libraries: migrateLibraries(old.libraries, rules, report),
    startup: migrateStartup(startup, report),
    limits: migrateLimits(limits, report),
    resolver: migrateResolver(section(settings, "resolver", report), report),
    runtime: migrateRuntime(section(settings, "runtime", report), report),
  };
  for (const key of Object.keys(old)) if (!KNOWN_KEYS.includes(key)) report.push(leftOut(key));
  for (const key of Object.keys(settings))
    if (!["limits", "resolver", "runtime"].includes(key)) report.push(leftOut(`settings.${key}`));
  return { template, report };
}

const LIMIT_KEYS = ["settings.limits", "limits"] as const;
const KNOWN_KEYS = [
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

const leftOut = (what: string): string => `${what}: left out, it has no meaning here`;

/** An object among the old data; what stands there instead of one is reported. */
function section(from: Record<string, unknown>, key: string, report: string[]): Record<string, unknown> {
  const value = from[key];
  if (isRecord(value)) return value;
  if (value !== undefined && value !== null) report.push(leftOut(`${key} ${JSON.stringify(value)}`));
  return {};
}

/** The first of several spellings that is there; further ones are reported. */
function firstOf(from: Record<string, unknown>, keys: readonly string[], report: string[]): unknown {
  const [first, ...others] = keys.filter((key) => from[key] !== undefined && from[key] !== null);
  for (const key of others) report.push(`${key}: left out, ${String(first)} says it already`);
  return first === undefined ? undefined : from[first];
}

function migrateText(key: string, value: unknown, report: string[]): string {
  if (typeof value === "string") return value;
  if (value !== undefined && value !== null) report.push(leftOut(`${key} ${JSON.stringify(value)}`));
  return "";
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
function namedEntries(key: string, value: unknown, report: string[]): [string, unknown][] {
  if (isRecord(value)) return Object.entries(value);
  return itemsOf(key, value, report).flatMap((item): [string, unknown][] => {
    if (typeof item === "string") return [[item, undefined]];
    if (isRecord(item) && typeof item.name === "string") return [[item.name, item.config]];
    report.push(leftOut(`${key}: ${JSON.stringify(item)}`));
    return [];
  });
}

/** The items of a list; what stands there instead of one is reported. */
function itemsOf(key: string, value: unknown, report: string[]): unknown[] {
  if (Array.isArray(value)) return value;
  if (value !== undefined && value !== null) report.push(leftOut(`${key}: ${JSON.stringify(value)}`));
  return [];
}

/** Line of the report about a built-in that older data lists as a module. */
export function builtinRemoved(name: string): string {
  return `modules: "${name}" removed (MODULE_NOT_ALLOWED); ${builtinName(name) ?? name} is a built-in and always available`;
}

function migrateModules(value: unknown, rules: TemplateRules, report: string[]): Record<string, unknown> {
  const modules = new Map<string, unknown>();
  for (const [name, config] of namedEntries("modules", value, report)) {
    const record = rules.registry.find(name.trim());
    if (record === undefined) {
      const builtin = builtinName(name);
      // An unknown one stays, so that the check refuses the template and names it.
      if (builtin === undefined) modules.set(name, {});
      else report.push(builtinRemoved(name));
      continue;
    }
    if (modules.has(record.name)) {
      report.push(`modules: "${name}" removed; ${record.name} is listed already`);
      continue;
    }
    const isConfigured = isRecord(config) ? Object.keys(config).length > 0 : config != null;
    const kept = isConfigured && record.configSchema.safeParse(config).success;
    modules.set(record.name, kept ? config : {});
    const renamed = name === record.name ? `"${name}"` : `"${name}" → "${record.name}"`;
    if (kept) report.push(`modules: ${renamed} kept with its configuration`);
    else if (isConfigured)
      report.push(
        `modules: ${renamed} kept with the default configuration; ${JSON.stringify(config)} is none that it takes`,
      );
    else if (record.risk === "pure") report.push(`modules: ${renamed} kept`);
    else report.push(`modules: ${renamed} kept with the default configuration; grant what it needs`);
  }
  return Object.fromEntries(modules);
}

function migrateLibraries(value: unknown, rules: TemplateRules, report: string[]): unknown[] {
  const libraries = new Set<string>();
  for (const [name, config] of namedEntries("libraries", value, report)) {
    // Older data has versions in ids: `lodash-4.17.21`, `lodash@4`.
    const id = rules.libraries.includes(name) ? name : name.toLowerCase().replace(/(?:@|-v?(?=\d)).*$/, "");
    if (id !== name) report.push(`libraries: "${name}" → "${id}", in the version that the application ships`);
    if (libraries.has(id)) report.push(`libraries: "${name}" removed; ${id} is listed already`);
    if (config != null)
      report.push(leftOut(`libraries: the configuration ${JSON.stringify(config)} of "${name}"`));
    libraries.add(id);
  }
  return [...libraries];
}

function migrateStartup(value: unknown, report: string[]): unknown[] {
  const files = itemsOf("startup", value, report).flatMap((item) => {
    if (typeof item === "string") return [{ path: item, mode: "eval", order: undefined }];
    if (!isRecord(item) || typeof item.path !== "string") {
      report.push(leftOut(`startup: ${JSON.stringify(item)}`));
      return [];
    }
    if (item.mode !== undefined && item.mode !== "eval" && item.mode !== "import")
      report.push(
        `startup: ${item.path} runs in the mode eval; ${JSON.stringify(item.mode)} is no mode here`,
      );
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

function migrateLimits(limits: unknown, report: string[]): Record<string, number> {
  const result: Record<string, number> = {};
  if (!isRecord(limits)) {
    if (limits !== undefined) report.push(leftOut(`limits ${JSON.stringify(limits)}`));
    return result;
  }
  for (const [key, value] of Object.entries(limits)) {
    const name = LIMIT_NAMES[key] ?? limitKeys().find((each) => each === key);
    const field = limitKeys().find((each) => each === name);
    if (field === undefined || typeof value !== "number") {
      report.push(leftOut(`limits.${key}`));
      continue;
    }
    if (result[field] !== undefined)
      report.push(`limits.${field}: ${result[field]} is replaced by what ${key} says`);
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
    } else report.push(leftOut(`settings.resolver.${key}`));
  }
  return result;
}

function migrateRuntime(runtime: Record<string, unknown>, report: string[]): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(runtime)) {
    if ((key === "strict" || key === "console") && typeof value === "boolean") {
      result[key] = value;
      report.push(`settings.runtime.${key} → runtime.${key}: ${value}`);
    } else report.push(leftOut(`settings.runtime.${key}`));
  }
  return result;
}
