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
  const prefix = path.map((name) => `${name}.`).join("");
  const typed = new Map<string, Completion>();
  for (const { name, signature, summary } of docs) {
    const label = name.startsWith(prefix) ? name.slice(prefix.length) : "";
    if (!/^[\w$]+$/.test(label) || !label.startsWith(member.prefix)) continue;
    typed.set(label, { label, kind: kindOf(signature), detail: firstLine(signature), summary });
  }
  const live = items.map((item) => {
    const { detail, summary } = typed.get(item.label) ?? {};
    typed.delete(item.label);
    return detail === undefined || summary === undefined ? item : { ...item, detail, summary };
  });
  return { from, items: [...live, ...typed.values()] };
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
