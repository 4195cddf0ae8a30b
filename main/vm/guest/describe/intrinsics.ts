/**
 * Intrinsics that only the describer needs, captured before user code. Getters are taken from their descriptors, so that
 * reading an internal slot (a map's size, a date's time) never meets an own property of the same name.
 */
import {
  objectGetOwnPropertyDescriptor,
  objectGetPrototypeOf,
  objectSetPrototypeOf,
  ownDescriptor as bareDescriptor,
  uncurryThis,
} from "../primordials";
import { isStackGetter, quietStack } from "../stacks";

function getter<Result>(owner: object, key: PropertyKey): (self: unknown) => Result {
  const get = objectGetOwnPropertyDescriptor(owner, key)?.get;
  if (get === undefined) throw new Error("The engine has no getter " + String(key) + ".");
  return uncurryThis(get as (this: unknown) => Result);
}

export const mapSize = getter<number>(Map.prototype, "size");
export const mapEntries = uncurryThis(Map.prototype.entries) as (map: unknown) => object;
const mapIteratorPrototype = objectGetPrototypeOf(new Map().entries()) as { next(): IteratorResult<unknown> };
export const mapIteratorNext = uncurryThis(mapIteratorPrototype.next) as (
  iterator: unknown,
) => IteratorResult<[unknown, unknown]>;
export const setSize = getter<number>(Set.prototype, "size");
export const setValues = uncurryThis(Set.prototype.values) as (set: unknown) => object;
const setIteratorPrototype = objectGetPrototypeOf(new Set().values()) as { next(): IteratorResult<unknown> };
export const setIteratorNext = uncurryThis(setIteratorPrototype.next) as (
  iterator: unknown,
) => IteratorResult<unknown>;
export const dateTime = uncurryThis(Date.prototype.getTime) as (date: unknown) => number;
export const regexpSource = getter<string>(RegExp.prototype, "source");
export const sharedArrayBufferByteLength = getter<number>(SharedArrayBuffer.prototype, "byteLength");
export const dataViewBuffer = getter<object>(DataView.prototype, "buffer");
export const dataViewByteLength = getter<number>(DataView.prototype, "byteLength");
export const dataViewByteOffset = getter<number>(DataView.prototype, "byteOffset");
const typedArrayPrototype = objectGetPrototypeOf(Uint8Array.prototype) as object;
export const typedArrayLength = getter<number>(typedArrayPrototype, "length");
export const symbolDescription = getter<string | undefined>(Symbol.prototype, "description") as (
  symbol: symbol,
) => string | undefined;
export const functionToString = uncurryThis(Function.prototype.toString) as (fn: unknown) => string;
export const numberValueOf = uncurryThis(Number.prototype.valueOf) as (boxed: unknown) => number;
export const stringValueOf = uncurryThis(String.prototype.valueOf) as (boxed: unknown) => string;
export const booleanValueOf = uncurryThis(Boolean.prototype.valueOf) as (boxed: unknown) => boolean;
export const symbolValueOf = uncurryThis(Symbol.prototype.valueOf) as (boxed: unknown) => symbol;
export const bigintValueOf = uncurryThis(BigInt.prototype.valueOf) as (boxed: unknown) => bigint;
export const bigintToString = uncurryThis(BigInt.prototype.toString) as (
  value: bigint,
  radix?: number,
) => string;
export const weakRefDeref = uncurryThis(WeakRef.prototype.deref) as (ref: unknown) => object | undefined;
export const toStringTag: typeof Symbol.toStringTag = Symbol.toStringTag;
export const symbolFor = Symbol.for;

const flagGetters: readonly (readonly [flag: string, read: (self: unknown) => boolean])[] = [
  ["d", getter(RegExp.prototype, "hasIndices")],
  ["g", getter(RegExp.prototype, "global")],
  ["i", getter(RegExp.prototype, "ignoreCase")],
  ["m", getter(RegExp.prototype, "multiline")],
  ["s", getter(RegExp.prototype, "dotAll")],
  ["u", getter(RegExp.prototype, "unicode")],
  ["v", getter(RegExp.prototype, "unicodeSets")],
  ["y", getter(RegExp.prototype, "sticky")],
];

/** Flags of a true regular expression, without asking properties that a script may have redefined. */
export function regexpFlags(regexp: unknown): string {
  let flags = "";
  for (let index = 0; index < flagGetters.length; index++) {
    const entry = flagGetters[index];
    if (entry?.[1](regexp) === true) flags += entry[0];
  }
  return flags;
}

/** Takes the prototype away, so that `JSON.stringify` finds no `toJSON` that a script put on `Object.prototype`. */
export function bare<T extends object>(value: T): T {
  return objectSetPrototypeOf(value, null) as T;
}

/** An array without prototype: writing a fresh index cannot meet a setter on `Array.prototype`. */
export function list<T>(): T[] {
  return objectSetPrototypeOf([], null) as T[];
}

/** Adds at the end of a list made by {@link list}. */
export function add<T>(items: T[], item: T): void {
  items[items.length] = item;
}

/**
 * Own property descriptor that inherits nothing, so that `value` and `get` are its own or absent. A stack that nobody has
 * read yet is the text that it will be.
 */
export function ownDescriptor(target: object, key: PropertyKey): PropertyDescriptor | undefined {
  const descriptor = bareDescriptor(target, key);
  if (key !== "stack" || !isStackGetter(descriptor?.get)) return descriptor;
  return bare({ value: quietStack(target), writable: true, enumerable: false, configurable: true });
}
