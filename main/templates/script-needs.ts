import { existsSync, readFileSync, statSync } from "node:fs";
import { posix } from "node:path";
import type { ModuleConfig } from "../../shared/model/template";
import { RESOLVER_EXTENSIONS } from "../../shared/model/template";
import type { ModuleCall } from "../modules/module-calls";
import { normalizeFilePath, normalizeRelative, resolveExistingFile, resolveInside } from "../workspace/paths";
import { configFromCalls } from "./config-from-calls";
import { analyzeScript, type ScriptAnalysis } from "./script-analysis";
import type { TemplateRules } from "./rules";

/** What a script, with everything that it loads from the workspace, needs from a template. */
export interface ScriptNeeds {
  /** Workspace-relative path of the script. */
  readonly script: string;
  /** Canonical module names, each with the least configuration that its constant arguments call for. */
  readonly modules: Record<string, ModuleConfig>;
  readonly libraries: string[];
  /** Specifiers that are neither modules nor libraries nor files of the workspace. */
  readonly unknown: string[];
}

const MAX_SCRIPTS = 200;

/**
 * Finds what a script needs by parsing it and the workspace files that it loads; nothing runs. Throws
 * `FILE_NOT_FOUND`, `INVALID_PATH`.
 */
export function scriptNeeds(workspaceRoot: string, path: string, rules: TemplateRules): ScriptNeeds {
  const script = normalizeFilePath(path);
  resolveExistingFile(workspaceRoot, script);
  const calls = new Map<string, ModuleCall[]>();
  const libraries = new Set<string>();
  const unknown = new Set<string>();
  const open = [script];
  const seen = new Set(open);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const analysis = analyzeFile(workspaceRoot, next);
    if (analysis === undefined) continue;
    for (const specifier of analysis.specifiers) {
      const record = rules.registry.find(specifier);
      const file = record === undefined ? findRelative(workspaceRoot, next, specifier) : undefined;
      if (record !== undefined) {
        const known = calls.get(record.name) ?? [];
        calls.set(record.name, [...known, ...analysis.calls.filter((call) => call.specifier === specifier)]);
      } else if (rules.libraries.includes(specifier)) libraries.add(specifier);
      else if (file === undefined) unknown.add(specifier);
      else if (!seen.has(file) && seen.size < MAX_SCRIPTS) {
        seen.add(file);
        open.push(file);
      }
    }
  }
  unknown.delete("vm:args");
  const modules: Record<string, ModuleConfig> = {};
  for (const [name, found] of [...calls].sort(([a], [b]) => a.localeCompare(b))) {
    modules[name] = configFromCalls(name, found, rules.registry);
  }
  return { script, modules, libraries: [...libraries].sort(), unknown: [...unknown].sort() };
}

function analyzeFile(workspaceRoot: string, path: string): ScriptAnalysis | undefined {
  if (path.endsWith(".json")) return undefined;
  try {
    const { real } = resolveExistingFile(workspaceRoot, path);
    return analyzeScript(readFileSync(real, "utf8"), path);
  } catch {
    return undefined; // gone or unreadable: running it will say so
  }
}

/** The workspace file that a relative specifier loads, by the endings that every template starts with. */
function findRelative(workspaceRoot: string, from: string, specifier: string): string | undefined {
  if (!/^\.\.?(?:\/|$)/.test(specifier)) return undefined;
  const base = posix.join(posix.dirname(from), specifier);
  const candidates = [
    base,
    ...RESOLVER_EXTENSIONS.map((ending) => base + ending),
    ...RESOLVER_EXTENSIONS.map((ending) => `${base}/index${ending}`),
  ];
  return candidates.find((candidate) => {
    try {
      const { real, exists } = resolveInside(workspaceRoot, normalizeRelative(candidate));
      return exists && existsSync(real) && statSync(real).isFile();
    } catch {
      return false;
    }
  });
}
