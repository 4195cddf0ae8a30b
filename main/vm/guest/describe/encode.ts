import type { Encoded, EncodedKey } from "../../inspect/descriptor";
import { objectIs, stringSlice } from "../primordials";
import { bigintToString, symbolDescription, toStringTag } from "./intrinsics";

export type Primitive = undefined | null | boolean | number | bigint | string | symbol;

// Writing a number of n digits in base 10 takes time n²; 2 ** 100000 takes the engine a few milliseconds.
const LARGE_BIGINT = 2n ** 100_000n;

/** Symbols longer than this are cut; Node prints them whole, but nobody reads them. */
const MAX_SYMBOL = 1_000;

/** Whether a value has no properties of its own, so that it can be encoded as it is. */
export function isPrimitive(value: unknown): value is Primitive {
  return value === null || (typeof value !== "object" && typeof value !== "function");
}

/** Encodes a primitive; strings are cut at `maxString` characters. */
export function encodePrimitive(value: Primitive, maxString: number): Encoded {
  switch (typeof value) {
    case "string":
      return value.length <= maxString ? value : ["s", stringSlice(value, 0, maxString), value.length];
    case "number":
      if (value - value !== 0)
        return ["n", value === Infinity ? "Infinity" : value === -Infinity ? "-Infinity" : "NaN"];
      return objectIs(value, -0) ? ["n", "-0"] : value;
    case "undefined":
      return ["u"];
    case "bigint":
      if (value > LARGE_BIGINT || value < -LARGE_BIGINT)
        return ["t", (value < 0n ? "-" : "") + "<bigint of more than 30,000 digits>"];
      return ["b", bigintToString(value)];
    case "symbol":
      return ["y", describeSymbol(value)];
    default:
      return value;
  }
}

/** A property's key as it crosses. */
export function encodeKey(key: string | symbol): EncodedKey {
  if (typeof key === "string") return key;
  return key === toStringTag ? ["y", "Symbol.toStringTag", "tag"] : ["y", describeSymbol(key)];
}

function describeSymbol(symbol: symbol): string | null {
  const description = symbolDescription(symbol);
  if (description === undefined) return null;
  return description.length <= MAX_SYMBOL ? description : stringSlice(description, 0, MAX_SYMBOL);
}
