import { findNodeAtLocation, parse, parseTree, type JSONPath, type ParseError } from "jsonc-parser";

/** Replaces `length` characters at `offset`. */
export interface TextEdit {
  readonly offset: number;
  readonly length: number;
  readonly content: string;
}

/** The value of a JSON text as far as it can be read, and whether it can be read whole. */
export interface ReadJson {
  readonly value: unknown;
  readonly isWhole: boolean;
}

const STRICT = { disallowComments: true, allowTrailingComma: false } as const;

/** Reads JSON text; never throws, whatever the text. */
export function readJson(text: string): ReadJson {
  const errors: ParseError[] = [];
  try {
    const value: unknown = parse(text, errors, STRICT);
    return { value, isWhole: errors.length === 0 };
  } catch {
    // The parser recurses, so a text of brackets only overflows the stack.
    return { value: undefined, isWhole: false };
  }
}

/** The smallest single edit that turns one text into the other; `undefined` when they are equal. */
export function smallestEdit(before: string, after: string): TextEdit | undefined {
  if (before === after) return undefined;
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  // An edit must not begin or end inside of a line end or of a character that takes two code units.
  if (isInside(before, start) || isInside(after, start)) start -= 1;
  let end = 0;
  while (
    end < most - start &&
    before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)
  )
    end += 1;
  if (end > 0 && (isInside(before, before.length - end) || isInside(after, after.length - end))) end -= 1;
  return {
    offset: start,
    length: before.length - end - start,
    content: after.slice(start, after.length - end),
  };
}

function isInside(text: string, index: number): boolean {
  const before = text.charCodeAt(index - 1);
  const after = text.charCodeAt(index);
  const splitsLineEnd = before === 13 && after === 10;
  const splitsPair = before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
  return splitsLineEnd || splitsPair;
}

/**
 * Where the value at a path stands, or its nearest parent that is there.
 * @param what `key` for what is wrong with the key itself, such as an unknown one.
 */
export function placeInJson(
  text: string,
  path: JSONPath,
  what: "value" | "key" = "value",
): { offset: number; length: number } {
  const root = parseTree(text, [], STRICT);
  if (root === undefined) return { offset: 0, length: 0 };
  for (let depth = path.length; depth > 0; depth -= 1) {
    const node = findNodeAtLocation(root, path.slice(0, depth));
    if (node === undefined) continue;
    const key = node.parent?.type === "property" ? node.parent.children?.[0] : undefined;
    // A whole object underlined from brace to brace is noise: its key says where it is.
    const isContainer = node.type === "object" || node.type === "array";
    const isKey = isContainer || (what === "key" && depth === path.length);
    const shown = isKey && key !== undefined ? key : node;
    return { offset: shown.offset, length: isContainer && key === undefined ? 1 : shown.length };
  }
  return { offset: root.offset, length: 1 };
}

/** The value at a path of a value; `undefined` when there is none. */
export function valueAt(value: unknown, path: JSONPath): unknown {
  let current = value;
  for (const key of path) {
    if (typeof current !== "object" || current === null || !Object.hasOwn(current, key)) return undefined;
    current = Reflect.get(current, key);
  }
  return current;
}
