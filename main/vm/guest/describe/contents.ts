import type { Encoded } from "../../inspect/descriptor";
import {
  arrayBufferByteLength,
  IntrinsicUint8Array,
  objectHasOwn,
  reflectOwnKeys,
  typedArrayBuffer,
  typedArrayByteOffset,
  typedArrayTag,
} from "../primordials";
import type { FillContext } from "./fill-context";
import * as intrinsic from "./intrinsics";
import { add, bare, list, ownDescriptor } from "./intrinsics";
import type { MutableDescriptor, Walk } from "./walk";

// What stands inside objects that hold others in order: elements, bytes, entries.

/** What an iterator gives, as `EngineView.iteratorKind` says. */
const KEYS = 0;
const VALUES = 1;
const ENTRIES = 2;

/** Elements; with their places when some are missing. */
export function fillArray(
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
export function arrayIndex(key: string | symbol | undefined, length: number): number {
  if (typeof key !== "string" || key.length > 10) return -1;
  const place = +key;
  return place >= 0 && place < length && "" + place === key ? place : -1;
}

/** Elements of `arguments`. */
export function fillArguments(
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

/** Elements and, where hidden things are shown, the buffer. Gives the name of the usual prototype. */
export function fillTypedArray(
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

/** The first bytes. */
export function fillBuffer(
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

/** The buffer behind it. */
export function fillDataView(
  walk: Walk,
  node: MutableDescriptor,
  object: object,
  { level }: FillContext,
): void {
  node.v = walk.encode(intrinsic.dataViewBuffer(object), level);
  try {
    node.l = intrinsic.dataViewByteLength(object);
    node.x = bare([intrinsic.dataViewByteOffset(object)]);
  } catch {
    node.l = -1;
  }
}

/** Keys and values, in turn. */
export function fillMap(
  walk: Walk,
  node: MutableDescriptor,
  map: object,
  { stub, level }: FillContext,
): void {
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

/** Members. */
export function fillSet(
  walk: Walk,
  node: MutableDescriptor,
  set: object,
  { stub, level }: FillContext,
): void {
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

/** What an iterator over a map or set has not given yet, read by another one. */
export function fillIterator(
  walk: Walk,
  node: MutableDescriptor,
  iterator: object,
  { stub, level }: FillContext,
): void {
  const source = walk.view.iterated(iterator);
  const kind = walk.view.iteratorKind(iterator);
  if (kind === ENTRIES) node.t = "entries";
  if (source === undefined || stub) return;
  const isMap = node.k === "mapiterator";
  const given = walk.view.entriesGiven(iterator);
  node.l = (isMap ? intrinsic.mapSize(source) : intrinsic.setSize(source)) - given;
  const elements = list<Encoded>();
  node.e = elements;
  if (node.l > walk.options.maxElements) walk.cut = true;
  const steps = isMap ? intrinsic.mapEntries(source) : intrinsic.setValues(source);
  for (let index = 0; index < given + walk.options.maxElements; index++) {
    const step = isMap ? intrinsic.mapIteratorNext(steps) : intrinsic.setIteratorNext(steps);
    if (step.done === true) break;
    if (index < given) continue;
    const pair = isMap ? (step.value as [unknown, unknown]) : bare([step.value, step.value]);
    if (kind !== VALUES) add(elements, walk.encode(pair[0], level));
    if (kind !== KEYS) add(elements, walk.encode(pair[1], level));
  }
}
