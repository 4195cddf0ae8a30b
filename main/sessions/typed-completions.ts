import type { MemberDoc } from "../../shared/model/module";
import type { Completion, LiveCompletions } from "../vm/session-runtime";

/** Docs of what a module or a library of the session exports, by specifier; `undefined` when it has none. */
export type MembersOf = (
  specifier: string,
) => readonly Pick<MemberDoc, "name" | "signature" | "summary">[] | undefined;

/**
 * Completions from live values with what the typings know: signature and sentence of each member, and the members of
 * modules that are not loaded yet. `source` is the input, whose own declarations may say what a name stands for.
 */
export function withTypings(
  source: string,
  { from, items, member }: LiveCompletions,
  membersOf: MembersOf,
): { from: number; items: Completion[] } {
  if (member === undefined) return { from, items };
  const { module, path } = member.module === undefined ? declaredIn(source, member.path) : member;
  const docs = module === undefined ? undefined : membersOf(module);
  if (docs === undefined) return { from, items };
  const typed = new Map<string, Completion>();
  for (const { name: label, signature, summary } of membersAt(docs, path)) {
    if (!/^[\w$]+$/.test(label) || !label.startsWith(member.prefix)) continue;
    const detail = firstLine(signature);
    typed.set(label, { label, kind: kindOf(signature), detail, ...(summary === "" ? {} : { summary }) });
  }
  const live = items.map((item) => {
    const { detail, summary } = typed.get(item.label) ?? {};
    typed.delete(item.label);
    return detail === undefined || summary === undefined ? item : { ...item, detail, summary };
  });
  return { from, items: [...live, ...typed.values()] };
}

type Docs = NonNullable<ReturnType<MembersOf>>;

/** Docs of what stands behind these names, from the module's exports on. */
function membersAt(docs: Docs, path: readonly string[]): Docs {
  const prefix = path.map((name) => `${name}.`).join("");
  const within = docs
    .filter(({ name }) => name.startsWith(prefix))
    .map((doc) => ({ ...doc, name: doc.name.slice(prefix.length) }));
  if (within.length > 0 || path.length !== 1) return within;
  // An object whose signature names its members: `promises: { readFile, … }` has those of the module.
  const listed =
    /^[\w$]+: \{(.*)\}$/.exec(docs.find(({ name }) => name === path[0])?.signature ?? "")?.[1] ?? "";
  return listed.split(/[;,]/).flatMap((entry) => {
    const signature = entry.trim().replace(/^readonly\s+/, "");
    const name = /^[\w$]+/.exec(signature)?.[0];
    if (name === undefined) return [];
    return signature === name ? docs.filter((doc) => doc.name === name) : [{ name, signature, summary: "" }];
  });
}

/** The module that a name of the same input is declared to be. */
function declaredIn(
  source: string,
  [name, ...path]: readonly string[],
): { readonly module?: string | undefined; readonly path: readonly string[] } {
  const declarations = source.matchAll(
    /\b(?:(?:const|let|var)\s+([\w$]+)\s*=\s*(?:await\s+)?(?:require|import)\s*\(\s*|import\s+(?:\*\s*as\s+)?([\w$]+)\s+from\s*)(["'])([^"'\n]+)\3/g,
  );
  const found = [...declarations].find((each) => (each[1] ?? each[2]) === name);
  return { module: found?.[4], path };
}

/** A function's parameters and result, without the name that stands beside it. */
function firstLine(signature: string): string {
  return (signature.split("\n")[0] ?? "").trim();
}

function kindOf(signature: string): Completion["kind"] {
  if (/^(?:abstract\s+)?class\b/.test(signature)) return "class";
  return signature.includes("(") ? "method" : "property";
}
