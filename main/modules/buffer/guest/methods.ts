import { outOfRange } from "../../guest/out-of-range";
import { bytesPrototype, compareBytes, FastBuffer, toInteger } from "./bytes";
import { checkBytes, checkInteger } from "./checks";
import { encodingNamed, requireEncoding, type Codec } from "./encodings";
import { fillBuffer } from "./fill";
import { find } from "./search";

/** How many bytes `inspect` shows; scripts may change it through the module. */
export const settings = { inspectMaxBytes: 50 };

function swap(this: Uint8Array, size: number): Uint8Array {
  if (this.length % size !== 0) {
    throw Object.assign(new RangeError(`Buffer size must be a multiple of ${size * 8}-bits`), {
      code: "ERR_INVALID_BUFFER_SIZE",
    });
  }
  for (let at = 0; at < this.length; at += size) bytesPrototype.subarray.call(this, at, at + size).reverse();
  return this;
}

function cut(this: Uint8Array, start?: unknown, end?: unknown): FastBuffer {
  const bound = (value: unknown, fallback: number): number => {
    const number = value === undefined ? fallback : toInteger(value, 0);
    return number < 0 ? Math.max(0, this.length + number) : Math.min(number, this.length);
  };
  const [first, last] = [bound(start, 0), bound(end, this.length)];
  return new FastBuffer(this.buffer as ArrayBuffer, this.byteOffset + first, Math.max(0, last - first));
}

function requireNamed(name: unknown) {
  const known = encodingNamed(String(name));
  if (known !== undefined) return known;
  throw Object.assign(new TypeError(`Unknown encoding: ${String(name)}`), { code: "ERR_UNKNOWN_ENCODING" });
}

/** As much of encoded text as fits without a torn character. */
function whole(bytes: Uint8Array, size: number, encoding: string): Uint8Array {
  if (bytes.length <= size) return bytes;
  let end = size;
  if (encoding === "utf8") while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  if (encoding === "utf16le") end -= end % 2;
  return bytes.subarray(0, end);
}

/** Methods of `Buffer.prototype`, but for those of `numbers.ts`. */
export function createMethods(codec: Codec) {
  return {
    toString(this: Uint8Array, encoding?: unknown, start?: unknown, end?: unknown): string {
      const first = Math.max(0, toInteger(start ?? 0, 0));
      const last = end === undefined ? this.length : Math.min(this.length, toInteger(end, 0));
      if (first >= this.length || last <= first) return "";
      const known = encoding === undefined ? "utf8" : requireNamed(encoding);
      return codec.decode(bytesPrototype.subarray.call(this, first, last), known);
    },
    equals(this: Uint8Array, other: unknown): boolean {
      checkBytes(other, "otherBuffer");
      return this === other || (this.length === other.length && compareBytes(this, other) === 0);
    },
    compare(this: Uint8Array, target: unknown, ...range: unknown[]): number {
      checkBytes(target, "target");
      const [targetStart = 0, targetEnd = target.length, sourceStart = 0, sourceEnd = this.length] = range;
      if (range[0] !== undefined) checkInteger(targetStart, "targetStart");
      if (range[1] !== undefined) checkInteger(targetEnd, "targetEnd", 0, target.length);
      if (range[2] !== undefined) checkInteger(sourceStart, "sourceStart");
      if (range[3] !== undefined) checkInteger(sourceEnd, "sourceEnd", 0, this.length);
      const part = (bytes: Uint8Array, from: unknown, to: unknown): Uint8Array =>
        bytesPrototype.subarray.call(bytes, Number(from), Math.max(Number(from), Number(to)));
      return compareBytes(part(this, sourceStart, sourceEnd), part(target, targetStart, targetEnd));
    },
    copy(
      this: Uint8Array,
      target: unknown,
      targetStart?: unknown,
      sourceStart?: unknown,
      sourceEnd?: unknown,
    ): number {
      checkBytes(target, "target");
      const at = targetStart === undefined ? 0 : toInteger(targetStart, 0);
      if (at < 0) throw outOfRange("targetStart", ">= 0", at);
      const from = sourceStart === undefined ? 0 : toInteger(sourceStart, 0);
      if (from < 0 || from > this.length) throw outOfRange("sourceStart", `>= 0 && <= ${this.length}`, from);
      const to = sourceEnd === undefined ? this.length : toInteger(sourceEnd, 0);
      if (to < 0) throw outOfRange("sourceEnd", ">= 0", to);
      if (at >= target.length || from >= to) return 0;
      const part = bytesPrototype.subarray.call(
        this,
        from,
        Math.min(to, this.length, from + target.length - at),
      );
      target.set(part, at);
      return part.length;
    },
    fill(this: Uint8Array, value: unknown, offset?: unknown, end?: unknown, encoding?: unknown): Uint8Array {
      return fillBuffer(codec, this, value, offset, end, encoding);
    },
    write(this: Uint8Array, text: unknown, offset?: unknown, length?: unknown, encoding?: unknown): number {
      let [at, size, name]: [unknown, unknown, unknown] = [offset, length, encoding];
      if (typeof at === "string") [at, size, name] = [undefined, undefined, at];
      else if (typeof size === "string") [size, name] = [undefined, size];
      if (typeof text !== "string") {
        // Node's own words here come from its native half.
        throw Object.assign(new TypeError("argument must be a string"), { code: "ERR_INVALID_ARG_TYPE" });
      }
      if (at === undefined) [at, size] = [0, this.length];
      else {
        checkInteger(at, "offset", 0, this.length);
        const rest = this.length - at;
        if (size === undefined) size = rest;
        else {
          checkInteger(size, "length", 0, this.length);
          size = Math.min(Number(size), rest);
        }
      }
      const known = name === undefined || name === "" ? "utf8" : requireEncoding(name);
      const bytes = whole(codec.encode(text, known), Number(size), known);
      this.set(bytes, Number(at));
      return bytes.length;
    },
    indexOf(this: Uint8Array, value: unknown, from?: unknown, encoding?: unknown): number {
      return find(this, codec, value, from, encoding, "forward");
    },
    lastIndexOf(this: Uint8Array, value: unknown, from?: unknown, encoding?: unknown): number {
      return find(this, codec, value, from, encoding, "backward");
    },
    includes(this: Uint8Array, value: unknown, from?: unknown, encoding?: unknown): boolean {
      return find(this, codec, value, from, encoding, "forward") !== -1;
    },
    toJSON(this: Uint8Array): { type: "Buffer"; data: number[] } {
      return { type: "Buffer", data: [...this] };
    },
    slice: cut,
    subarray: cut,
    swap16(this: Uint8Array): Uint8Array {
      return swap.call(this, 2);
    },
    swap32(this: Uint8Array): Uint8Array {
      return swap.call(this, 4);
    },
    swap64(this: Uint8Array): Uint8Array {
      return swap.call(this, 8);
    },
    inspect(this: Uint8Array): string {
      const shown = bytesPrototype.subarray.call(this, 0, settings.inspectMaxBytes);
      const hex = Array.from(shown, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
      const hidden = this.length - shown.length;
      const more = hidden > 0 ? ` ... ${hidden} more byte${hidden > 1 ? "s" : ""}` : "";
      return `<Buffer${hex === "" ? "" : ` ${hex}`}${more}>`;
    },
  };
}
