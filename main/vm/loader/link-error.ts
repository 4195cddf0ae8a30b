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
  const subject = `"${asker?.specifier ?? id}"`;
  const text = sentence(kind, subject, name);
  if (asker === undefined) return { message: text };
  return {
    message: text,
    place: { path: asker.path, position: sources.position(asker.path, asker.position) },
  };
}

function sentence(kind: string, subject: string, name: string): string {
  if (kind === "export") return `${subject} has more than one export named "${name}" (by export *).`;
  if (kind.startsWith("circular")) return `${subject} gives "${name}" in a circle: no module declares it.`;
  return name === "default"
    ? `${subject} has no default export.`
    : `${subject} has no export named "${name}".`;
}

function leadsTo(importer: string, specifier: string, id: string): boolean {
  if (!specifier.startsWith(".")) return specifier.replace(/^node:/, "") === id;
  const target = posix.join(posix.dirname(importer), specifier);
  return id === target || id.startsWith(`${target}.`) || id.startsWith(`${target}/`);
}
