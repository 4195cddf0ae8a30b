import { ENGINE_CLASS } from "../../inspect/engine-classes";
import {
  PROPERTY_GETTER,
  PROPERTY_HIDDEN,
  PROPERTY_RAN,
  PROPERTY_SETTER,
  PROPERTY_THREW,
  type Encoded,
  type EncodedKey,
  type ObjectKind,
} from "../../inspect/descriptor";
import {
  arrayBufferByteLength,
  IntrinsicUint8Array,
  objectGetPrototypeOf,
  objectHasOwn,
  reflectApply,
  reflectOwnKeys,
  typedArrayBuffer,
  typedArrayByteOffset,
  typedArrayTag,
} from "../primordials";
import { encodeKey, encodePrimitive } from "./encode";
import { errorParts } from "./error-like";
import { functionFlavour, ownFunctionName } from "./functions";
import * as intrinsic from "./intrinsics";
import { add, bare, list, ownDescriptor } from "./intrinsics";
import { lookup } from "./custom";
import { describeNaming } from "./prototype-table";
import type { MutableDescriptor, Walk } from "./walk";
import { stackText } from "../stacks";

export interface FillContext {
  readonly dense: boolean;
  readonly elementsOnly: boolean;
  /** Too deep: only what the name needs, and whether there is anything inside. */
  readonly stub: boolean;
  /** Level of what stands inside. */
  readonly level: number;
}

/** Properties of one object that are described; the others are counted. */
const MAX_PROPERTIES = 1_000;

const KINDS: Readonly<Record<number, readonly [kind: ObjectKind, prototype: string]>> = bare({
  [ENGINE_CLASS.array]: ["array", "Array"],
  [ENGINE_CLASS.error]: ["error", "Error"],
  [ENGINE_CLASS.number]: ["boxed", "Number"],
  [ENGINE_CLASS.string]: ["boxed", "String"],
  [ENGINE_CLASS.boolean]: ["boxed", "Boolean"],
  [ENGINE_CLASS.symbol]: ["boxed", "Symbol"],
  [ENGINE_CLASS.bigint]: ["boxed", "BigInt"],
  [ENGINE_CLASS.arguments]: ["arguments", "Object"],
  [ENGINE_CLASS.strictArguments]: ["arguments", "Object"],
  [ENGINE_CLASS.date]: ["date", "Date"],
  [ENGINE_CLASS.moduleNamespace]: ["module", "Object"],
  [ENGINE_CLASS.regexp]: ["regexp", "RegExp"],
  [ENGINE_CLASS.arrayBuffer]: ["arraybuffer", "ArrayBuffer"],
  [ENGINE_CLASS.sharedArrayBuffer]: ["sharedarraybuffer", "SharedArrayBuffer"],
  [ENGINE_CLASS.dataView]: ["dataview", "DataView"],
  [ENGINE_CLASS.map]: ["map", "Map"],
  [ENGINE_CLASS.set]: ["set", "Set"],
  [ENGINE_CLASS.weakMap]: ["weakmap", "WeakMap"],
  [ENGINE_CLASS.weakSet]: ["weakset", "WeakSet"],
  [ENGINE_CLASS.weakRef]: ["weakref", "WeakRef"],
  [ENGINE_CLASS.mapIterator]: ["mapiterator", "MapIterator"],
  [ENGINE_CLASS.setIterator]: ["setiterator", "SetIterator"],
  [ENGINE_CLASS.generator]: ["generator", "Generator"],
  [ENGINE_CLASS.asyncGenerator]: ["asyncgenerator", "AsyncGenerator"],
  [ENGINE_CLASS.promise]: ["promise", "Promise"],
  [ENGINE_CLASS.global]: ["global", "Object"],
  [ENGINE_CLASS.proxy]: ["proxy", "Object"],
});

const FUNCTION_PROTOTYPES: Readonly<Record<string, string>> = bare({
  "": "Function",
  class: "Function",
  async: "AsyncFunction",
  generator: "GeneratorFunction",
  "async generator": "AsyncGeneratorFunction",
});

/** Fills the descriptor of one object: its kind, what is inside, its properties and what its name depends on. */
export function fillObject(
  walk: Walk,
  node: MutableDescriptor,
  object: object,
  original: object,
  engineClass: number,
  context: FillContext,
): void {
  const usual = fillKind(walk, node, object, engineClass, context);
  if (node.k === "proxy") return;
  const prototype = walk.prototypes.of(walk, objectGetPrototypeOf(object) as object | null);
  if (prototype !== usual) node.p = prototype;
  describeNaming(node, object, "object");
  if (!context.elementsOnly) fillProperties(walk, node, object, original, context);
}

/** Gives the name of the prototype that objects of this kind usually have. */
function fillKind(
  walk: Walk,
  node: MutableDescriptor,
  object: object,
  engineClass: number,
  context: FillContext,
): string {
  if (typeof object === "function") return fillFunction(node, object, engineClass);
  if (engineClass >= ENGINE_CLASS.firstTypedArray && engineClass <= ENGINE_CLASS.lastTypedArray) {
    return fillTypedArray(walk, node, object as Uint8Array, context);
  }
  const known = KINDS[engineClass];
  if (known === undefined) return fillErrorLike(walk, node, object);
  node.k = known[0];
  switch (known[0]) {
    case "array":
      fillArray(walk, node, object as readonly unknown[], context);
      break;
    case "arguments":
      fillArguments(walk, node, object, context);
      break;
    case "error":
      fillError(walk, node, object);
      break;
    case "boxed":
      fillBoxed(walk, node, object, known[1]);
      break;
    case "date": {
      const time = intrinsic.dateTime(object);
      node.v = time === time ? time : null;
      break;
    }
    case "regexp":
      node.t = intrinsic.regexpSource(object);
      node.f = intrinsic.regexpFlags(object);
      break;
    case "map":
      fillMap(walk, node, object, context);
      break;
    case "set":
      fillSet(walk, node, object, context);
      break;
    case "promise":
      fillPromise(walk, node, object, context);
      break;
    case "arraybuffer":
    case "sharedarraybuffer":
      fillBuffer(walk, node, object, known[0]);
      break;
    case "dataview":
      fillDataView(walk, node, object, context);
      break;
    case "proxy":
      fillProxy(walk, node, object, context);
      break;
    default:
      break;
  }
  return known[1];
}

function fillFunction(node: MutableDescriptor, object: object, engineClass: number): string {
  node.k = "function";
  node.t = functionFlavour(object, engineClass);
  const name = ownFunctionName(object);
  if (name !== undefined) node.n = name;
  return FUNCTION_PROTOTYPES[node.t] ?? "Function";
}

function fillArray(
  walk: Walk,
  node: MutableDescriptor,
  array: readonly unknown[],
  { dense, stub, level }: FillContext,
): void {
  node.l = array.length;
  if (stub) return;
  const elements = list<Encoded>();
  node.e = elements;
  // One more than is shown: Node aligns an array's columns by looking at the first element that it leaves out, too.
  const most = walk.options.maxElements + 1;
  const count = array.length < most ? array.length : most;
  if (array.length > walk.options.maxElements) walk.cut = true;
  if (dense) {
    for (let index = 0; index < count && objectHasOwn(array, index); index++)
      add(elements, walk.encode(array[index], level));
    if (elements.length < count) node.x = places(elements.length);
    return;
  }
  const where = list<number>();
  const keys = reflectOwnKeys(array);
  // Integer keys come first, in ascending order.
  for (let index = 0; index < keys.length && elements.length < count; index++) {
    const place = arrayIndex(keys[index], array.length);
    if (place === -1) break;
    const descriptor = ownDescriptor(array, place);
    if (descriptor === undefined || descriptor.get !== undefined || descriptor.set !== undefined) continue;
    if (descriptor.enumerable !== true) continue;
    add(elements, walk.encode(descriptor.value, level));
    add(where, place);
  }
  node.x = where;
}

function places(count: number): number[] {
  const where = list<number>();
  for (let index = 0; index < count; index++) add(where, index);
  return where;
}

/** The number that a key stands for when it names an element; -1 otherwise. */
function arrayIndex(key: string | symbol | undefined, length: number): number {
  if (typeof key !== "string" || key.length > 10) return -1;
  const place = +key;
  return place >= 0 && place < length && "" + place === key ? place : -1;
}

function fillArguments(
  walk: Walk,
  node: MutableDescriptor,
  object: object,
  { stub, level }: FillContext,
): void {
  const length: unknown = ownDescriptor(object, "length")?.value;
  node.l = typeof length === "number" && length >= 0 ? length : 0;
  if (stub) return;
  const elements = list<Encoded>();
  node.e = elements;
  for (let index = 0; index < node.l && index < walk.options.maxElements; index++) {
    const descriptor = ownDescriptor(object, index);
    add(elements, walk.encode(descriptor?.value, level));
  }
}

function fillTypedArray(
  walk: Walk,
  node: MutableDescriptor,
  array: Uint8Array,
  { stub, level }: FillContext,
): string {
  node.k = "typedarray";
  const name = typedArrayTag(array) ?? "Uint8Array";
  node.n = name;
  node.l = intrinsic.typedArrayLength(array);
  if (stub) return name;
  const elements = list<Encoded>();
  node.e = elements;
  if (node.l > walk.options.maxElements) walk.cut = true;
  for (let index = 0; index < node.l && index < walk.options.maxElements; index++)
    add(elements, walk.encode(array[index], level));
  if (walk.options.hidden) {
    node.v = walk.encode(typedArrayBuffer(array), level);
    node.x = bare([typedArrayByteOffset(array)]);
  }
  return name;
}

function fillBuffer(
  walk: Walk,
  node: MutableDescriptor,
  object: object,
  kind: "arraybuffer" | "sharedarraybuffer",
): void {
  const elements = list<Encoded>();
  node.e = elements;
  try {
    const length =
      kind === "arraybuffer" ? arrayBufferByteLength(object) : intrinsic.sharedArrayBufferByteLength(object);
    node.l = length;
    const count = length < walk.options.maxElements ? length : walk.options.maxElements;
    const bytes = new IntrinsicUint8Array(object as ArrayBuffer, 0, count);
    for (let index = 0; index < count; index++) add(elements, bytes[index] ?? 0);
  } catch {
    // A detached buffer has no bytes to look at.
    node.l = -1;
  }
}

function fillDataView(walk: Walk, node: MutableDescriptor, object: object, { level }: FillContext): void {
  node.v = walk.encode(intrinsic.dataViewBuffer(object), level);
  try {
    node.l = intrinsic.dataViewByteLength(object);
    node.x = bare([intrinsic.dataViewByteOffset(object)]);
  } catch {
    node.l = -1;
  }
}

function fillMap(walk: Walk, node: MutableDescriptor, map: object, { stub, level }: FillContext): void {
  node.l = intrinsic.mapSize(map);
  if (stub) return;
  const elements = list<Encoded>();
  node.e = elements;
  if (node.l > walk.options.maxElements) walk.cut = true;
  const entries = intrinsic.mapEntries(map);
  for (let index = 0; index < walk.options.maxElements; index++) {
    const step = intrinsic.mapIteratorNext(entries);
    if (step.done === true) break;
    add(elements, walk.encode(step.value[0], level));
    add(elements, walk.encode(step.value[1], level));
  }
}

function fillSet(walk: Walk, node: MutableDescriptor, set: object, { stub, level }: FillContext): void {
  node.l = intrinsic.setSize(set);
  if (stub) return;
  const elements = list<Encoded>();
  node.e = elements;
  if (node.l > walk.options.maxElements) walk.cut = true;
  const values = intrinsic.setValues(set);
  for (let index = 0; index < walk.options.maxElements; index++) {
    const step = intrinsic.setIteratorNext(values);
    if (step.done === true) break;
    add(elements, walk.encode(step.value, level));
  }
}

function fillPromise(
  walk: Walk,
  node: MutableDescriptor,
  promise: object,
  { stub, level }: FillContext,
): void {
  const state = walk.view.promiseState(promise);
  node.s = state === 1 ? "fulfilled" : state === 2 ? "rejected" : "pending";
  if (state > 0 && !stub) node.v = walk.encode(walk.view.promiseResult(promise), level);
}

function fillProxy(walk: Walk, node: MutableDescriptor, proxy: object, { stub, level }: FillContext): void {
  const target = walk.view.proxyTarget(proxy);
  const handler = walk.view.proxyHandler(proxy);
  if (target === null || target === undefined) {
    node.k = "revoked";
    return;
  }
  if (stub) return;
  const elements = list<Encoded>();
  add(elements, walk.encode(target, level));
  add(elements, walk.encode(handler, level));
  node.e = elements;
}

function fillBoxed(walk: Walk, node: MutableDescriptor, object: object, name: string): void {
  const { maxString } = walk.options;
  const value =
    name === "Number"
      ? intrinsic.numberValueOf(object)
      : name === "String"
        ? intrinsic.stringValueOf(object)
        : name === "Boolean"
          ? intrinsic.booleanValueOf(object)
          : name === "Symbol"
            ? intrinsic.symbolValueOf(object)
            : intrinsic.bigintValueOf(object);
  const encoded = encodePrimitive(value, maxString);
  node.v = typeof encoded === "object" && encoded !== null ? bare(encoded) : encoded;
  if (typeof value === "string") node.l = value.length;
}

/** A `DOMException` prints as the error that it is, though the engine knows it for a plain object. */
function fillErrorLike(walk: Walk, node: MutableDescriptor, object: object): string {
  const parts = errorParts(object);
  if (parts === undefined) return "Object";
  node.k = "error";
  fillError(walk, node, object);
  node.n = parts.name;
  const properties = list<EncodedKey | number | Encoded>();
  add(properties, "message");
  add(properties, PROPERTY_HIDDEN);
  add(properties, walk.encode(parts.message, 0));
  node.o = properties;
  return "Error";
}

/** What Node reads of an error: its stack, and the name that its class gives it. */
function fillError(walk: Walk, node: MutableDescriptor, error: object): void {
  const stack = stackText(error);
  if (stack !== undefined) {
    const encoded = walk.encode(stack, 0);
    node.t = typeof encoded === "string" ? encoded : (encoded as readonly ["s", string, number])[1];
  }
  const name = lookup(walk.view, error, "name");
  if (typeof name === "string") node.n = name;
}

function fillProperties(
  walk: Walk,
  node: MutableDescriptor,
  object: object,
  original: object,
  context: FillContext,
): void {
  const { hidden, getters } = walk.options;
  const all = hidden || node.k === "error";
  const elements =
    node.k === "array" || node.k === "typedarray" || node.k === "boxed" || node.k === "arguments";
  const length = elements ? (node.l ?? 0) : 0;
  const properties =
    (node.o as (EncodedKey | number | Encoded)[] | undefined) ?? list<EncodedKey | number | Encoded>();
  const keys = reflectOwnKeys(object);
  let count = 0;
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index];
    if (key === undefined) continue;
    if (count >= MAX_PROPERTIES) {
      node.m = keys.length - index;
      walk.cut = true;
      break;
    }
    const element = elements && arrayIndex(key, length) !== -1;
    if (element && node.k !== "array") continue;
    if (key === "length" && elements) continue;
    if (key === "stack" && node.k === "error") continue;
    const descriptor = safeDescriptor(object, key);
    if (descriptor === undefined || (descriptor.enumerable !== true && !all)) continue;
    const accessor = descriptor.get !== undefined || descriptor.set !== undefined;
    // Elements stand in the descriptor already, unless they are accessors or hidden.
    if (element && !accessor && descriptor.enumerable === true) continue;
    count += 1;
    let bits =
      (descriptor.enumerable === true ? 0 : PROPERTY_HIDDEN) |
      (descriptor.get === undefined ? 0 : PROPERTY_GETTER) |
      (descriptor.set === undefined ? 0 : PROPERTY_SETTER);
    let value: Encoded = null;
    if (!context.stub && !accessor) value = walk.encode(descriptor.value, context.level);
    if (!context.stub && descriptor.get !== undefined && runs(getters, descriptor)) {
      try {
        value = walk.encode(reflectApply(descriptor.get, original, []), context.level);
        bits |= PROPERTY_RAN;
      } catch (error) {
        const message =
          typeof error === "object" && error !== null ? lookup(walk.view, error, "message") : undefined;
        value = typeof message === "string" ? walk.encode(message, context.level) : "undefined";
        bits |= PROPERTY_THREW;
      }
    }
    const encoded = encodeKey(key);
    add(properties, typeof encoded === "object" ? bare(encoded) : encoded);
    add(properties, bits);
    add(properties, value);
    if (context.stub && node.k !== "error") break;
  }
  if (properties.length > 0) node.o = properties;
}

function runs(getters: boolean | "get" | "set", descriptor: PropertyDescriptor): boolean {
  if (getters === true || getters === false) return getters;
  return getters === "get" ? descriptor.set === undefined : descriptor.set !== undefined;
}

const UNINITIALIZED: PropertyDescriptor = bare({ enumerable: true, writable: true, configurable: false });

/** Own descriptor; reading a module's binding before it is initialised throws, and is shown as not there yet. */
function safeDescriptor(object: object, key: PropertyKey): PropertyDescriptor | undefined {
  try {
    return ownDescriptor(object, key);
  } catch {
    return UNINITIALIZED;
  }
}
