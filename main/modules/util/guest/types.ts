import type { EngineView } from "../../../vm/guest/environment";
import { ENGINE_CLASS } from "../../../vm/inspect/engine-classes";

/** Classes are the low byte; the view adds flags about how an array is stored. */
const CLASS_BITS = 0xff;
// Captured: the tag of a typed array cannot be forged, its `Symbol.toStringTag` getter could be replaced later.
const tagOf = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype) as object,
  Symbol.toStringTag,
)?.get;

const TYPED_ARRAYS = [
  "Uint8Array",
  "Uint8ClampedArray",
  "Uint16Array",
  "Uint32Array",
  "Int8Array",
  "Int16Array",
  "Int32Array",
  "Float32Array",
  "Float64Array",
  "BigInt64Array",
  "BigUint64Array",
] as const;

/** Tests of `util.types`: they see the true class of a value, whatever its prototype says. */
export type TypeTests = Record<string, (value: unknown) => boolean>;

/** Name of a typed array's class; `undefined` for everything else. */
export function typedArrayName(value: unknown): string | undefined {
  return tagOf?.call(value) as string | undefined;
}

/** Makes `util.types`. */
export function createTypes(view: EngineView): TypeTests {
  const classOf = (value: unknown): number => view.classOf(value) & CLASS_BITS;
  const is =
    (...classes: readonly number[]) =>
    (value: unknown): boolean =>
      classes.includes(classOf(value));
  const C = ENGINE_CLASS;
  const boxed = [C.number, C.string, C.boolean, C.symbol, C.bigint];
  const buffers = [C.arrayBuffer, C.sharedArrayBuffer];
  const isObject = (value: unknown): boolean => typeof value === "object" && value !== null;
  const tests: TypeTests = {
    isExternal: () => false,
    isDate: is(C.date),
    isArgumentsObject: is(C.arguments, C.strictArguments),
    isBigIntObject: is(C.bigint),
    isBooleanObject: is(C.boolean),
    isNumberObject: is(C.number),
    isStringObject: is(C.string),
    isSymbolObject: is(C.symbol),
    isBoxedPrimitive: (value) => isObject(value) && is(...boxed)(value),
    isNativeError: is(C.error),
    isRegExp: is(C.regexp),
    isAsyncFunction: is(C.asyncFunction, C.asyncGeneratorFunction),
    isGeneratorFunction: is(C.generatorFunction, C.asyncGeneratorFunction),
    isGeneratorObject: is(C.generator, C.asyncGenerator),
    isPromise: is(C.promise),
    isMap: is(C.map),
    isSet: is(C.set),
    isMapIterator: is(C.mapIterator),
    isSetIterator: is(C.setIterator),
    isWeakMap: is(C.weakMap),
    isWeakSet: is(C.weakSet),
    isArrayBuffer: is(C.arrayBuffer),
    isSharedArrayBuffer: is(C.sharedArrayBuffer),
    isAnyArrayBuffer: is(...buffers),
    isDataView: is(C.dataView),
    isProxy: is(C.proxy),
    isModuleNamespaceObject: is(C.moduleNamespace),
    isArrayBufferView: (value) => ArrayBuffer.isView(value),
    isTypedArray: (value) => typedArrayName(value) !== undefined,
  };
  for (const name of TYPED_ARRAYS) tests[`is${name}`] = (value) => typedArrayName(value) === name;
  // Primitives share the class of nothing.
  for (const [name, test] of Object.entries(tests)) {
    const exact = (value: unknown): boolean =>
      (isObject(value) || typeof value === "function") && test(value);
    tests[name] = Object.defineProperty(exact, "name", { value: name });
  }
  return tests;
}
