import type { WireValue } from "../../vm/guest/bridge";

/**
 * Arguments of a call as the host half gets them. A script may pass anything, and Node's own functions word the
 * complaint about it, so what cannot cross is described well enough for that: never the thing itself. Plain values, the
 * most of all, cross as they are.
 */
export type WireArgument =
  | undefined
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | { readonly is: "array"; readonly items: readonly WireArgument[] }
  | { readonly is: "object" | "bare"; readonly entries: { readonly [key: string]: WireArgument } }
  | { readonly is: "url"; readonly href: string }
  | { readonly is: "function" | "symbol" | "instance"; readonly name: string };

const MAX_DEPTH = 4;
const MAX_ITEMS = 1000;

function isUrl(value: object): value is { href: string } {
  // The test that Node's own path functions make.
  const { href, protocol, auth, path } = value as Record<string, unknown>;
  return (
    Boolean(href) && Boolean(protocol) && auth === undefined && path === undefined && typeof href === "string"
  );
}

function bytesOf(view: ArrayBufferView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

function constructorName(value: object): string {
  const name: unknown = (value as { constructor?: { name?: unknown } }).constructor?.name;
  return typeof name === "string" ? name : "";
}

function encodeObject(value: object, depth: number): WireArgument {
  if (ArrayBuffer.isView(value)) return bytesOf(value);
  if (Array.isArray(value)) {
    if (depth === 0) return { is: "array", items: [] };
    return { is: "array", items: value.slice(0, MAX_ITEMS).map((item) => encodeArgument(item, depth - 1)) };
  }
  if (isUrl(value)) return { is: "url", href: value.href };
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null)
    return { is: "instance", name: constructorName(value) };
  // Without a prototype: a key named __proto__ must stay a key.
  const entries = Object.create(null) as Record<string, WireArgument>;
  if (depth > 0) {
    for (const key of Object.keys(value).slice(0, MAX_ITEMS)) {
      if (key !== "__proto__")
        entries[key] = encodeArgument((value as Record<string, unknown>)[key], depth - 1);
    }
  }
  return { is: prototype === null ? "bare" : "object", entries };
}

function encodeArgument(value: unknown, depth: number): WireArgument {
  switch (typeof value) {
    case "function":
      return { is: "function", name: typeof value.name === "string" ? value.name : "" };
    case "symbol":
      return { is: "symbol", name: value.description ?? "" };
    case "object":
      return value === null ? value : encodeObject(value, depth);
    case "undefined":
    case "boolean":
    case "number":
    case "bigint":
    case "string":
      return value;
  }
}

// More than any function takes; the bridge carries a few more.
const MAX_ARGUMENTS = 16;

/** Whether an argument crosses as it is. */
function isPlain(value: unknown): value is string | number | boolean | bigint | undefined | null {
  switch (typeof value) {
    case "function":
    case "symbol":
      return false;
    case "object":
      return value === null;
    default:
      return true;
  }
}

/** Describes what a script passed, for a host half that decodes it with `decodeArguments`. Runs the getters of plain objects. */
export function encodeArguments(args: readonly unknown[]): readonly WireValue[] {
  // Nearly every call: no list is made.
  if (args.length === 1 && isPlain(args[0])) return args as readonly WireValue[];
  return args.slice(0, MAX_ARGUMENTS).map((argument) => encodeArgument(argument, MAX_DEPTH));
}

/** As `encodeArguments`, in one argument: for functions that take any number. The host half decodes an array. */
export function encodeAsOne(args: readonly unknown[]): WireValue {
  return encodeArgument(args, MAX_DEPTH);
}
