import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";

/** Place in a text; both count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface JsonFault extends Place {
  readonly message: string;
}

/** A parsed JSON text that still knows where everything stands. */
export interface JsonText {
  readonly source: string;
  /** The value, when the text is JSON. */
  readonly value: unknown;
  readonly faults: readonly JsonFault[];
  /** Where the value at this path stands: a key's name for an unknown key, else the nearest existing parent. */
  placeOf(path: readonly (string | number)[], what?: "value" | "key"): Place;
}

const REASONS: Partial<Record<ReturnType<typeof printParseErrorCode>, string>> = {
  InvalidSymbol: "This is not JSON: an unknown word or character",
  InvalidNumberFormat: "This number is not written as JSON writes numbers",
  PropertyNameExpected: "A key in double quotes is expected here (no comma after the last entry)",
  ValueExpected: "A value is expected here (no comma after the last entry)",
  ColonExpected: "A colon is expected after the key",
  CommaExpected: "A comma is expected between two entries",
  CloseBraceExpected: 'A closing "}" is missing',
  CloseBracketExpected: 'A closing "]" is missing',
  EndOfFileExpected: "There is text after the end of the JSON value",
  InvalidCommentToken: "JSON has no comments; use the description field",
  UnexpectedEndOfComment: "JSON has no comments; use the description field",
  UnexpectedEndOfString: "A closing double quote is missing",
  InvalidUnicode: "This \\u escape is not valid",
  InvalidEscapeCharacter: "This escape is not valid in JSON",
  InvalidCharacter: "A control character must be escaped in a JSON text",
};

/** Parses JSON text strictly: no comments, no trailing commas, no key twice. Never throws, whatever the text. */
export function parseJsonText(source: string): JsonText {
  const errors: ParseError[] = [];
  let tree: Node | undefined;
  const lines = lineStarts(source);
  const place = (offset: number) => placeAt(lines, offset);
  try {
    tree = parseTree(source, errors, { disallowComments: true, allowTrailingComma: false });
  } catch (error) {
    // The parser recurses, so a text of brackets only overflows the stack.
    const message = error instanceof RangeError ? "The values are nested too deeply." : String(error);
    return { source, value: undefined, faults: [{ message, line: 1, column: 1 }], placeOf: () => place(0) };
  }
  const faults = errors.map((error): JsonFault => {
    const code = printParseErrorCode(error.error);
    return { message: `${REASONS[code] ?? "This is not JSON"}.`, ...place(error.offset) };
  });
  if (source.trim() === "")
    faults.splice(0, faults.length, { message: "The file is empty.", line: 1, column: 1 });
  if (tree !== undefined && faults.length === 0) collectDoubleKeys(tree, faults, place);
  let value: unknown;
  if (faults.length === 0) {
    try {
      // JSON.parse keeps a key named `__proto__` as an ordinary key, so that validation sees and refuses it.
      value = JSON.parse(source);
    } catch (error) {
      faults.push({
        message: error instanceof Error ? `${error.message}.` : String(error),
        line: 1,
        column: 1,
      });
    }
  }
  const root = tree;
  return {
    source,
    value,
    faults,
    placeOf: (path, what = "value") => place(root === undefined ? 0 : offsetOf(root, path, what)),
  };
}

function collectDoubleKeys(node: Node, faults: JsonFault[], place: (offset: number) => Place): void {
  const open = [node];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const seen = new Set<string>();
    for (const child of next.children ?? []) {
      const key = child.type === "property" ? child.children?.[0] : undefined;
      if (key !== undefined) {
        const name = String(key.value);
        if (seen.has(name))
          faults.push({ message: `The key "${name}" appears twice.`, ...place(key.offset) });
        seen.add(name);
      }
      open.push(child);
    }
  }
}

function offsetOf(root: Node, path: readonly (string | number)[], what: "value" | "key"): number {
  for (let length = path.length; length > 0; length--) {
    const found = findNodeAtLocation(root, path.slice(0, length));
    if (found === undefined) continue;
    // The key is the better place than a value that is none to look at: an object, a list, or the value of a wrong key.
    const key = found.parent?.type === "property" ? found.parent.children?.[0] : undefined;
    const isKey = what === "key" || (found.type !== "string" && found.type !== "number");
    return length === path.length && key !== undefined && isKey ? key.offset : found.offset;
  }
  return root.offset;
}

function lineStarts(source: string): number[] {
  const starts = [0];
  for (let index = source.indexOf("\n"); index !== -1; index = source.indexOf("\n", index + 1))
    starts.push(index + 1);
  return starts;
}

function placeAt(starts: readonly number[], offset: number): Place {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}

/** Text of a new JSON file: two spaces, a line end at the end. */
export function formatJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
