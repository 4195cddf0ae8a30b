import type { WireValue } from "./bridge";
import {
  IntrinsicArrayBuffer,
  IntrinsicBigInt,
  IntrinsicNumber,
  IntrinsicTypeError,
  IntrinsicUint8Array,
  arrayBufferByteLength,
  arrayBufferSlice,
  arrayIsArray,
  arrayJoin,
  arrayPush,
  jsonParse,
  jsonStringify,
  objectIs,
  objectKeys,
  numberIsFinite,
  reflectApply,
  stringIncludes,
  stringIsWellFormed,
  typedArrayBuffer,
  typedArrayByteLength,
  typedArrayByteOffset,
  typedArraySet,
  typedArrayTag,
} from "./primordials";

// How one argument travels; two bits each, see main/vm/host/wire.ts for the other side.
export const RAW = 0;
export const JSON_TEXT = 1;
export const BYTES = 2;
/** Long text: sent unchecked, with its length behind the arguments, from which the host sees whether it arrived whole. */
export const LONG_TEXT = 3;

/** Above this length, looking for what does not survive costs more here than the host's comparison. */
const LONG = 1024;

/** A host function as the engine gives it: number, modes of the arguments, arguments. */
export type RawHostFunction = (...args: unknown[]) => unknown;

const BITS_PER_MODE = 2;

/** Text that survives the engine's C strings: they end at NUL and mangle lone surrogates. */
function isPlainText(text: string): boolean {
  return !stringIncludes(text, "\0") && stringIsWellFormed(text);
}

function isRaw(value: unknown): boolean {
  switch (typeof value) {
    case "string":
      return value.length <= LONG && isPlainText(value);
    case "number":
    case "boolean":
    case "undefined":
      return true;
    default:
      return value === null;
  }
}

/** Calls a host function with values of any wire type; `lead` are plain numbers that come first. */
export function callHost(raw: RawHostFunction, id: number, args: ArrayLike<WireValue>): unknown {
  const length = args.length;
  // Nearly every call has one or two plain arguments; those need no list.
  if (length === 0) return raw(id, 0);
  if (length === 1 && isRaw(args[0])) return raw(id, 0, args[0]);
  if (length === 2 && isRaw(args[0]) && isRaw(args[1])) return raw(id, 0, args[0], args[1]);
  return reflectApply(raw, undefined, encodeArguments([id], args));
}

/**
 * The whole argument list of a raw host call: the given numbers, modes, values, then the lengths of long texts, then the bytes that
 * JSON texts refer to.
 */
export function encodeArguments(list: unknown[], args: ArrayLike<WireValue>): unknown[] {
  const modesAt = list.length;
  arrayPush(list, 0);
  let modes = 0;
  const encoder = new Encoder();
  const lengths: number[] = [];
  for (let index = 0; index < args.length; index++) {
    const value = args[index];
    let mode = RAW;
    let sent: unknown = value;
    if (typeof value === "string" && value.length > LONG) {
      mode = LONG_TEXT;
      arrayPush(lengths, value.length);
    } else if (!isRaw(value)) {
      const bytes = asBytes(value);
      if (bytes !== undefined) {
        mode = BYTES;
        sent = wholeBuffer(bytes);
      } else {
        mode = JSON_TEXT;
        sent = encoder.encode(value);
      }
    }
    modes += mode * 2 ** (index * BITS_PER_MODE);
    arrayPush(list, sent);
  }
  list[modesAt] = modes;
  for (let index = 0; index < lengths.length; index++) arrayPush(list, lengths[index]);
  if (encoder.byteLength > 0) arrayPush(list, encoder.allBytes());
  return list;
}

/** Bytes of a `Uint8Array`, another view or an `ArrayBuffer`, uncopied; `undefined` for anything else. */
function asBytes(value: unknown): Uint8Array | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const tag = typedArrayTag(value);
  if (tag !== undefined) {
    if (tag === "Uint8Array") return value as Uint8Array;
    const view = value as Uint8Array;
    return new IntrinsicUint8Array(
      typedArrayBuffer(view),
      typedArrayByteOffset(view),
      typedArrayByteLength(view),
    );
  }
  if (!isArrayBuffer(value)) return undefined;
  return new IntrinsicUint8Array(value as ArrayBuffer);
}

function isArrayBuffer(value: object): boolean {
  try {
    arrayBufferByteLength(value);
    return true;
  } catch {
    return false;
  }
}

/** An `ArrayBuffer` with exactly these bytes; the array's own one when it fits. */
function wholeBuffer(bytes: Uint8Array): ArrayBuffer {
  const buffer = typedArrayBuffer(bytes);
  const offset = typedArrayByteOffset(bytes);
  const length = typedArrayByteLength(bytes);
  if (offset === 0 && length === arrayBufferByteLength(buffer)) return buffer;
  return arrayBufferSlice(buffer, offset, offset + length);
}

/**
 * Writes values as JSON by hand. `JSON.stringify` on objects would ask `toJSON` of prototypes that a script can change,
 * and knows neither `undefined`, bigint, NaN, -0 nor bytes.
 */
class Encoder {
  byteLength = 0;
  private readonly chunks: Uint8Array[] = [];
  private readonly path: object[] = [];

  encode(value: unknown): string {
    switch (typeof value) {
      case "string":
        return jsonStringify(value);
      case "boolean":
        return value ? "true" : "false";
      case "number":
        if (numberIsFinite(value) && !objectIs(value, -0)) return `${value}`;
        return `{"$":["n","${objectIs(value, -0) ? "-0" : value}"]}`;
      case "bigint":
        return `{"$":["i","${value}"]}`;
      case "undefined":
        return '{"$":["u"]}';
      case "object":
        return value === null ? "null" : this.encodeObject(value);
      default:
        throw new IntrinsicTypeError(`A ${typeof value} cannot be passed to the host.`);
    }
  }

  allBytes(): ArrayBuffer {
    const all = new IntrinsicUint8Array(this.byteLength);
    let offset = 0;
    for (let index = 0; index < this.chunks.length; index++) {
      const chunk = this.chunks[index] as Uint8Array;
      typedArraySet(all, chunk, offset);
      offset += typedArrayByteLength(chunk);
    }
    return typedArrayBuffer(all);
  }

  private encodeObject(value: object): string {
    const bytes = asBytes(value);
    if (bytes !== undefined) {
      const length = typedArrayByteLength(bytes);
      const text = `{"$":["b",${this.byteLength},${length}]}`;
      arrayPush(this.chunks, bytes);
      this.byteLength += length;
      return text;
    }
    for (let index = 0; index < this.path.length; index++) {
      if (this.path[index] === value)
        throw new IntrinsicTypeError("An object that contains itself cannot be passed to the host.");
    }
    arrayPush(this.path, value);
    const text = arrayIsArray(value)
      ? this.encodeArray(value)
      : this.encodeRecord(value as Record<string, unknown>);
    this.path.length--;
    return text;
  }

  private encodeArray(value: readonly unknown[]): string {
    const parts: string[] = [];
    for (let index = 0; index < value.length; index++) arrayPush(parts, this.encode(value[index]));
    return `[${arrayJoin(parts, ",")}]`;
  }

  private encodeRecord(value: Record<string, unknown>): string {
    const keys = objectKeys(value);
    const parts: string[] = [];
    for (let index = 0; index < keys.length; index++) {
      const key = keys[index] as string;
      arrayPush(parts, `${jsonStringify(key)}:${this.encode(value[key])}`);
    }
    const text = `{${arrayJoin(parts, ",")}}`;
    return keys.length === 1 && keys[0] === "$" ? `{"$":["o",${text}]}` : text;
  }
}

/** A string in a form that survives, for the host when long text did not arrive whole. */
export function encodeText(text: string): string {
  return jsonStringify(text);
}

/** Reads what the host wrote as JSON; `tagged` says whether it contains anything that JSON does not know. */
export function decodeJson(text: string, tagged: boolean, bytes: ArrayBuffer | undefined): WireValue {
  const value: unknown = jsonParse(text);
  return (tagged ? revive(value, bytes) : value) as WireValue;
}

/** Bytes that the host handed over. */
export function decodeBytes(buffer: ArrayBuffer): Uint8Array {
  return new IntrinsicUint8Array(buffer);
}

/** Replaces tagged values in place. All objects are fresh and every key is their own, so assignments hit no setter. */
function revive(value: unknown, bytes: ArrayBuffer | undefined): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (arrayIsArray(value)) {
    for (let index = 0; index < value.length; index++) value[index] = revive(value[index], bytes);
    return value;
  }
  const record = value as Record<string, unknown>;
  const keys = objectKeys(record);
  if (keys.length === 1 && keys[0] === "$") return untag(record["$"] as readonly unknown[], bytes);
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] as string;
    record[key] = revive(record[key], bytes);
  }
  return record;
}

function untag(tag: readonly unknown[], bytes: ArrayBuffer | undefined): unknown {
  switch (tag[0]) {
    case "n":
      return IntrinsicNumber(tag[1]);
    case "i":
      return IntrinsicBigInt(tag[1] as string);
    case "b": {
      const offset = tag[1] as number;
      return new IntrinsicUint8Array(
        arrayBufferSlice(bytes ?? new IntrinsicArrayBuffer(0), offset, offset + (tag[2] as number)),
      );
    }
    case "o": {
      const record = tag[1] as Record<string, unknown>;
      record["$"] = revive(record["$"], bytes);
      return record;
    }
    default:
      return undefined;
  }
}
