import { createContext, runInContext } from "node:vm";
import { hostGlobalNames } from "./globals";

/** ECMAScript globals of the engine that older versions of V8 do not know; a test asks the engine. */
export const ENGINE_ONLY = ["Iterator", "Float16Array", "InternalError"] as const;
/** ECMAScript globals that the engine lacks; still never modules. A test asks the engine. */
export const ENGINE_LACKS = ["Intl", "Atomics", "WebAssembly", "Temporal"] as const;

// A fresh context holds what the language defines and nothing of Node's, so the list grows with the language.
const languageNames: readonly string[] = (() => {
  const names: unknown = runInContext("Object.getOwnPropertyNames(globalThis)", createContext());
  return Array.isArray(names) ? names.map(String) : [];
})();

const byLowerCase = new Map(
  [...ENGINE_LACKS, ...ENGINE_ONLY, ...languageNames, ...hostGlobalNames()].map((name) => [
    name.toLowerCase(),
    name,
  ]),
);

/**
 * The JavaScript built-in that this name means, in its own spelling (`" json "` → `JSON`), or `undefined`. Spaces
 * around it and case do not matter: older data and people write `json`, `JSON` and `Json`.
 */
export function builtinName(name: string): string | undefined {
  return byLowerCase.get(name.trim().toLowerCase());
}

/** Every built-in in its own spelling, sorted. */
export function builtinNames(): string[] {
  return [...new Set(byLowerCase.values())].sort((a, b) => a.localeCompare(b));
}

/** Whether scripts really have this built-in (a few parts of the language are missing in the engine). */
export function engineHas(builtin: string): boolean {
  return !(ENGINE_LACKS as readonly string[]).includes(builtin);
}
