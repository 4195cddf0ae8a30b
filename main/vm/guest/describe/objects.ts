import { ENGINE_CLASS } from "../../inspect/engine-classes";
import { PROPERTY_HIDDEN, type Encoded, type EncodedKey, type ObjectKind } from "../../inspect/descriptor";
import { objectGetPrototypeOf } from "../primordials";
import { stackText } from "../stacks";
import {
  fillArguments,
  fillArray,
  fillBuffer,
  fillDataView,
  fillIterator,
  fillMap,
  fillSet,
  fillTypedArray,
} from "./contents";
import { lookup } from "./custom";
import { encodePrimitive, type Primitive } from "./encode";
import { errorParts } from "./error-like";
import type { FillContext } from "./fill-context";
import { functionFlavour, ownFunctionName } from "./functions";
import * as intrinsic from "./intrinsics";
import { add, bare, list } from "./intrinsics";
import { fillProperties } from "./own-properties";
import { describeNaming } from "./prototype-table";
import type { MutableDescriptor, Walk } from "./walk";

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

/** What a boxed primitive holds, by the name of its prototype. */
const VALUE_OF: Readonly<Record<string, (boxed: object) => Primitive>> = bare({
  Number: intrinsic.numberValueOf,
  String: intrinsic.stringValueOf,
  Boolean: intrinsic.booleanValueOf,
  Symbol: intrinsic.symbolValueOf,
  BigInt: intrinsic.bigintValueOf,
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
  if (node.k === "proxy" || node.k === "revoked") return;
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
    case "mapiterator":
    case "setiterator":
      fillIterator(walk, node, object, context);
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
  const value = VALUE_OF[name]?.(object);
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
