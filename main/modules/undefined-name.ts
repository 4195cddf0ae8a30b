import { ENGINE_LACKS } from "./builtins";

/** Names that Node defines for everybody, and what scripts have instead. */
const OF_NODE: ReadonlyMap<string, string> = new Map([
  ["process", "There is no process here: args and env hold what the run was given, and an error ends it."],
  ["global", "The global object is globalThis."],
  ["__dirname", "ES modules have import.meta.dirname."],
  ["__filename", "ES modules have import.meta.filename."],
]);

/**
 * What a script may have meant by a name that nothing defines; `undefined` when nobody knows it. `modules`: names and aliases
 * of all native modules.
 */
export function undefinedNameHint(
  name: string,
  modules: readonly string[],
  libraries: readonly { readonly id: string; readonly global?: string | undefined }[],
): string | undefined {
  const known = OF_NODE.get(name);
  if (known !== undefined) return known;
  if ((ENGINE_LACKS as readonly string[]).includes(name))
    return `${name} is a part of JavaScript that this engine does not have.`;
  // Buffer is in the module buffer.
  const module = modules.find((candidate) => candidate === name || candidate === name.toLowerCase());
  if (module !== undefined) return `The native module ${module} has to be loaded: require("${module}").`;
  const library = libraries.find(({ id, global }) => name === global || name === id);
  return library === undefined
    ? undefined
    : `${name} is of the library ${library.id}, which the template does not list.`;
}
