import { invalidArgType } from "../../guest/node-errors";
import { outOfRange } from "../../guest/out-of-range";
import { checkNumber, offsetError } from "./checks";

type Bytes = Uint8Array;
type Methods = Record<string, (this: Bytes, ...args: unknown[]) => unknown>;

const viewOf = (bytes: Bytes): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function checkOffset(bytes: Bytes, offset: unknown, size: number): asserts offset is number {
  checkNumber(offset, "offset");
  if (!(Number.isInteger(offset) && offset >= 0 && offset + size <= bytes.length))
    throw offsetError(offset, bytes.length - size);
}

function rangeError(value: number | bigint, size: number, signed: boolean): RangeError {
  const bits = size * 8;
  const n = typeof value === "bigint" ? "n" : "";
  if (size <= 4) {
    const max = 2 ** (signed ? bits - 1 : bits) - 1;
    return outOfRange("value", `>= ${signed ? -max - 1 : 0} and <= ${max}`, value);
  }
  const range = signed
    ? `>= -(2${n} ** ${bits - 1}${n}) and < 2${n} ** ${bits - 1}${n}`
    : `>= 0${n} and < 2${n} ** ${bits}${n}`;
  return outOfRange("value", range, value);
}

function checkValue(value: number | bigint, size: number, signed: boolean): void {
  const bits = BigInt(size * 8);
  const max =
    typeof value === "bigint"
      ? (signed ? 2n ** (bits - 1n) : 2n ** bits) - 1n
      : 2 ** (size * 8 - (signed ? 1 : 0)) - 1;
  const min =
    typeof value === "bigint" ? (signed ? -(2n ** (bits - 1n)) : 0n) : signed ? -(2 ** (size * 8 - 1)) : 0;
  if (value > max || value < min) throw rangeError(value, size, signed);
}

function checkByteLength(value: unknown): asserts value is number {
  checkNumber(value, "byteLength");
  if (!Number.isInteger(value) || value < 1 || value > 6) throw offsetError(value, 6, "byteLength");
}

function readInteger(bytes: Bytes, offset: number, size: number, little: boolean, signed: boolean): number {
  let value = 0;
  for (let index = 0; index < size; index += 1) {
    value = value * 256 + (bytes[offset + (little ? size - 1 - index : index)] ?? 0);
  }
  return signed && value >= 2 ** (size * 8 - 1) ? value - 2 ** (size * 8) : value;
}

function writeInteger(bytes: Bytes, value: number, offset: number, size: number, little: boolean): number {
  let rest = Number.isNaN(value) ? 0 : Math.trunc(value);
  if (rest < 0) rest += 2 ** (size * 8);
  for (let index = 0; index < size; index += 1) {
    bytes[offset + (little ? index : size - 1 - index)] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return offset + size;
}

const methods: Methods = {};

function define(names: readonly string[], method: Methods[string]): void {
  for (const name of names) {
    methods[name] = method;
    Object.defineProperty(method, "name", { value: names[0] });
  }
}

/** `readUInt16LE` is `readUint16LE` too. */
const bothSpellings = (name: string): string[] =>
  name.includes("UInt") ? [name, name.replace("UInt", "Uint")] : [name];

for (const signed of [false, true]) {
  const kind = signed ? "Int" : "UInt";
  define(bothSpellings(`read${kind}8`), function (offset: unknown = 0) {
    checkOffset(this, offset, 1);
    return readInteger(this, offset, 1, true, signed);
  });
  define(bothSpellings(`write${kind}8`), function (value: unknown, offset: unknown = 0) {
    checkNumber(offset, "offset");
    const number = Number(value);
    checkValue(number, 1, signed);
    checkOffset(this, offset, 1);
    return writeInteger(this, number, offset, 1, true);
  });
  for (const little of [true, false]) {
    const end = little ? "LE" : "BE";
    for (const size of [2, 4]) {
      define(bothSpellings(`read${kind}${size * 8}${end}`), function (offset: unknown = 0) {
        checkOffset(this, offset, size);
        return readInteger(this, offset, size, little, signed);
      });
      define(bothSpellings(`write${kind}${size * 8}${end}`), function (value: unknown, offset: unknown = 0) {
        const number = Number(value);
        checkValue(number, size, signed);
        checkOffset(this, offset, size);
        return writeInteger(this, number, offset, size, little);
      });
    }
    define(bothSpellings(`read${kind}${end}`), function (offset: unknown, size: unknown) {
      if (offset === undefined) throw invalidArgType("offset", "of type number", offset);
      checkByteLength(size);
      checkOffset(this, offset, size);
      return readInteger(this, offset, size, little, signed);
    });
    define(bothSpellings(`write${kind}${end}`), function (value: unknown, offset: unknown, size: unknown) {
      checkByteLength(size);
      const number = Number(value);
      checkValue(number, size, signed);
      checkOffset(this, offset, size);
      return writeInteger(this, number, offset, size, little);
    });
    define(bothSpellings(`readBig${kind}64${end}`), function (offset: unknown = 0) {
      checkOffset(this, offset, 8);
      return signed ? viewOf(this).getBigInt64(offset, little) : viewOf(this).getBigUint64(offset, little);
    });
    define(bothSpellings(`writeBig${kind}64${end}`), function (value: unknown, offset: unknown = 0) {
      if (typeof value !== "bigint")
        throw new TypeError("Cannot mix BigInt and other types, use explicit conversions");
      checkValue(value, 8, signed);
      checkOffset(this, offset, 8);
      viewOf(this).setBigUint64(offset, BigInt.asUintN(64, value), little);
      return offset + 8;
    });
  }
}

for (const little of [true, false]) {
  const end = little ? "LE" : "BE";
  define([`readFloat${end}`], function (offset: unknown = 0) {
    checkOffset(this, offset, 4);
    return viewOf(this).getFloat32(offset, little);
  });
  define([`readDouble${end}`], function (offset: unknown = 0) {
    checkOffset(this, offset, 8);
    return viewOf(this).getFloat64(offset, little);
  });
  define([`writeFloat${end}`], function (value: unknown, offset: unknown = 0) {
    checkOffset(this, offset, 4);
    viewOf(this).setFloat32(offset, Number(value), little);
    return offset + 4;
  });
  define([`writeDouble${end}`], function (value: unknown, offset: unknown = 0) {
    checkOffset(this, offset, 8);
    viewOf(this).setFloat64(offset, Number(value), little);
    return offset + 8;
  });
}

/** `readUInt8` … `writeDoubleBE`: methods of `Buffer.prototype`. */
export const numberMethods: Readonly<Methods> = methods;
