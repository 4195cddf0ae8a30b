const generator = function* () {};
const asyncGenerator = async function* () {};

/** Node's own prototypes under the names that the describer uses for the engine's. */
const PROTOTYPES: ReadonlyMap<string, object> = new Map<string, object>([
  ...[
    Object,
    Function,
    Array,
    Error,
    EvalError,
    RangeError,
    ReferenceError,
    SyntaxError,
    TypeError,
    URIError,
    AggregateError,
    Number,
    String,
    Boolean,
    Symbol,
    BigInt,
    Date,
    RegExp,
    Map,
    Set,
    WeakMap,
    WeakSet,
    WeakRef,
    Promise,
    ArrayBuffer,
    SharedArrayBuffer,
    DataView,
    FinalizationRegistry,
    Int8Array,
    Uint8Array,
    Uint8ClampedArray,
    Int16Array,
    Uint16Array,
    Int32Array,
    Uint32Array,
    BigInt64Array,
    BigUint64Array,
    Float32Array,
    Float64Array,
  ].map((made): [string, object] => [made.name, made.prototype as object]),
  ["AsyncFunction", prototypeOf(async () => {})],
  ["GeneratorFunction", prototypeOf(generator)],
  ["AsyncGeneratorFunction", prototypeOf(asyncGenerator)],
  ["Generator", prototypeOf(generator.prototype as object)],
  ["AsyncGenerator", prototypeOf(asyncGenerator.prototype as object)],
  ["TypedArray", prototypeOf(Uint8Array.prototype)],
  ["ArrayIterator", prototypeOf([].values())],
  ["MapIterator", prototypeOf(new Map().values())],
  ["SetIterator", prototypeOf(new Set().values())],
  ["StringIterator", prototypeOf(""[Symbol.iterator]())],
  ["RegExpStringIterator", prototypeOf("".matchAll(/x/g))],
]);

function prototypeOf(value: object): object {
  const prototype: unknown = Object.getPrototypeOf(value);
  return typeof prototype === "object" || typeof prototype === "function"
    ? (prototype ?? Object.prototype)
    : Object.prototype;
}

/** The prototype that a name of the describer stands for here. */
export function hostPrototype(name: string): object {
  return PROTOTYPES.get(name) ?? Object.prototype;
}
