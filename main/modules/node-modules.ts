import { isBuiltin } from "node:module";

/** What scripts have instead of modules of Node that have no counterpart of the same name. */
export const INSTEAD: ReadonlyMap<string, { readonly module: string } | { readonly say: string }> = new Map([
  ["child_process", { module: "exec" }],
  ["http", { module: "fetch" }],
  ["https", { module: "fetch" }],
  ["sqlite", { module: "database" }],
  ["timers", { module: "timer" }],
  ["timers/promises", { module: "timer" }],
  ["perf_hooks", { say: "performance is always there and needs no require." }],
  ["process", { say: "args and env hold what the run was given." }],
  ["worker_threads", { say: "A session is one thread." }],
]);

/**
 * What to do about a specifier that names a module of Node which is not registered: a part of a registered one
 * (`fs/promises`), something else, or nothing. `undefined` for everything else. `modules`: names and aliases that there are.
 */
export function nodeModuleAdvice(specifier: string, modules: readonly string[]): string | undefined {
  if (!isBuiltin(specifier)) return undefined;
  const name = specifier.replace(/^node:/, "");
  const [base = "", member] = name.split("/");
  if (member !== undefined && modules.includes(base))
    return `${specifier} is a part of the native module ${base}: write require("${base}").${member}.`;
  const instead = INSTEAD.get(name);
  const advice =
    instead === undefined
      ? ""
      : "say" in instead
        ? ` ${instead.say}`
        : ` The native module ${instead.module} may do what you need.`;
  return `${name} is a module of Node that does not exist here.${advice}`;
}
