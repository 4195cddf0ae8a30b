import { type ErrorDetails, WorkbenchError } from "../../shared/model/error";
import { type ModuleConfig, moduleConfigSchema } from "../../shared/model/template";
import { builtinName, engineHas } from "./builtins";
import { nearest } from "../../shared/model/nearest";
import type { AnyNativeModule } from "./record";
import { type Registry, registry as applicationRegistry } from "./registry";
import { describeIssues, pathText, type ProblemPath } from "./schema-problems";

/** A module that a template may list: its canonical name and its complete, validated configuration. */
export interface AllowedModule {
  readonly name: string;
  readonly config: ModuleConfig;
  readonly record: AnyNativeModule;
}

/** One thing that is wrong with a template's modules. `path` counts from the `modules` object. */
export interface ModuleProblem {
  readonly path: ProblemPath;
  readonly error: WorkbenchError;
}

/** What checking one module gives: it is allowed, or the reasons why not. */
export type ModuleDecision =
  | { readonly allowed: true; readonly module: AllowedModule }
  | { readonly allowed: false; readonly problems: readonly ModuleProblem[] };

/**
 * Decides whether a template may list a module under this name with this configuration. File, form, IPC, command line
 * and import all ask here, so that nothing gets in by another way: built-ins and unknown names are
 * `MODULE_NOT_ALLOWED`, a configuration that its schema refuses is `VALIDATION_ERROR`.
 */
export function decideModule(
  name: string,
  config: unknown = {},
  registry: Registry = applicationRegistry,
): ModuleDecision {
  const record = registry.find(name.trim());
  if (record === undefined) {
    return { allowed: false, problems: [{ path: [name], error: notAllowed(name, registry) }] };
  }
  const parsed = record.configSchema.safeParse(config);
  if (parsed.success) {
    return {
      allowed: true,
      module: { name: record.name, config: moduleConfigSchema.parse(parsed.data), record },
    };
  }
  const problems = describeIssues(record.configSchema, parsed.error.issues).map(
    ({ path, message, ...found }) => {
      const place = pathText(["modules", record.name, ...path]);
      const details: ErrorDetails = { module: record.name, path, ...found };
      return {
        path: [name, ...path],
        error: new WorkbenchError("VALIDATION_ERROR", `${place}: ${message}`, details),
      };
    },
  );
  return { allowed: false, problems };
}

/** Like {@link decideModule}, but throws the first reason. */
export function checkModule(name: string, config: unknown = {}, registry?: Registry): AllowedModule {
  const decision = decideModule(name, config, registry);
  if (decision.allowed) return decision.module;
  throw decision.problems[0]?.error ?? notAllowed(name, registry ?? applicationRegistry);
}

/**
 * Decides about the whole `modules` object of a template. Aliases become the canonical name; the same module under
 * two names is a problem, because one of two configurations would silently lose.
 */
export function decideModules(
  modules: Readonly<Record<string, unknown>>,
  registry?: Registry,
): { modules: Record<string, ModuleConfig>; problems: ModuleProblem[] } {
  const allowed = new Map<string, ModuleConfig>();
  const writtenAs = new Map<string, string>();
  const problems: ModuleProblem[] = [];
  for (const [name, config] of Object.entries(modules)) {
    const decision = decideModule(name, config, registry);
    if (!decision.allowed) {
      problems.push(...decision.problems);
      continue;
    }
    const canonical = decision.module.name;
    const earlier = writtenAs.get(canonical);
    if (earlier !== undefined) {
      const message = `${canonical} is listed twice, as "${earlier}" and "${name}". Keep one of the two.`;
      problems.push({
        path: [name],
        error: new WorkbenchError("VALIDATION_ERROR", message, { module: canonical }),
      });
      continue;
    }
    writtenAs.set(canonical, name);
    allowed.set(canonical, decision.module.config);
  }
  return { modules: Object.fromEntries(allowed), problems };
}

/** Why a name cannot be configured in a template. */
function notAllowed(name: string, registry: Registry): WorkbenchError {
  const builtin = builtinName(name);
  if (builtin !== undefined) {
    const message = engineHas(builtin)
      ? `${builtin} is a JavaScript built-in: it is always available and cannot be configured. Remove it from the template's modules.`
      : `${builtin} is part of JavaScript, not a native module: it cannot be configured. Remove it from the template's modules.`;
    return new WorkbenchError("MODULE_NOT_ALLOWED", message, { module: name, reason: "builtin", builtin });
  }
  const near = nearestModule(name, registry);
  const hint =
    near === undefined
      ? `Registrable modules: ${registry
          .list()
          .map((record) => record.name)
          .join(", ")}.`
      : `Did you mean "${near}"?`;
  return new WorkbenchError("MODULE_NOT_ALLOWED", `There is no native module "${name.trim()}". ${hint}`, {
    module: name,
    reason: "unknown",
    ...(near === undefined ? {} : { nearest: near }),
  });
}

/** Canonical name of the registered module whose name or alias is nearest. */
function nearestModule(name: string, registry: Registry): string | undefined {
  const near = nearest(name, registry.names());
  return near === undefined ? undefined : registry.find(near)?.name;
}
