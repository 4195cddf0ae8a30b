import { invalidArgType } from "../../guest/node-errors";
import { outOfRange } from "../../guest/out-of-range";

/** Node's `buffer.constants.MAX_LENGTH`: argument checks name it, memory ends much earlier. */
export const MAX_LENGTH = 2 ** 32;
export const MAX_STRING_LENGTH = 2 ** 29 - 24;

export const isBytes = (value: unknown): value is Uint8Array => value instanceof Uint8Array;

/** Throws `ERR_INVALID_ARG_TYPE` unless the value is bytes. */
export function checkBytes(value: unknown, name: string): asserts value is Uint8Array {
  if (!isBytes(value)) throw invalidArgType(name, "an instance of Buffer or Uint8Array", value);
}

/** Throws `ERR_INVALID_ARG_TYPE`, or `ERR_OUT_OF_RANGE` outside the bounds (which NaN always is). */
export function checkNumber(
  value: unknown,
  name: string,
  min?: number,
  max?: number,
): asserts value is number {
  if (typeof value !== "number") throw invalidArgType(name, "of type number", value);
  const tooSmall = min !== undefined && value < min;
  const tooLarge = max !== undefined && value > max;
  if (tooSmall || tooLarge || ((min !== undefined || max !== undefined) && Number.isNaN(value))) {
    const range = [min === undefined ? [] : [`>= ${min}`], max === undefined ? [] : [`<= ${max}`]]
      .flat()
      .join(" && ");
    throw outOfRange(name, range, value);
  }
}

/** Throws `ERR_INVALID_ARG_TYPE`, or `ERR_OUT_OF_RANGE` for a fraction and outside the bounds. */
export function checkInteger(
  value: unknown,
  name: string,
  min = 0,
  max = MAX_LENGTH,
): asserts value is number {
  if (typeof value !== "number") throw invalidArgType(name, "of type number", value);
  if (!Number.isInteger(value)) throw outOfRange(name, "an integer", value);
  if (value < min || value > max) throw outOfRange(name, `>= ${min} && <= ${max}`, value);
}

/** `ERR_BUFFER_OUT_OF_BOUNDS`. */
export function outOfBounds(name?: string): RangeError {
  const text =
    name === undefined
      ? "Attempt to access memory outside buffer bounds"
      : `"${name}" is outside of buffer bounds`;
  return Object.assign(new RangeError(text), { code: "ERR_BUFFER_OUT_OF_BOUNDS" });
}

/** Why an offset that does not fit is refused; `last` is the largest that would. */
export function offsetError(value: number, last: number, name?: "byteLength"): RangeError {
  if (Math.floor(value) !== value) {
    // Node lets NaN and fractions fail here before the bounds.
    checkNumber(value, name ?? "offset");
    return outOfRange(name ?? "offset", "an integer", value);
  }
  if (last < 0) return outOfBounds();
  return outOfRange(name ?? "offset", `>= ${name === undefined ? 0 : 1} and <= ${last}`, value);
}
