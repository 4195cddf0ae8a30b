import { isDeepStrictEqual } from "node:util";
import { printable } from "../../shared/model/printable";
import type { PolicyChange } from "../../shared/ipc/templates";
import { type Limits, limitsSchema, type ModuleConfig, type Template } from "../../shared/model/template";
import type { Registry } from "../modules/registry";
import { pathText } from "../modules/schema-problems";
import { libraryLabel, LIMIT_WORDS, limitText, moduleEffects } from "./effects";

type Kind = PolicyChange["kind"];

/**
 * What changes for scripts when `after` replaces `before`, in words; what widens comes first. Texts that differ only
 * in spelling, order of keys or defaults written out give nothing.
 */
export function diffPolicies(before: Template, after: Template, registry: Registry): PolicyChange[] {
  const changes = [
    ...identityChanges(before, after),
    ...moduleChanges(before, after, registry),
    ...libraryChanges(before, after),
    ...startupChanges(before, after),
    ...limitChanges(before, after),
    ...resolverChanges(before, after),
    ...runtimeChanges(before, after),
  ];
  const order: readonly Kind[] = ["widens", "narrows", "neutral"];
  return changes.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}

function change(kind: Kind, path: (string | number)[], text: string): PolicyChange {
  return { kind, path, text: printable(text) };
}

function identityChanges(before: Template, after: Template): PolicyChange[] {
  const changes: PolicyChange[] = [];
  if (before.name !== after.name)
    changes.push(change("neutral", ["name"], `name "${before.name}" → "${after.name}"`));
  if (before.description !== after.description)
    changes.push(change("neutral", ["description"], "other description"));
  if (before.id !== after.id) changes.push(change("neutral", ["id"], "another template (its id differs)"));
  return changes;
}

function moduleChanges(before: Template, after: Template, registry: Registry): PolicyChange[] {
  const names = new Set([...Object.keys(before.modules), ...Object.keys(after.modules)]);
  return [...names].flatMap((name) => {
    const old = before.modules[name];
    const now = after.modules[name];
    const path = ["modules", name];
    if (now === undefined) {
      const lost = old === undefined ? [] : moduleEffects(name, old, registry);
      return lost.map((effect) => change("narrows", path, `may no longer ${effect}`));
    }
    if (old === undefined)
      return moduleEffects(name, now, registry).map((effect) => change("widens", path, `now may ${effect}`));
    return isDeepStrictEqual(old, now) ? [] : configChanges(name, old, now, registry);
  });
}

function configChanges(
  name: string,
  old: ModuleConfig,
  now: ModuleConfig,
  registry: Registry,
): PolicyChange[] {
  const path = ["modules", name];
  const hadEffects = moduleEffects(name, old, registry);
  const hasEffects = moduleEffects(name, now, registry);
  const changes = [
    ...hasEffects
      .filter((effect) => !hadEffects.includes(effect))
      .map((effect) => change("widens", path, `now may ${effect}`)),
    ...hadEffects
      .filter((effect) => !hasEffects.includes(effect))
      .map((effect) => change("narrows", path, `may no longer ${effect}`)),
  ];
  return [
    ...changes,
    ...untoldKeys(name, old, now, registry).flatMap((key) => leafChanges(old[key], now[key], [...path, key])),
  ];
}

/** Keys whose change the module's words do not tell, whatever else changes: their values themselves are shown. */
function untoldKeys(name: string, old: ModuleConfig, now: ModuleConfig, registry: Registry): string[] {
  const words = (config: ModuleConfig) => moduleEffects(name, config, registry).toSorted();
  const [hadEffects, hasEffects] = [words(old), words(now)];
  const keys = new Set([...Object.keys(old), ...Object.keys(now)]);
  return [...keys].filter(
    (key) =>
      isDeepStrictEqual(words(withKeyOf(old, key, now)), hadEffects) &&
      isDeepStrictEqual(words(withKeyOf(now, key, old)), hasEffects),
  );
}

/** A configuration with one key as another configuration has it. */
function withKeyOf(config: ModuleConfig, key: string, other: ModuleConfig): ModuleConfig {
  const { [key]: _own, ...rest } = config;
  const value = other[key];
  return value === undefined ? rest : { ...rest, [key]: value };
}

type Json = ModuleConfig[string];

function leafChanges(
  old: Json | undefined,
  now: Json | undefined,
  path: (string | number)[],
): PolicyChange[] {
  if (isDeepStrictEqual(old, now)) return [];
  if (isObject(old) && isObject(now)) {
    const keys = new Set([...Object.keys(old), ...Object.keys(now)]);
    return [...keys].flatMap((key) => leafChanges(old[key], now[key], [...path, key]));
  }
  const label = pathText(path.slice(1));
  if (Array.isArray(old) && Array.isArray(now)) {
    const added = now.filter((item) => !old.some((other) => isDeepStrictEqual(item, other)));
    const removed = old.filter((item) => !now.some((other) => isDeepStrictEqual(item, other)));
    const changes = [
      ...added.map((item) => change("widens", path, `${label}: ${JSON.stringify(item)} added`)),
      ...removed.map((item) => change("narrows", path, `${label}: ${JSON.stringify(item)} removed`)),
    ];
    return changes.length > 0 ? changes : [change("neutral", path, `${label}: other order`)];
  }
  const kind: Kind = typeof old === "number" && typeof now === "number" && now < old ? "narrows" : "widens";
  return [
    change(
      kind,
      path,
      `${label} ${JSON.stringify(old) ?? "(nothing)"} → ${JSON.stringify(now) ?? "(nothing)"}`,
    ),
  ];
}

function isObject(value: Json | undefined): value is Record<string, Json> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function libraryChanges(before: Template, after: Template): PolicyChange[] {
  const changes = listChanges(
    before.libraries.map(libraryLabel),
    after.libraries.map(libraryLabel),
    ["libraries"],
    {
      added: (label) => `now may load the library ${label}`,
      removed: (label) => `may no longer load the library ${label}`,
    },
  );
  if (changes.length === 0 && !isDeepStrictEqual(before.libraries, after.libraries)) {
    changes.push(change("neutral", ["libraries"], "libraries in another order"));
  }
  return changes;
}

function startupChanges(before: Template, after: Template): PolicyChange[] {
  const changes = listChanges(
    before.startup.map((file) => file.path),
    after.startup.map((file) => file.path),
    ["startup"],
    {
      added: (path) => `now runs ${path} when a session starts`,
      removed: (path) => `no longer runs ${path} when a session starts`,
    },
  );
  for (const file of after.startup) {
    const old = before.startup.find((other) => other.path === file.path);
    if (old !== undefined && old.mode !== file.mode) {
      changes.push(
        change("neutral", ["startup"], `${file.path} runs in the mode ${file.mode} instead of ${old.mode}`),
      );
    }
  }
  if (changes.length > 0 || isDeepStrictEqual(before.startup, after.startup)) return changes;
  return [change("neutral", ["startup"], "startup files in another order")];
}

function listChanges(
  old: readonly string[],
  now: readonly string[],
  path: (string | number)[],
  words: { added: (item: string) => string; removed: (item: string) => string },
): PolicyChange[] {
  return [
    ...now.filter((item) => !old.includes(item)).map((item) => change("widens", path, words.added(item))),
    ...old.filter((item) => !now.includes(item)).map((item) => change("narrows", path, words.removed(item))),
  ];
}

function limitChanges(before: Template, after: Template): PolicyChange[] {
  return limitKeys().flatMap((key) => {
    const old = before.limits[key];
    const now = after.limits[key];
    if (old === now) return [];
    const kind = now > old ? "widens" : "narrows";
    return [
      change(
        kind,
        ["limits", key],
        `${LIMIT_WORDS[key]} ${withoutUnit(limitText(key, old), limitText(key, now))} → ${limitText(key, now)}`,
      ),
    ];
  });
}

/** `128 MB → 256 MB` reads better as `128 → 256 MB`. */
function withoutUnit(text: string, other: string): string {
  const unit = text.split(" ")[1];
  return unit !== undefined && unit === other.split(" ")[1] ? text.slice(0, -unit.length - 1) : text;
}

/** Every limit, in the order of the schema. */
export function limitKeys(): (keyof Limits)[] {
  return limitsSchema.keyof().options;
}

function resolverChanges(before: Template, after: Template): PolicyChange[] {
  const old = before.resolver;
  const now = after.resolver;
  const changes = listChanges(old.roots, now.roots, ["resolver", "roots"], {
    added: (root) => `scripts are also looked up in ${root}`,
    removed: (root) => `scripts are no longer looked up in ${root}`,
  });
  if (changes.length === 0 && !isDeepStrictEqual(old.roots, now.roots)) {
    changes.push(change("neutral", ["resolver", "roots"], "scripts are looked up in another order"));
  }
  if (!isDeepStrictEqual(old.extensions, now.extensions)) {
    changes.push(
      change(
        "neutral",
        ["resolver", "extensions"],
        `file endings ${old.extensions.join(" ")} → ${now.extensions.join(" ")}`,
      ),
    );
  }
  if (old.npm !== now.npm) {
    const text = now.npm
      ? "now may load packages from node_modules"
      : "may no longer load packages from node_modules";
    changes.push(change(now.npm ? "widens" : "narrows", ["resolver", "npm"], text));
  }
  return changes;
}

function runtimeChanges(before: Template, after: Template): PolicyChange[] {
  const words = {
    console: ["console output is recorded", "console output is not recorded"],
    strict: ["plain scripts run in strict mode", "plain scripts run in sloppy mode"],
    typescript: ["TypeScript files run", "TypeScript files do not run"],
  } as const;
  return (["console", "strict", "typescript"] as const).flatMap((key) =>
    before.runtime[key] === after.runtime[key]
      ? []
      : [change("neutral", ["runtime", key], words[key][after.runtime[key] ? 0 : 1])],
  );
}
