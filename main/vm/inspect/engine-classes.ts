/**
 * Numbers that quickjs-emscripten 0.32.0 (the pinned build) gives to the classes of its objects. They are constants of
 * the build; `engine-view.test.ts` makes one value of each and fails when an update of the engine moves them.
 */
export const ENGINE_CLASS = {
  object: 1,
  array: 2,
  error: 3,
  number: 4,
  string: 5,
  boolean: 6,
  symbol: 7,
  strictArguments: 8,
  arguments: 9,
  date: 10,
  moduleNamespace: 11,
  nativeFunction: 12,
  function: 13,
  boundFunction: 14,
  generatorFunction: 16,
  regexp: 18,
  arrayBuffer: 19,
  sharedArrayBuffer: 20,
  firstTypedArray: 21,
  lastTypedArray: 32,
  dataView: 33,
  bigint: 34,
  map: 35,
  set: 36,
  weakMap: 37,
  weakSet: 38,
  mapIterator: 43,
  setIterator: 44,
  generator: 48,
  global: 49,
  proxy: 50,
  promise: 51,
  asyncFunction: 54,
  asyncGeneratorFunction: 58,
  asyncGenerator: 59,
  weakRef: 60,
} as const;

/** Added to the class of an array that the engine stores densely: no holes, no accessors. */
export const DENSE_ARRAY = 256;
/** Added to the class of an array, typed array or boxed string that has elements only, no further properties. */
export const ELEMENTS_ONLY = 512;
