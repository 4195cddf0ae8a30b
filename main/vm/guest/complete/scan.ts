import { add, list } from "../describe/intrinsics";
import { stringCharCodeAt, stringIncludes, stringSlice, uncurryThis } from "../primordials";

const exec = uncurryThis(RegExp.prototype.exec) as (pattern: RegExp, text: string) => RegExpExecArray | null;

/** What stands before the cursor. */
export type Place =
  /** A member: the values that lead to it, from the global name on, and what is typed of it. */
  | {
      readonly kind: "member";
      readonly path: readonly string[];
      readonly prefix: string;
      readonly quoted: boolean;
    }
  /** A member of a literal: the class of the literal. */
  | { readonly kind: "literal"; readonly of: "String" | "Array" | "RegExp"; readonly prefix: string }
  /** A member of what `require("…")` gives: which module, the names behind it, and what is typed. */
  | {
      readonly kind: "required";
      readonly module: string;
      readonly path: readonly string[];
      readonly prefix: string;
    }
  | { readonly kind: "name"; readonly prefix: string }
  | { readonly kind: "module"; readonly prefix: string }
  | { readonly kind: "nothing" };

const NOTHING: Place = { kind: "nothing" };
/** Only the end of a long input matters. */
const MAX_LOOK_BACK = 10_000;
const MODULE = /(?:\b(?:require|import)\s*\(\s*|\bfrom\s*|\bimport\s*)(["'])([^"'\n]*)$/;
const REQUIRED = /\brequire\s*\(\s*(["'])([^"'\\\n]+)\1\s*\)((?:\s*\??\.\s*[\w$]+)*)\s*\??\.\s*([\w$]*)$/;
const QUOTED_MEMBER = /(?:\?\.)?\[\s*(["'])([^"'\\\n]*)$/;

/** Finds out what is being typed at the end of the text, without a parser: the input is seldom complete. */
export function scan(text: string): Place {
  const source = text.length > MAX_LOOK_BACK ? stringSlice(text, text.length - MAX_LOOK_BACK) : text;
  const inside = openQuote(source);
  if (inside === "comment") return NOTHING;
  if (inside === "string") {
    const module = exec(MODULE, source);
    if (module !== null) return { kind: "module", prefix: module[2] ?? "" };
    const quoted = exec(QUOTED_MEMBER, source);
    if (quoted === null) return NOTHING;
    const path = pathBefore(source, quoted.index);
    return path === undefined ? NOTHING : { kind: "member", path, prefix: quoted[2] ?? "", quoted: true };
  }
  const start = wordStart(source, source.length);
  const prefix = stringSlice(source, start);
  if (prefix !== "" && isDigit(prefix, 0)) return NOTHING;
  const dot = beforeDot(source, start);
  if (dot === -1) return { kind: "name", prefix };
  const literal = literalBefore(source, dot);
  if (literal !== undefined) return { kind: "literal", of: literal, prefix };
  const path = pathBefore(source, dot);
  return path === undefined ? required(source) : { kind: "member", path, prefix, quoted: false };
}

function required(source: string): Place {
  const found = exec(REQUIRED, source);
  if (found === null) return NOTHING;
  const path = list<string>();
  const names = found[3] ?? "";
  for (let at = 0; at < names.length; at++) {
    const start = at;
    while (at < names.length && isWord(stringCharCodeAt(names, at))) at++;
    if (at > start) add(path, stringSlice(names, start, at));
  }
  return { kind: "required", module: found[2] ?? "", path, prefix: found[4] ?? "" };
}

/** Whether the end of the text is inside a string or a comment. */
function openQuote(text: string): "string" | "comment" | "none" {
  let quote = "";
  for (let index = 0; index < text.length; index++) {
    const letter = text[index] ?? "";
    const next = text[index + 1] ?? "";
    if (quote === "//") {
      if (letter === "\n") quote = "";
    } else if (quote === "/*") {
      if (letter === "*" && next === "/") {
        quote = "";
        index += 1;
      }
    } else if (quote !== "") {
      if (letter === "\\") index += 1;
      else if (letter === quote || (letter === "\n" && quote !== "`")) quote = "";
      else if (quote === "`" && letter === "$" && next === "{") quote = "";
    } else if (letter === '"' || letter === "'" || letter === "`") quote = letter;
    else if (letter === "/" && (next === "/" || next === "*")) {
      quote = letter + next;
      index += 1;
    }
  }
  if (quote === "") return "none";
  return quote === "//" || quote === "/*" ? "comment" : "string";
}

/** Place of the `.` or `?.` before a word; -1 when there is none. */
function beforeDot(text: string, end: number): number {
  const at = skipBlanks(text, end);
  if (at === 0 || text[at - 1] !== ".") return -1;
  if (text[at - 2] === "?") return at - 2;
  // Three dots spread a value: what follows is a name.
  return text[at - 2] === "." ? -1 : at - 1;
}

function literalBefore(text: string, end: number): "String" | "Array" | "RegExp" | undefined {
  const at = skipBlanks(text, end);
  const last = text[at - 1] ?? "";
  if (last === '"' || last === "'" || last === "`") return "String";
  if (last === "]" && text[at - 2] === "[") return "Array";
  return undefined;
}

/** The chain of plain names that ends before a place: `a.b["c"][0]`. Calls are not run, so nothing is known behind one. */
function pathBefore(text: string, end: number): string[] | undefined {
  const parts = list<string>();
  let at = skipBlanks(text, end);
  for (let step = 0; step < 50; step++) {
    if (text[at - 1] === "]") {
      const key = bracketKey(text, at);
      if (key === undefined) return undefined;
      add(parts, key.name);
      at = skipBlanks(text, key.start);
      if (text[at - 1] === "." && text[at - 2] === "?") at = skipBlanks(text, at - 2);
      continue;
    }
    const start = wordStart(text, at);
    if (start === at) return undefined;
    const word = stringSlice(text, start, at);
    if (isDigit(word, 0)) return undefined;
    add(parts, word);
    const dot = beforeDot(text, start);
    if (dot === -1) return reversed(parts);
    at = skipBlanks(text, dot);
  }
  return undefined;
}

/** The literal key in brackets that end before a place. */
function bracketKey(text: string, end: number): { name: string; start: number } | undefined {
  let at = end - 1;
  const last = text[at - 1] ?? "";
  if (last === '"' || last === "'") {
    at -= 1;
    const stop = at;
    while (at > 0 && text[at - 1] !== last) at -= 1;
    const name = stringSlice(text, at, stop);
    return text[at - 2] === "[" && !stringIncludes(name, "\\") ? { name, start: at - 2 } : undefined;
  }
  const stop = at;
  while (at > 0 && isDigit(text, at - 1)) at -= 1;
  return at < stop && text[at - 1] === "[" ? { name: stringSlice(text, at, stop), start: at - 1 } : undefined;
}

function reversed(parts: readonly string[]): string[] {
  const path = list<string>();
  for (let index = parts.length - 1; index >= 0; index--) add(path, parts[index] ?? "");
  return path;
}

function skipBlanks(text: string, end: number): number {
  let at = end;
  while (at > 0 && stringIncludes(" \t\n\r", text[at - 1] ?? "x")) at -= 1;
  return at;
}

function wordStart(text: string, end: number): number {
  let at = end;
  while (at > 0 && isWord(stringCharCodeAt(text, at - 1))) at -= 1;
  return at;
}

function isDigit(text: string, index: number): boolean {
  const code = stringCharCodeAt(text, index);
  return code >= 48 && code <= 57;
}

/** Letters, digits, `_`, `$` and everything beyond ASCII. */
export function isWord(code: number): boolean {
  return (
    (code >= 48 && code <= 57) ||
    (code >= 65 && code <= 90) ||
    (code >= 97 && code <= 122) ||
    code === 95 ||
    code === 36 ||
    code > 127
  );
}
