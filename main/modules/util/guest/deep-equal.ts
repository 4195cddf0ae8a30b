import { typedArrayName, type TypeTests } from "./types";

type Pairs = Map<object, Set<object>>;

const tagOf = (value: object): string => Object.prototype.toString.call(value);
const enumerableSymbols = (value: object): symbol[] =>
  Object.getOwnPropertySymbols(value).filter((symbol) =>
    Object.prototype.propertyIsEnumerable.call(value, symbol),
  );

/** `util.isDeepStrictEqual` by Node's rules: prototypes, own enumerable properties and the contents of built-ins. */
export function createDeepEqual(types: TypeTests) {
  const is = (name: string, value: unknown): boolean => types[name]?.(value) === true;

  function equal(a: unknown, b: unknown, seen: Pairs): boolean {
    if (Object.is(a, b)) return true;
    if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
    if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b) || tagOf(a) !== tagOf(b)) return false;
    if (Array.isArray(a) !== Array.isArray(b)) return false;
    const pending = seen.get(a);
    // A cycle: equal as long as nothing else differs.
    if (pending?.has(b) === true) return true;
    if (pending === undefined) seen.set(a, new Set([b]));
    else pending.add(b);
    const result = sameBuiltin(a, b) && sameProperties(a, b, seen) && sameEntries(a, b, seen);
    seen.get(a)?.delete(b);
    return result;
  }

  /** What a built-in holds apart from properties. */
  function sameBuiltin(a: object, b: object): boolean {
    for (const name of [
      "isDate",
      "isRegExp",
      "isNativeError",
      "isMap",
      "isSet",
      "isBoxedPrimitive",
      "isAnyArrayBuffer",
      "isDataView",
    ]) {
      if (is(name, a) !== is(name, b)) return false;
    }
    if (typedArrayName(a) !== typedArrayName(b)) return false;
    if (is("isDate", a)) return Object.is(Date.prototype.getTime.call(a), Date.prototype.getTime.call(b));
    if (is("isRegExp", a)) {
      const [left, right] = [a as RegExp, b as RegExp];
      return String(left) === String(right) && left.lastIndex === right.lastIndex;
    }
    if (is("isNativeError", a) || a instanceof Error) {
      const [left, right] = [a as Error, b as Error];
      return left.message === right.message && left.name === right.name;
    }
    if (is("isBoxedPrimitive", a)) return sameBoxed(a, b);
    if (ArrayBuffer.isView(a) || is("isAnyArrayBuffer", a)) return sameBytes(a, b);
    if (["isWeakMap", "isWeakSet", "isPromise"].some((name) => is(name, a) !== is(name, b))) return false;
    return true;
  }

  function sameBoxed(a: object, b: object): boolean {
    const kinds = ["isNumberObject", "isStringObject", "isBooleanObject", "isBigIntObject", "isSymbolObject"];
    if (!kinds.every((kind) => is(kind, a) === is(kind, b))) return false;
    return Object.is(a.valueOf(), b.valueOf());
  }

  function sameBytes(a: object, b: object): boolean {
    if (typedArrayName(a)?.startsWith("Float") === true) {
      const [left, right] = [a as Float64Array, b as Float64Array];
      return left.length === right.length && left.every((value, index) => Object.is(value, right[index]));
    }
    const bytes = (value: object): Uint8Array =>
      ArrayBuffer.isView(value)
        ? new Uint8Array(value.buffer as ArrayBuffer, value.byteOffset, value.byteLength)
        : new Uint8Array(value as ArrayBuffer);
    const [left, right] = [bytes(a), bytes(b)];
    return left.length === right.length && left.every((value, index) => value === right[index]);
  }

  function sameProperties(a: object, b: object, seen: Pairs): boolean {
    const indexed = Array.isArray(a) || typedArrayName(a) !== undefined;
    if (Array.isArray(a) && a.length !== (b as unknown[]).length) return false;
    const skip =
      typedArrayName(a) !== undefined ? (key: string): boolean => !/^\d+$/.test(key) : (): boolean => true;
    const keys: PropertyKey[] = Object.keys(a).filter(skip);
    if (keys.length !== Object.keys(b).filter(skip).length) return false;
    const symbols = enumerableSymbols(a);
    if (symbols.length !== enumerableSymbols(b).length) return false;
    keys.push(...symbols);
    if (!indexed && is("isNativeError", a)) {
      for (const key of ["cause", "errors"]) {
        if (Object.hasOwn(a, key) !== Object.hasOwn(b, key)) return false;
        if (Object.hasOwn(a, key) && !keys.includes(key)) keys.push(key);
      }
    }
    return keys.every((key) => {
      if (!Object.hasOwn(b, key)) return false;
      return equal((a as Record<PropertyKey, unknown>)[key], (b as Record<PropertyKey, unknown>)[key], seen);
    });
  }

  function sameEntries(a: object, b: object, seen: Pairs): boolean {
    if (is("isSet", a)) return sameSets(a as Set<unknown>, b as Set<unknown>, seen);
    if (is("isMap", a)) return sameMaps(a as Map<unknown, unknown>, b as Map<unknown, unknown>, seen);
    return true;
  }

  function sameSets(a: Set<unknown>, b: Set<unknown>, seen: Pairs): boolean {
    if (a.size !== b.size) return false;
    const rest = new Set(
      [...b].filter((value) => typeof value === "object" && value !== null && !a.has(value)),
    );
    for (const value of a) {
      if (b.has(value)) continue;
      if (typeof value !== "object" || value === null) return false;
      const match = [...rest].find((other) => equal(value, other, seen));
      if (match === undefined) return false;
      rest.delete(match);
    }
    return true;
  }

  function sameMaps(a: Map<unknown, unknown>, b: Map<unknown, unknown>, seen: Pairs): boolean {
    if (a.size !== b.size) return false;
    const rest = new Map([...b].filter(([key]) => typeof key === "object" && key !== null && !a.has(key)));
    for (const [key, value] of a) {
      if (b.has(key)) {
        if (!equal(value, b.get(key), seen)) return false;
        continue;
      }
      if (typeof key !== "object" || key === null) return false;
      const match = [...rest].find(([other, item]) => equal(key, other, seen) && equal(value, item, seen));
      if (match === undefined) return false;
      rest.delete(match[0]);
    }
    return true;
  }

  return (a: unknown, b: unknown): boolean => equal(a, b, new Map());
}
