import { CLASSES } from "../../inspect/class-names";
import {
  IntrinsicMap,
  mapGet,
  mapSet,
  objectGetOwnPropertyDescriptor,
  objectGetPrototypeOf,
} from "../primordials";

const names = new IntrinsicMap<object, string>();

for (let index = 0; index < CLASSES.length; index++) {
  const name = CLASSES[index];
  if (name === undefined) continue;
  const made: unknown = objectGetOwnPropertyDescriptor(globalThis, name)?.value;
  if (typeof made === "function") mapSet(names, made.prototype as object, name);
}

const note = (name: string, prototype: object | null): void => {
  if (prototype !== null) mapSet(names, prototype, name);
};
const generator = function* () {};
const asyncGenerator = async function* () {};
const generatorFunctions = objectGetPrototypeOf(generator) as { prototype: object };
const asyncGeneratorFunctions = objectGetPrototypeOf(asyncGenerator) as { prototype: object };
note("AsyncFunction", objectGetPrototypeOf(async () => {}) as object);
note("GeneratorFunction", generatorFunctions);
note("AsyncGeneratorFunction", asyncGeneratorFunctions);
note("Generator", generatorFunctions.prototype);
note("AsyncGenerator", asyncGeneratorFunctions.prototype);
note("TypedArray", objectGetPrototypeOf(Uint8Array.prototype) as object);
note("ArrayIterator", objectGetPrototypeOf([].values()) as object);
note("MapIterator", objectGetPrototypeOf(new Map().values()) as object);
note("SetIterator", objectGetPrototypeOf(new Set().values()) as object);
note("StringIterator", objectGetPrototypeOf(""[Symbol.iterator]()) as object);
note("RegExpStringIterator", objectGetPrototypeOf("".matchAll(/x/g)) as object);

/** Name of an intrinsic prototype, as it was before user code; `undefined` for every other object. */
export function intrinsicName(prototype: object): string | undefined {
  return mapGet(names, prototype);
}
