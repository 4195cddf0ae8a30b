/**
 * Argument errors with the class, code and wording of Node, for the guest halves of modules that carry a Node name.
 * Wording of Node 20, `lib/internal/errors.js`.
 */

/** A string as Node's `inspect` writes it: the quote that needs no escape, control characters escaped. */
function quote(text: string): string {
  const mark = !text.includes("'")
    ? "'"
    : !text.includes('"')
      ? '"'
      : !text.includes("`") && !text.includes("${")
        ? "`"
        : "'";
  const named: Record<string, string> = {
    "\b": "\\b",
    "\t": "\\t",
    "\n": "\\n",
    "\f": "\\f",
    "\r": "\\r",
    "\\": "\\\\",
  };
  let escaped = "";
  for (const char of text) {
    const code = char.charCodeAt(0);
    const lone = char.length === 1 && code >= 0xd800 && code <= 0xdfff;
    if (char === mark) escaped += `\\${char}`;
    else if (named[char] !== undefined) escaped += named[char];
    else if (code < 0x20 || (code >= 0x7f && code < 0xa0))
      escaped += `\\x${code.toString(16).toUpperCase().padStart(2, "0")}`;
    else if (lone) escaped += `\\u${code.toString(16).toUpperCase()}`;
    else escaped += char;
  }
  return mark + escaped + mark;
}

function inspectBriefly(value: unknown): string {
  switch (typeof value) {
    case "string":
      return quote(value);
    case "bigint":
      return `${value}n`;
    case "number":
      return Object.is(value, -0) ? "-0" : String(value);
    case "function":
      return value.name === "" ? "[Function (anonymous)]" : `[Function: ${value.name}]`;
    case "object":
      if (value === null) return "null";
      return Array.isArray(value)
        ? "[Array]"
        : Object.getPrototypeOf(value) === null
          ? "[Object: null prototype] {}"
          : "[Object]";
    default:
      return String(value);
  }
}

/** What Node says it received: `undefined`, `type number (1)`, `function f`, `an instance of Map`. */
export function describeReceived(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === "function") return `function ${value.name}`;
  if (typeof value === "object") {
    const constructor = (value as { constructor?: { name?: unknown } }).constructor;
    if (typeof constructor?.name === "string" && constructor.name !== "")
      return `an instance of ${constructor.name}`;
    return inspectBriefly(value);
  }
  const text = inspectBriefly(value);
  return `type ${typeof value} (${text.length > 28 ? `${text.slice(0, 25)}...` : text})`;
}

function coded<E extends Error>(error: E, code: string): E & { code: string } {
  return Object.assign(error, { code });
}

/** `ERR_INVALID_ARG_TYPE`; `expected` as Node words it: "of type string or an instance of Buffer or URL". */
export function invalidArgType(
  name: string,
  expected: string,
  actual: unknown,
): TypeError & { code: string } {
  const subject = name.endsWith(" argument")
    ? `The ${name}`
    : `The "${name}" ${name.includes(".") ? "property" : "argument"}`;
  return coded(
    new TypeError(`${subject} must be ${expected}. Received ${describeReceived(actual)}`),
    "ERR_INVALID_ARG_TYPE",
  );
}

/** `ERR_INVALID_ARG_VALUE`. */
export function invalidArgValue(
  name: string,
  actual: unknown,
  reason = "is invalid",
): TypeError & { code: string } {
  const received = inspectBriefly(actual);
  const shown = received.length > 128 ? `${received.slice(0, 128)}...` : received;
  const kind = name.includes(".") ? "property" : "argument";
  return coded(new TypeError(`The ${kind} '${name}' ${reason}. Received ${shown}`), "ERR_INVALID_ARG_VALUE");
}

/** Throws `ERR_INVALID_ARG_TYPE` unless the value is a string. */
export function validateString(value: unknown, name: string): asserts value is string {
  if (typeof value !== "string") throw invalidArgType(name, "of type string", value);
}

/** Throws `ERR_INVALID_ARG_TYPE` unless the value is an object and no array. */
export function validateObject(value: unknown, name: string): asserts value is object {
  if (value === null || Array.isArray(value) || typeof value !== "object")
    throw invalidArgType(name, "of type object", value);
}
