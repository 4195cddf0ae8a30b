import { invalidArgType, invalidArgValue } from "../../guest/node-errors";
import { outOfRange } from "../../guest/out-of-range";
import { checkBytes, checkInteger, checkNumber, isBytes, MAX_LENGTH, outOfBounds } from "./checks";
import { encodingNamed, requireEncoding, type Codec } from "./encodings";
import { numberMethods } from "./numbers";
import { find } from "./search";

const customInspect = Symbol.for("nodejs.util.inspect.custom");
const FROM_EXPECTED =
  "of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object";

/** How many bytes `inspect` shows; scripts may change it through the module. */
export const settings = { inspectMaxBytes: 50 };

const bytesPrototype = Uint8Array.prototype;

function toInteger(value: unknown, fallback: number): number {
  const number = Number(value);
  if (Number.isNaN(number)) return fallback;
  return Math.max(Number.MIN_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, Math.trunc(number)));
}

function compareBytes(a: Uint8Array, b: Uint8Array): -1 | 0 | 1 {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const left = a[index] ?? 0;
    const right = b[index] ?? 0;
    if (left !== right) return left < right ? -1 : 1;
  }
  return a.length === b.length ? 0 : a.length < b.length ? -1 : 1;
}

const isArrayBuffer = (value: unknown): value is ArrayBuffer =>
  value instanceof ArrayBuffer || Object.prototype.toString.call(value) === "[object SharedArrayBuffer]";

/**
 * Makes the class `Buffer`: a `Uint8Array` whose texts come from the codec. No package is used because none on npm has
 * Node's argument checks, error codes and `base64url`; those are what a differential test compares.
 */
export function createBufferClass(codec: Codec) {
  class FastBuffer extends Uint8Array {}

  function bufferOf(bytes: Uint8Array): FastBuffer {
    return new FastBuffer(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength);
  }

  function fromArrayLike(source: ArrayLike<unknown>): FastBuffer {
    const length = Math.max(0, toInteger(source.length, 0));
    const buffer = new FastBuffer(length);
    for (let index = 0; index < length; index += 1) buffer[index] = Number(source[index]);
    return buffer;
  }

  function fromArrayBuffer(source: ArrayBuffer, byteOffset: unknown, length: unknown): FastBuffer {
    const offset = byteOffset === undefined ? 0 : toFloat(byteOffset);
    const most = source.byteLength - offset;
    if (most < 0) throw outOfBounds("offset");
    const size = length === undefined ? most : Math.max(0, toFloat(length));
    if (size > most) throw outOfBounds("length");
    return new FastBuffer(source, offset, size);
  }

  function toFloat(value: unknown): number {
    const number = Number(value);
    return Number.isNaN(number) ? 0 : number;
  }

  function fromString(text: string, encoding: unknown): FastBuffer {
    const known = typeof encoding !== "string" || encoding.length === 0 ? "utf8" : requireEncoding(encoding);
    return bufferOf(codec.encode(text, known));
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
      fillBuffer(buffer, fill, 0, buffer.length, encoding);
    }
    return buffer;
  }

  function allocPlain(size: unknown): FastBuffer {
    checkNumber(size, "size", 0, MAX_LENGTH);
    return new FastBuffer(size);
  }

  function fillBuffer(
    buffer: Uint8Array,
    value: unknown,
    from: unknown,
    to: unknown,
    name: unknown,
  ): Uint8Array {
    let [offset, end, encoding] = [from, to, name];
    if (typeof value === "string" || typeof value === "undefined") {
      if (offset === undefined || typeof offset === "string") {
        encoding = offset;
        offset = undefined;
      } else if (typeof end === "string") {
        encoding = end;
        end = undefined;
      }
    }
    if (typeof value === "string") {
      if (encoding !== undefined && typeof encoding !== "string")
        throw invalidArgType("encoding", "of type string", encoding);
      if (encoding !== undefined) requireEncoding(encoding);
    }
    if (offset === undefined) {
      offset = 0;
      end = buffer.length;
    } else {
      checkNumber(offset, "offset", 0, MAX_LENGTH);
      if (end === undefined) end = buffer.length;
      else checkNumber(end, "end", 0, buffer.length);
      if (Number(offset) >= Number(end)) return buffer;
    }
    const [start, stop] = [Math.trunc(Number(offset)), Math.trunc(Number(end))];
    if (typeof value !== "string" && !isBytes(value)) {
      bytesPrototype.fill.call(buffer, Number(value) & 255, start, stop);
      return buffer;
    }
    const pattern =
      typeof value === "string"
        ? value === ""
          ? Uint8Array.of(0)
          : codec.encode(value, requireEncoding(encoding))
        : value;
    if (stop > buffer.length || start > stop) throw outOfBounds();
    if (pattern.length === 0) {
      if (start >= stop) return buffer;
      throw invalidArgValue("value", value);
    }
    for (let index = start; index < stop; index += 1)
      buffer[index] = pattern[(index - start) % pattern.length] ?? 0;
    return buffer;
  }

  function swap(this: Uint8Array, size: number): Uint8Array {
    if (this.length % size !== 0) {
      throw Object.assign(new RangeError(`Buffer size must be a multiple of ${size * 8}-bits`), {
        code: "ERR_INVALID_BUFFER_SIZE",
      });
    }
    for (let at = 0; at < this.length; at += size)
      bytesPrototype.subarray.call(this, at, at + size).reverse();
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

  const methods = {
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
      return fillBuffer(this, value, offset, end, encoding);
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
      return find(this, codec, value, from, encoding, true);
    },
    lastIndexOf(this: Uint8Array, value: unknown, from?: unknown, encoding?: unknown): number {
      return find(this, codec, value, from, encoding, false);
    },
    includes(this: Uint8Array, value: unknown, from?: unknown, encoding?: unknown): boolean {
      return find(this, codec, value, from, encoding, true) !== -1;
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

  // Node's Buffer is a function: the old `Buffer(5)` and `new Buffer("text")` still work.
  function Buffer(value: unknown, second?: unknown, third?: unknown): FastBuffer {
    if (typeof value !== "number") return from(value, second, third);
    if (typeof second === "string") throw invalidArgType("string", "of type string", value);
    return alloc(value);
  }

  const statics = {
    poolSize: 8192,
    from,
    alloc,
    allocUnsafe: allocPlain,
    allocUnsafeSlow: allocPlain,
    of: (...items: unknown[]): FastBuffer => fromArrayLike(items),
    isBuffer: (value: unknown): boolean => value instanceof FastBuffer,
    isEncoding: (name: unknown): boolean =>
      typeof name === "string" && name.length > 0 && encodingNamed(name) !== undefined,
    byteLength(value: unknown, encoding?: unknown): number {
      if (typeof value === "string") return codec.byteLength(value, encodingNamed(encoding) ?? "utf8");
      if (ArrayBuffer.isView(value) || isArrayBuffer(value)) return value.byteLength;
      throw invalidArgType("string", "of type string or an instance of Buffer or ArrayBuffer", value);
    },
    compare(a: unknown, b: unknown): number {
      checkBytes(a, "buf1");
      checkBytes(b, "buf2");
      return compareBytes(a, b);
    },
    concat(list: unknown, length?: unknown): FastBuffer {
      if (!Array.isArray(list)) throw invalidArgType("list", "an instance of Array", list);
      if (list.length === 0) return new FastBuffer(0);
      const total =
        length === undefined
          ? list.reduce<number>(
              (sum, item) => sum + (Number((item as { length?: unknown } | null)?.length) || 0),
              0,
            )
          : length;
      checkInteger(total, "length");
      const buffer = new FastBuffer(total);
      let at = 0;
      list.forEach((item: unknown, index) => {
        checkBytes(item, `list[${index}]`);
        const part = bytesPrototype.subarray.call(item, 0, Math.max(0, total - at));
        buffer.set(part, at);
        at += part.length;
      });
      return buffer;
    },
    copyBytesFrom(view: unknown, offset?: unknown, length?: unknown): FastBuffer {
      if (!ArrayBuffer.isView(view) || view instanceof DataView)
        throw invalidArgType("view", "an instance of TypedArray", view);
      const array = view as unknown as {
        readonly length: number;
        slice(from: number, to: number): ArrayBufferView;
      };
      if (offset !== undefined) checkInteger(offset, "offset", 0, Number.MAX_SAFE_INTEGER);
      if (length !== undefined) checkInteger(length, "length", 0, Number.MAX_SAFE_INTEGER);
      const start = Number(offset ?? 0);
      const end = length === undefined ? array.length : Math.min(array.length, start + Number(length));
      const copy = array.slice(start, Math.max(start, end));
      return new FastBuffer(copy.buffer as ArrayBuffer, copy.byteOffset, copy.byteLength);
    },
  };

  // A bundler may have renamed the function.
  Object.defineProperty(Buffer, "name", { value: "Buffer" });
  Object.setPrototypeOf(Buffer, Uint8Array);
  Object.assign(Buffer, statics);
  Object.defineProperty(Buffer, Symbol.species, { get: () => FastBuffer, configurable: true });
  Object.defineProperty(Buffer, "prototype", { value: FastBuffer.prototype });
  const prototype = {
    constructor: Buffer,
    ...numberMethods,
    ...methods,
    toLocaleString: methods.toString,
    [customInspect]: methods.inspect,
  };
  for (const [name, value] of [...Object.entries(prototype), [customInspect, methods.inspect] as const]) {
    Object.defineProperty(FastBuffer.prototype, name, {
      value,
      writable: true,
      configurable: true,
      enumerable: false,
    });
  }
  Object.defineProperties(FastBuffer.prototype, {
    parent: { configurable: true, get: (() => undefined) as () => unknown },
  });
  return { Buffer, bufferOf, isBuffer: statics.isBuffer };
}
