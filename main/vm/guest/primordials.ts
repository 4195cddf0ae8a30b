/**
 * Intrinsics, captured before any user code runs. Everything that the prelude does goes through these: a script that
 * replaces `Array.prototype.push`, `JSON.parse` or `Promise.prototype.then` changes its own world and not ours.
 *
 * Syntax that looks things up on prototypes is out of bounds in prelude code for the same reason: spread and `for…of`
 * call `Array.prototype[Symbol.iterator]`; `array[i] = x` on a fresh index meets setters on `Array.prototype`.
 * Template literals with substitutions call `String.prototype.concat` in this engine: put text together with `+`. Options
 * and lines are read where they may be absent only when they are own properties: `Object.prototype` is the script's too.
 */

type Method<This, Args extends readonly unknown[], Result> = (self: This, ...args: Args) => Result;

const { apply, defineProperty, deleteProperty, ownKeys, getPrototypeOf } = Reflect;
const { bind, call } = Function.prototype;

/** Turns a method into a function that takes `this` as its first argument. */
export const uncurryThis = bind.bind(call) as unknown as <This, Args extends readonly unknown[], Result>(
  method: (this: This, ...args: Args) => Result,
) => Method<This, Args, Result>;

export const functionBind = uncurryThis(bind) as <F extends (...args: never[]) => unknown>(
  target: F,
  self: unknown,
) => F;
export const reflectApply = apply;
export const reflectDefineProperty = defineProperty;
export const reflectDeleteProperty = deleteProperty;
export const reflectOwnKeys = ownKeys;

export const {
  create: objectCreate,
  defineProperty: objectDefineProperty,
  freeze: objectFreeze,
  getOwnPropertyDescriptor: objectGetOwnPropertyDescriptor,
  getOwnPropertyNames: objectGetOwnPropertyNames,
  getPrototypeOf: objectGetPrototypeOf,
  is: objectIs,
  keys: objectKeys,
  setPrototypeOf: objectSetPrototypeOf,
} = Object;
export const objectHasOwn = Object.hasOwn;

export const arrayIsArray = Array.isArray;
export const arrayPrototype = Array.prototype;
export const arrayJoin = uncurryThis(Array.prototype.join) as Method<
  readonly unknown[],
  [separator?: string],
  string
>;

export const stringCharCodeAt = uncurryThis(String.prototype.charCodeAt);
export const stringIncludes = uncurryThis(String.prototype.includes);
export const stringIndexOf = uncurryThis(String.prototype.indexOf);
export const stringSlice = uncurryThis(String.prototype.slice);
export const stringSplit = uncurryThis(
  String.prototype.split as (separator: string, limit?: number) => string[],
) as Method<string, [separator: string, limit?: number], string[]>;
export const stringStartsWith = uncurryThis(String.prototype.startsWith);
// ES2024: the engine has it, the compiler's library does not know it yet.
export const stringIsWellFormed = uncurryThis(
  (String.prototype as unknown as { isWellFormed(): boolean }).isWellFormed,
);

export const jsonParse = JSON.parse;
export const jsonStringify = JSON.stringify;

export const mathFloor = Math.floor;
export const numberIsFinite = Number.isFinite;

export const IntrinsicArrayBuffer = ArrayBuffer;
export const IntrinsicBigInt = BigInt;
export const IntrinsicError = Error;
export const IntrinsicMap = Map;
export const IntrinsicNumber = Number;
export const IntrinsicPromise = Promise;
export const IntrinsicProxy = Proxy;
export const IntrinsicRangeError = RangeError;
export const IntrinsicReferenceError = ReferenceError;
export const IntrinsicSet = Set;
export const IntrinsicString = String;
export const IntrinsicSyntaxError = SyntaxError;
export const IntrinsicTypeError = TypeError;
export const IntrinsicEvalError = EvalError;
export const IntrinsicURIError = URIError;
export const IntrinsicUint8Array = Uint8Array;
export const IntrinsicWeakMap = WeakMap;

export const mapGet = uncurryThis(Map.prototype.get) as <K, V>(map: Map<K, V>, key: K) => V | undefined;
export const mapSet = uncurryThis(Map.prototype.set) as <K, V>(map: Map<K, V>, key: K, value: V) => Map<K, V>;
export const mapHas = uncurryThis(Map.prototype.has) as <K, V>(map: Map<K, V>, key: K) => boolean;
export const mapDelete = uncurryThis(Map.prototype.delete) as <K, V>(map: Map<K, V>, key: K) => boolean;
export const mapClear = uncurryThis(Map.prototype.clear) as <K, V>(map: Map<K, V>) => void;
export const mapForEach = uncurryThis(Map.prototype.forEach) as <K, V>(
  map: Map<K, V>,
  visit: (value: V, key: K) => void,
) => void;

export const weakMapGet = uncurryThis(WeakMap.prototype.get) as <K extends WeakKey, V>(
  map: WeakMap<K, V>,
  key: K,
) => V | undefined;
export const weakMapSet = uncurryThis(WeakMap.prototype.set) as <K extends WeakKey, V>(
  map: WeakMap<K, V>,
  key: K,
  value: V,
) => WeakMap<K, V>;
export const weakMapHas = uncurryThis(WeakMap.prototype.has);
export const weakMapDelete = uncurryThis(WeakMap.prototype.delete);

export const errorToString = uncurryThis(Error.prototype.toString);

export const promiseThen = uncurryThis(Promise.prototype.then) as (
  promise: Promise<unknown>,
  onFulfilled?: (value: unknown) => unknown,
  onRejected?: (reason: unknown) => unknown,
) => Promise<unknown>;

const typedArrayPrototype = getPrototypeOf(Uint8Array.prototype) as object;
const getterOf = (target: object, name: PropertyKey): ((this: unknown) => unknown) => {
  const getter = Object.getOwnPropertyDescriptor(target, name)?.get;
  if (getter === undefined) throw new Error(`The engine has no getter ${String(name)}.`);
  return getter;
};
/** Name of a typed array's true class, `undefined` for everything else; cannot be forged. */
export const typedArrayTag = uncurryThis(getterOf(typedArrayPrototype, Symbol.toStringTag)) as Method<
  unknown,
  [],
  string | undefined
>;
export const typedArrayBuffer = uncurryThis(getterOf(typedArrayPrototype, "buffer")) as Method<
  Uint8Array,
  [],
  ArrayBuffer
>;
export const typedArrayByteOffset = uncurryThis(getterOf(typedArrayPrototype, "byteOffset")) as Method<
  Uint8Array,
  [],
  number
>;
export const typedArrayByteLength = uncurryThis(getterOf(typedArrayPrototype, "byteLength")) as Method<
  Uint8Array,
  [],
  number
>;
export const typedArraySet = uncurryThis(Uint8Array.prototype.set);
export const arrayBufferByteLength = uncurryThis(getterOf(ArrayBuffer.prototype, "byteLength")) as Method<
  unknown,
  [],
  number
>;
export const arrayBufferSlice = uncurryThis(ArrayBuffer.prototype.slice);

/** Appends one value; `push` itself meets setters for indices on `Array.prototype`. Gives the new length. */
export function arrayPush(list: unknown[], value: unknown): number {
  defineData(list, list.length, value, true);
  return list.length;
}

/** Own property descriptor that inherits nothing, so that `value` and `get` are its own or absent. */
export function ownDescriptor(target: object, key: PropertyKey): PropertyDescriptor | undefined {
  const descriptor = objectGetOwnPropertyDescriptor(target, key);
  if (descriptor !== undefined) objectSetPrototypeOf(descriptor, null);
  return descriptor;
}

/**
 * Defines a data property. The descriptor has no prototype: one that inherits takes `get` and `set` from whatever a
 * script put on `Object.prototype`.
 */
export function defineData(target: object, key: PropertyKey, value: unknown, enumerable: boolean): void {
  objectDefineProperty(target, key, {
    __proto__: null,
    value,
    enumerable,
    writable: true,
    configurable: true,
  } as PropertyDescriptor);
}
