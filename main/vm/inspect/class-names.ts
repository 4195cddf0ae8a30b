/** Error classes of the language that a clone keeps; others become `Error`. */
export const ERROR_CLASSES = [
  "Error",
  "EvalError",
  "RangeError",
  "ReferenceError",
  "SyntaxError",
  "TypeError",
  "URIError",
] as const;

export const TYPED_ARRAY_CLASSES = [
  "Int8Array",
  "Uint8Array",
  "Uint8ClampedArray",
  "Int16Array",
  "Uint16Array",
  "Int32Array",
  "Uint32Array",
  "BigInt64Array",
  "BigUint64Array",
  "Float32Array",
  "Float64Array",
] as const;

/** Global classes that both the engine and Node have. The lists are here once: the engine's side and Node's must agree. */
export const CLASSES = [
  "Object",
  "Function",
  "Array",
  ...ERROR_CLASSES,
  "AggregateError",
  "Number",
  "String",
  "Boolean",
  "Symbol",
  "BigInt",
  "Date",
  "RegExp",
  "Map",
  "Set",
  "WeakMap",
  "WeakSet",
  "WeakRef",
  "Promise",
  "ArrayBuffer",
  "SharedArrayBuffer",
  "DataView",
  "FinalizationRegistry",
  ...TYPED_ARRAY_CLASSES,
] as const;
