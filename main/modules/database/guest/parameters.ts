import type { WireValue } from "../../../vm/guest/bridge";

function toValue(value: unknown, name: string): WireValue {
  switch (typeof value) {
    case "string":
    case "number":
    case "bigint":
      return value;
    case "boolean":
      return value ? 1 : 0;
    case "object":
      if (value === null) return null;
      if (ArrayBuffer.isView(value)) {
        return new Uint8Array(value.buffer as ArrayBuffer, value.byteOffset, value.byteLength).slice();
      }
      if (value instanceof ArrayBuffer) return new Uint8Array(value);
      if (value instanceof Date)
        throw new TypeError(`${name} is a Date: give its text (toISOString) or its number (getTime).`);
      throw new TypeError(`${name} is an object: SQLite stores null, numbers, bigints, texts and bytes.`);
    default:
      throw new TypeError(
        value === undefined
          ? `${name} is undefined: give null for NULL.`
          : `${name} is a ${typeof value}, which SQLite cannot store.`,
      );
  }
}

const isNamed = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  !ArrayBuffer.isView(value) &&
  !(value instanceof ArrayBuffer) &&
  !(value instanceof Date);

/** Parameters as a script writes them: a list, an object of names, or the values one after the other. */
export function toParameters(args: readonly unknown[]): WireValue {
  const [first] = args;
  if (args.length === 0 || (args.length === 1 && first === undefined)) return undefined;
  if (args.length === 1 && isNamed(first)) {
    return {
      named: Object.entries(first).flatMap(([name, value]) => [name, toValue(value, `Parameter "${name}"`)]),
    };
  }
  const list = args.length === 1 && Array.isArray(first) ? (first as unknown[]) : args;
  return { list: list.map((value, index) => toValue(value, `Parameter ${index + 1}`)) };
}
