import { invalidArgType } from "../../guest/node-errors";
import { bufferOf, FastBuffer, fromArrayLike, isArrayBuffer } from "./bytes";
import { checkNumber, MAX_LENGTH, outOfBounds } from "./checks";
import { requireEncoding, type Codec } from "./encodings";
import { fillBuffer } from "./fill";

const FROM_EXPECTED =
  "of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object";

function toFloat(value: unknown): number {
  const number = Number(value);
  return Number.isNaN(number) ? 0 : number;
}

function fromArrayBuffer(source: ArrayBuffer, byteOffset: unknown, length: unknown): FastBuffer {
  const offset = byteOffset === undefined ? 0 : toFloat(byteOffset);
  const most = source.byteLength - offset;
  if (most < 0) throw outOfBounds("offset");
  const size = length === undefined ? most : Math.max(0, toFloat(length));
  if (size > most) throw outOfBounds("length");
  return new FastBuffer(source, offset, size);
}

function fromObject(value: object): FastBuffer | undefined {
  const { length, type, data, buffer } = value as {
    length?: unknown;
    type?: unknown;
    data?: unknown;
    buffer?: unknown;
  };
  if (length !== undefined || isArrayBuffer(buffer)) {
    return typeof length === "number" ? fromArrayLike(value as ArrayLike<unknown>) : new FastBuffer(0);
  }
  return type === "Buffer" && Array.isArray(data) ? fromArrayLike(data) : undefined;
}

/** Zeros; there is no memory here that could show what was in it before. */
export function allocPlain(size: unknown): FastBuffer {
  checkNumber(size, "size", 0, MAX_LENGTH);
  return new FastBuffer(size);
}

/** `Buffer.from` and `Buffer.alloc`. */
export function createMakers(codec: Codec) {
  function fromString(text: string, encoding: unknown): FastBuffer {
    const known = typeof encoding !== "string" || encoding.length === 0 ? "utf8" : requireEncoding(encoding);
    return bufferOf(codec.encode(text, known));
  }

  function from(value: unknown, second?: unknown, third?: unknown): FastBuffer {
    if (typeof value === "string") return fromString(value, second);
    if (typeof value === "object" && value !== null) {
      if (isArrayBuffer(value)) return fromArrayBuffer(value, second, third);
      const primitive: unknown = value.valueOf();
      if (
        primitive !== value &&
        primitive !== null &&
        primitive !== undefined &&
        (typeof primitive === "string" || typeof primitive === "object")
      ) {
        return from(primitive, second, third);
      }
      const made = fromObject(value);
      if (made !== undefined) return made;
      const convert = (value as { [Symbol.toPrimitive]?: unknown })[Symbol.toPrimitive];
      if (typeof convert === "function") {
        const text: unknown = convert.call(value, "string");
        if (typeof text === "string") return fromString(text, second);
      }
    }
    throw invalidArgType("first argument", FROM_EXPECTED, value);
  }

  function alloc(size: unknown, fill?: unknown, encoding?: unknown): FastBuffer {
    checkNumber(size, "size", 0, MAX_LENGTH);
    const buffer = new FastBuffer(size);
    if (fill !== undefined && fill !== 0 && size > 0) {
      if (encoding !== undefined && typeof encoding !== "string")
        throw invalidArgType("encoding", "of type string", encoding);
      fillBuffer(codec, buffer, fill, 0, buffer.length, encoding);
    }
    return buffer;
  }

  return { from, alloc };
}
