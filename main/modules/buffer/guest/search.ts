import { invalidArgType } from "../../guest/node-errors";
import { isBytes } from "./checks";
import { requireEncoding, type Codec } from "./encodings";

/** Where the search goes from its start. */
type Direction = "forward" | "backward";

function matchesAt(bytes: Uint8Array, needle: Uint8Array, at: number): boolean {
  for (let index = 0; index < needle.length; index += 1)
    if (bytes[at + index] !== needle[index]) return false;
  return true;
}

/** `indexOf` and `lastIndexOf` of a buffer, with Node's reading of the arguments; -1 when it is not found. */
export function find(
  bytes: Uint8Array,
  codec: Codec,
  value: unknown,
  from: unknown,
  encoding: unknown,
  direction: Direction,
): number {
  const forward = direction === "forward";
  let offset: unknown = from;
  let name: unknown = encoding;
  if (typeof offset === "string") {
    name = offset;
    offset = undefined;
  }
  const number = Number(offset);
  const start = Number.isNaN(number)
    ? forward
      ? 0
      : bytes.length
    : Math.trunc(Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, number)));
  if (typeof value === "number") return findBytes(bytes, Uint8Array.of(value & 255), start, direction, 1);
  if (typeof value === "string") {
    const known = requireEncoding(name);
    return findBytes(bytes, codec.encode(value, known), start, direction, known === "utf16le" ? 2 : 1);
  }
  if (isBytes(value))
    return findBytes(
      bytes,
      value,
      start,
      direction,
      name !== undefined && requireEncoding(name) === "utf16le" ? 2 : 1,
    );
  throw invalidArgType("value", "one of type number or string or an instance of Buffer or Uint8Array", value);
}

function findBytes(
  bytes: Uint8Array,
  needle: Uint8Array,
  start: number,
  direction: Direction,
  step: number,
): number {
  const forward = direction === "forward";
  let at = start < 0 ? start + bytes.length : start;
  if (at < 0) {
    if (!forward) return -1;
    at = 0;
  }
  if (needle.length === 0) return Math.min(at, bytes.length);
  const last = bytes.length - needle.length;
  if (!forward) at = Math.min(at, last);
  for (; forward ? at <= last : at >= 0; at += forward ? 1 : -1) {
    // Two-byte text is found at whole characters only.
    if (at % step === 0 && matchesAt(bytes, needle, at)) return at;
  }
  return -1;
}
