/** The class behind `Buffer`: what scripts get are instances of it. */
export class FastBuffer extends Uint8Array {}

/** Methods as the language has them, whatever `Buffer` overrides. */
export const bytesPrototype = Uint8Array.prototype;

export const isArrayBuffer = (value: unknown): value is ArrayBuffer =>
  value instanceof ArrayBuffer || Object.prototype.toString.call(value) === "[object SharedArrayBuffer]";

/** A `Buffer` of the same memory. */
export function bufferOf(bytes: Uint8Array): FastBuffer {
  return new FastBuffer(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength);
}

/** A `Buffer` with these numbers, each modulo 256. */
export function fromArrayLike(source: ArrayLike<unknown>): FastBuffer {
  const length = Math.max(0, toInteger(source.length, 0));
  const buffer = new FastBuffer(length);
  for (let index = 0; index < length; index += 1) buffer[index] = Number(source[index]);
  return buffer;
}

/** As an integer; what is no number is `fallback`. */
export function toInteger(value: unknown, fallback: number): number {
  const number = Number(value);
  if (Number.isNaN(number)) return fallback;
  return Math.max(Number.MIN_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, Math.trunc(number)));
}

export function compareBytes(a: Uint8Array, b: Uint8Array): -1 | 0 | 1 {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const left = a[index] ?? 0;
    const right = b[index] ?? 0;
    if (left !== right) return left < right ? -1 : 1;
  }
  return a.length === b.length ? 0 : a.length < b.length ? -1 : 1;
}
