import { posix } from "node:path";
import { placesOfName } from "./import-place";
import type { Position } from "./positions";
import type { SourceStore } from "./sources";

/** What the engine says when an ES module asks another one for a name that this one does not give. */
const LINK_ERROR =
  /^(Could not find export|circular reference when looking for export|export) '(.*)' in module '(.*)'(?: is ambiguous)?$/;

/** An import that cannot be satisfied, in the words and at the place of the file that asks. */
export interface LinkError {
  readonly message: string;
  /** Where the name is imported, in the text as the user wrote it; absent when that is not certain. */
  readonly place?: { readonly path: string; readonly position: Position };
}

/** Explains an engine's message about imported names; `undefined` for every other message. */
export function explainLinkError(message: string, sources: SourceStore): LinkError | undefined {
  const [, kind, name = "", key = ""] = LINK_ERROR.exec(message) ?? [];
  if (kind === undefined) return undefined;
  const id = key.replace(/\?v=\d+$/, "").replace(/^vm:\w+:/, "");
  const askers = [...sources.all()].flatMap(({ path, code, format }) =>
    format === "esm" ? placesOfName(code, name).map((found) => ({ path, ...found })) : [],
  );
  // The engine does not tell who asks: whoever imports the name, best from a specifier that leads there.
  const asker = askers.find(({ path, specifier }) => leadsTo(path, specifier, id)) ?? askers[0];
  const commonjs = [...sources.all()].some(
    ({ path, format }) =>
      format === "commonjs" &&
      (asker === undefined ? path === id : leadsTo(asker.path, asker.specifier, path)),
  );
  const text = sentence(kind, asker?.specifier ?? id, name, commonjs);
  if (asker === undefined) return { message: text };
  return {
    message: text,
    place: { path: asker.path, position: sources.position(asker.path, asker.position) },
  };
}

function sentence(kind: string, module: string, name: string, commonjs: boolean): string {
  if (kind === "export")
    return `The requested module '${module}' contains conflicting star exports for name '${name}'`;
  if (kind.startsWith("circular"))
    return `The requested module '${module}' gives '${name}' in a circle: no module declares it`;
  return missingExport(module, name, commonjs);
}

/** What Node says when a module lacks a name that an import asks for. `module` is the specifier as written. */
export function missingExport(module: string, name: string, commonjs: boolean): string {
  if (!commonjs || name === "default")
    return `The requested module '${module}' does not provide an export named '${name}'`;
  return (
    `Named export '${name}' not found. The requested module '${module}' is a CommonJS module, which may not support all ` +
    `module.exports as named exports.\nCommonJS modules can always be imported via the default export, for example ` +
    `using:\n\nimport pkg from '${module}';\nconst { ${name} } = pkg;`
  );
}

function leadsTo(importer: string, specifier: string, id: string): boolean {
  if (!specifier.startsWith(".")) return specifier.replace(/^node:/, "") === id;
  const target = posix.join(posix.dirname(importer), specifier);
  return id === target || id.startsWith(`${target}.`) || id.startsWith(`${target}/`);
}
