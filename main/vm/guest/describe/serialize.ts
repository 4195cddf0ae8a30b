import { arrayIsArray, jsonStringify, objectKeys, stringCharCodeAt } from "../primordials";

/**
 * JSON of plain data whose objects and arrays have no prototypes. The engine's own `JSON.stringify` keeps a list inside
 * that meets setters which a script put on `Array.prototype`; when it fails, the text is put together here.
 */
export function serialize(value: unknown): string {
  try {
    return jsonStringify(value);
  } catch {
    return assemble(value);
  }
}

function assemble(value: unknown): string {
  if (typeof value === "string") return quote(value);
  if (typeof value !== "object" || value === null)
    return value === undefined ? "null" : "" + (value as number | boolean | null);
  let text = "";
  if (arrayIsArray(value)) {
    for (let index = 0; index < value.length; index++)
      text += (index === 0 ? "" : ",") + assemble(value[index]);
    return "[" + text + "]";
  }
  const keys = objectKeys(value);
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] ?? "";
    const item = (value as Record<string, unknown>)[key];
    if (item !== undefined) text += (text === "" ? "" : ",") + quote(key) + ":" + assemble(item);
  }
  return "{" + text + "}";
}

const HEX = "0123456789abcdef";

function quote(text: string): string {
  let quoted = '"';
  for (let index = 0; index < text.length; index++) {
    const letter = text[index] ?? "";
    if (letter >= " " && letter <= "~" && letter !== '"' && letter !== "\\") quoted += letter;
    else quoted += "\\u" + hex(letter);
  }
  return quoted + '"';
}

function hex(letter: string): string {
  let code = stringCharCodeAt(letter, 0);
  let digits = "";
  for (let place = 0; place < 4; place++) {
    digits = (HEX[code & 15] ?? "0") + digits;
    code >>= 4;
  }
  return digits;
}
