import { CLASSES } from "./class-names";

const generator = function* () {};
const asyncGenerator = async function* () {};

/** Node's own prototypes under the names that the describer uses for the engine's. */
const PROTOTYPES: ReadonlyMap<string, object> = new Map<string, object>([
  ...CLASSES.map((name): [string, object] => [name, globalThis[name].prototype as object]),
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
