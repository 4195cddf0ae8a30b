import { invalidArgType } from "../../guest/node-errors";
import { bytesPrototype, compareBytes, FastBuffer, fromArrayLike, isArrayBuffer } from "./bytes";
import { checkBytes, checkInteger } from "./checks";
import { allocPlain, type createMakers } from "./creation";
import { encodingNamed, type Codec } from "./encodings";

/** What stands on `Buffer` itself. */
export function createStatics(codec: Codec, { from, alloc }: ReturnType<typeof createMakers>) {
  return {
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
}
