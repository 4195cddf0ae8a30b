import { TYPED_ARRAY_CLASSES } from "./class-names";
import type { ObjectDescriptor } from "./descriptor";

/** Bytes that a rebuilt buffer may really take; the system hands them out only when they are touched. */
export const MAX_BUFFER_BYTES = 64 * 1024 * 1024;

/** A map or set is filled up to this size when it has more than was sent, so that its printed size is right. */
export const MAX_FILLED = 10_000;

/** Whether the real size cannot be rebuilt; then the object has one element more than is shown, and its text is corrected. */
export function isTooLarge(node: ObjectDescriptor): boolean {
  const length = node.l ?? 0;
  if (node.d === 1) return false;
  if (node.k === "typedarray")
    return node.v === undefined && length * typedArrayClass(node).BYTES_PER_ELEMENT > MAX_BUFFER_BYTES;
  return (node.k === "map" || node.k === "set" || isIterator(node)) && length > MAX_FILLED;
}

/** Whether it stands for an iterator over a map or set. */
export function isIterator({ k }: ObjectDescriptor): boolean {
  return k === "mapiterator" || k === "setiterator";
}

/** Whether two elements in turn are one entry. */
export function holdsPairs(node: ObjectDescriptor): boolean {
  return node.k === "map" || (isIterator(node) && node.t === "entries");
}

/** Node's class for a typed array; one that Node lacks is shown as another. */
export function typedArrayClass(
  node: ObjectDescriptor,
): (typeof globalThis)[(typeof TYPED_ARRAY_CLASSES)[number]] {
  const name = TYPED_ARRAY_CLASSES.find((known) => known === (node.n ?? "Uint8Array"));
  return globalThis[name ?? "Float32Array"];
}
