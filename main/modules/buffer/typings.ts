/** `.d.ts` text of the module `buffer`. */
export const typings = `declare module "buffer" {
  type BufferEncoding =
    | "utf8" | "utf-8" | "utf16le" | "utf-16le" | "ucs2" | "ucs-2" | "latin1" | "binary" | "ascii" | "base64" | "base64url" | "hex";
  type Bytes = Uint8Array | ArrayBuffer;
  interface BufferConstructor {
    readonly prototype: Buffer;
    /** Bytes of a text, a copy of bytes, or a view of an ArrayBuffer. */
    from(text: string, encoding?: BufferEncoding): Buffer;
    from(arrayBuffer: ArrayBuffer, byteOffset?: number, length?: number): Buffer;
    from(bytes: Uint8Array | ArrayLike<number> | { type: "Buffer"; data: number[] }): Buffer;
    from(value: { valueOf(): string | object } | { [Symbol.toPrimitive](hint: "string"): string }, encoding?: BufferEncoding): Buffer;
    /** New bytes, zero or filled. */
    alloc(size: number, fill?: string | number | Uint8Array, encoding?: BufferEncoding): Buffer;
    /** New bytes; zero here too. */
    allocUnsafe(size: number): Buffer;
    /** New bytes; zero here too. */
    allocUnsafeSlow(size: number): Buffer;
    /** A copy of a part of a typed array's memory; offset and length count its elements. */
    copyBytesFrom(view: ArrayBufferView, offset?: number, length?: number): Buffer;
    of(...bytes: number[]): Buffer;
    isBuffer(value: unknown): value is Buffer;
    isEncoding(name: unknown): name is BufferEncoding;
    /** How many bytes a text takes. */
    byteLength(value: string | ArrayBufferView | ArrayBuffer, encoding?: BufferEncoding): number;
    /** -1, 0 or 1. */
    compare(buf1: Uint8Array, buf2: Uint8Array): -1 | 0 | 1;
    concat(list: readonly Uint8Array[], totalLength?: number): Buffer;
    poolSize: number;
  }
  export interface Buffer extends Uint8Array<ArrayBuffer> {
    toString(encoding?: BufferEncoding, start?: number, end?: number): string;
    /** As toString: the language does not matter. */
    toLocaleString(encoding?: string | string[], start?: number | Intl.NumberFormatOptions, end?: number): string;
    toJSON(): { type: "Buffer"; data: number[] };
    equals(other: Uint8Array): boolean;
    compare(target: Uint8Array, targetStart?: number, targetEnd?: number, sourceStart?: number, sourceEnd?: number): -1 | 0 | 1;
    /** Gives how many bytes were copied. */
    copy(target: Uint8Array, targetStart?: number, sourceStart?: number, sourceEnd?: number): number;
    /** A view of the same memory. */
    slice(start?: number, end?: number): Buffer;
    /** A view of the same memory. */
    subarray(start?: number, end?: number): Buffer;
    /** Gives how many bytes were written. */
    write(text: string, encoding?: BufferEncoding): number;
    write(text: string, offset: number, encoding?: BufferEncoding): number;
    write(text: string, offset: number, length: number, encoding?: BufferEncoding): number;
    fill(value: string | number | Uint8Array, offset?: number | BufferEncoding, end?: number | BufferEncoding, encoding?: BufferEncoding): this;
    inspect(): string;
    indexOf(value: string | number | Uint8Array, byteOffset?: number | BufferEncoding, encoding?: BufferEncoding): number;
    lastIndexOf(value: string | number | Uint8Array, byteOffset?: number | BufferEncoding, encoding?: BufferEncoding): number;
    includes(value: string | number | Uint8Array, byteOffset?: number | BufferEncoding, encoding?: BufferEncoding): boolean;
    swap16(): this;
    swap32(): this;
    swap64(): this;
    readUInt8(offset?: number): number;
    writeUInt8(value: number, offset?: number): number;
    readUInt16LE(offset?: number): number;
    writeUInt16LE(value: number, offset?: number): number;
    readUInt32LE(offset?: number): number;
    writeUInt32LE(value: number, offset?: number): number;
    readUIntLE(offset: number, byteLength: number): number;
    writeUIntLE(value: number, offset: number, byteLength: number): number;
    readBigUInt64LE(offset?: number): bigint;
    writeBigUInt64LE(value: bigint, offset?: number): number;
    readUInt16BE(offset?: number): number;
    writeUInt16BE(value: number, offset?: number): number;
    readUInt32BE(offset?: number): number;
    writeUInt32BE(value: number, offset?: number): number;
    readUIntBE(offset: number, byteLength: number): number;
    writeUIntBE(value: number, offset: number, byteLength: number): number;
    readBigUInt64BE(offset?: number): bigint;
    writeBigUInt64BE(value: bigint, offset?: number): number;
    readInt8(offset?: number): number;
    writeInt8(value: number, offset?: number): number;
    readInt16LE(offset?: number): number;
    writeInt16LE(value: number, offset?: number): number;
    readInt32LE(offset?: number): number;
    writeInt32LE(value: number, offset?: number): number;
    readIntLE(offset: number, byteLength: number): number;
    writeIntLE(value: number, offset: number, byteLength: number): number;
    readBigInt64LE(offset?: number): bigint;
    writeBigInt64LE(value: bigint, offset?: number): number;
    readInt16BE(offset?: number): number;
    writeInt16BE(value: number, offset?: number): number;
    readInt32BE(offset?: number): number;
    writeInt32BE(value: number, offset?: number): number;
    readIntBE(offset: number, byteLength: number): number;
    writeIntBE(value: number, offset: number, byteLength: number): number;
    readBigInt64BE(offset?: number): bigint;
    writeBigInt64BE(value: bigint, offset?: number): number;
    readFloatLE(offset?: number): number;
    writeFloatLE(value: number, offset?: number): number;
    readDoubleLE(offset?: number): number;
    writeDoubleLE(value: number, offset?: number): number;
    readFloatBE(offset?: number): number;
    writeFloatBE(value: number, offset?: number): number;
    readDoubleBE(offset?: number): number;
    writeDoubleBE(value: number, offset?: number): number;
    readUint8(offset?: number): number;
    writeUint8(value: number, offset?: number): number;
    readUint16LE(offset?: number): number;
    writeUint16LE(value: number, offset?: number): number;
    readUint32LE(offset?: number): number;
    writeUint32LE(value: number, offset?: number): number;
    readUintLE(offset: number, byteLength: number): number;
    writeUintLE(value: number, offset: number, byteLength: number): number;
    readBigUint64LE(offset?: number): bigint;
    writeBigUint64LE(value: bigint, offset?: number): number;
    readUint16BE(offset?: number): number;
    writeUint16BE(value: number, offset?: number): number;
    readUint32BE(offset?: number): number;
    writeUint32BE(value: number, offset?: number): number;
    readUintBE(offset: number, byteLength: number): number;
    writeUintBE(value: number, offset: number, byteLength: number): number;
    readBigUint64BE(offset?: number): bigint;
    writeBigUint64BE(value: bigint, offset?: number): number;
  }
  export const Buffer: BufferConstructor;
  export function atob(data: string): string;
  export function btoa(data: string): string;
  export function isAscii(input: Bytes | ArrayBufferView): boolean;
  export function isUtf8(input: Bytes | ArrayBufferView): boolean;
  export function transcode(source: Uint8Array, fromEncoding: BufferEncoding, toEncoding: BufferEncoding): Buffer;
  export const constants: { readonly MAX_LENGTH: number; readonly MAX_STRING_LENGTH: number };
  export const kMaxLength: number;
  export const kStringMaxLength: number;
  export let INSPECT_MAX_BYTES: number;
}
`;
