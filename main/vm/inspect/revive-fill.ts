import { inspect, type InspectOptions } from "node:util";
import {
  PROPERTY_GETTER,
  PROPERTY_HIDDEN,
  PROPERTY_RAN,
  PROPERTY_SETTER,
  PROPERTY_THREW,
  type Encoded,
  type EncodedKey,
  type ObjectDescriptor,
} from "./descriptor";
import type { Reviver } from "./revive";
import { holdsPairs, isTooLarge, MAX_FILLED } from "./revive-size";
import { reviveSymbol } from "./revive-symbol";

/** Puts the contents into an object made by `makeShell`; those that print by themselves have theirs. */
export function fillRevived(reviver: Reviver, node: ObjectDescriptor, object: object): void {
  if (
    node.k === "custom" ||
    node.k === "module" ||
    node.k === "revoked" ||
    node.k === "proxy" ||
    isTooLarge(node)
  )
    return;
  fillContents(reviver, node, object);
}

/** Puts elements and properties into an object. */
export function fillContents(reviver: Reviver, node: ObjectDescriptor, object: object): void {
  switch (node.k) {
    case "array":
      fillArray(reviver, node, object as unknown[]);
      break;
    case "arguments":
      node.e?.forEach((encoded, index) => define(object, String(index), reviver.value(encoded), true));
      break;
    case "typedarray":
      if (ArrayBuffer.isView(object) && node.v === undefined) {
        node.e?.forEach((encoded, index) => Reflect.set(object, index, reviver.value(encoded), object));
      }
      break;
    case "arraybuffer":
      if ((node.l ?? 0) >= 0) new Uint8Array(object as ArrayBuffer).set((node.e ?? []) as number[]);
      break;
    case "sharedarraybuffer":
      new Uint8Array(object as SharedArrayBuffer).set((node.e ?? []) as number[]);
      break;
    case "map":
      fillMap(reviver, node, object as Map<unknown, unknown>);
      break;
    case "set":
      fillSet(reviver, node, object as Set<unknown>);
      break;
    case "mapiterator":
    case "setiterator":
      fillIterated(reviver, node, object);
      break;
    case "error":
      fillError(reviver, node, object);
      break;
    default:
      break;
  }
  defineNaming(node, object);
  defineProperties(reviver, node, object);
  if (node.d === 1 && !Object.hasOwn(object, inspect.custom)) closeForGood(object);
}

/**
 * What was not opened prints its name at every depth, as Node prints what is too deep: of its contents only placeholders
 * are here.
 */
function closeForGood(object: object): void {
  const print = (_depth: number, options: InspectOptions, inspectValue: typeof inspect): string => {
    // Not there while it prints: it would be a property, and be called again.
    Reflect.deleteProperty(object, inspect.custom);
    const text = inspectValue(object, { ...options, depth: -1 });
    define(object, inspect.custom, print, false);
    return text;
  };
  define(object, inspect.custom, print, false);
}

function define(object: object, key: PropertyKey, value: unknown, enumerable: boolean): void {
  Object.defineProperty(object, key, { value, enumerable, writable: true, configurable: true });
}

function fillArray(reviver: Reviver, node: ObjectDescriptor, array: unknown[]): void {
  node.e?.forEach((encoded, index) =>
    define(array, String(node.x?.[index] ?? index), reviver.value(encoded), true),
  );
  array.length = node.l ?? 0;
}

function fillMap(reviver: Reviver, node: ObjectDescriptor, map: Map<unknown, unknown>): void {
  const elements = node.e ?? [];
  for (let index = 0; index + 1 < elements.length; index += 2) {
    Map.prototype.set.call(
      map,
      reviver.value(elements[index] ?? null),
      reviver.value(elements[index + 1] ?? null),
    );
  }
  const size = node.d === 1 ? Math.min(node.l ?? 0, 1) : Math.min(node.l ?? 0, MAX_FILLED);
  for (let missing = elements.length / 2; missing < size; missing += 1) Map.prototype.set.call(map, {}, 0);
}

/** What the rebuilt iterators go over. */
const iterated = new WeakMap<object, Map<unknown, unknown> | Set<unknown>>();

/** An iterator over a map or set that is still empty; {@link fillContents} fills it. */
export function makeIterator(node: ObjectDescriptor): object {
  const source = node.k === "mapiterator" ? new Map() : new Set();
  const iterator = node.t === "entries" ? source.entries() : source.values();
  iterated.set(iterator, source);
  return iterator;
}

function fillIterated(reviver: Reviver, node: ObjectDescriptor, iterator: object): void {
  const source = iterated.get(iterator);
  const elements = node.e ?? [];
  if (source instanceof Map) {
    // Values may be equal to each other; keys of their own keep them apart.
    const entries = holdsPairs(node) ? elements : elements.flatMap((encoded, index) => [index, encoded]);
    fillMap(reviver, { ...node, e: entries }, source);
  } else if (source !== undefined) {
    const values = holdsPairs(node) ? elements.filter((_, index) => index % 2 === 0) : elements;
    fillSet(reviver, { ...node, e: values }, source);
  }
}

function fillSet(reviver: Reviver, node: ObjectDescriptor, set: Set<unknown>): void {
  const elements = node.e ?? [];
  for (const encoded of elements) Set.prototype.add.call(set, reviver.value(encoded));
  const size = node.d === 1 ? Math.min(node.l ?? 0, 1) : Math.min(node.l ?? 0, MAX_FILLED);
  for (let missing = elements.length; missing < size; missing += 1) Set.prototype.add.call(set, {});
}

/** V8's stack begins with a line that the engine's does not have: name and message. */
function fillError(reviver: Reviver, node: ObjectDescriptor, error: object): void {
  Reflect.deleteProperty(error, "stack");
  if (node.n !== undefined && Reflect.get(error, "name") !== node.n) define(error, "name", node.n, false);
  if (node.t === undefined) return;
  const frames = node.t.replace(/\n+$/, "");
  if (frames !== "" && !/^\s*at /.test(frames)) {
    define(error, "stack", node.t, false);
    return;
  }
  const header = errorHeader(node.n ?? "Error", ownMessage(node));
  const mapped = frames === "" ? "" : reviver.mapStack(frames);
  define(error, "stack", mapped === "" ? header : `${header}\n${mapped}`, false);
}

function errorHeader(name: string, message: string): string {
  if (message === "") return name;
  return name === "" ? message : `${name}: ${message}`;
}

function ownMessage(node: ObjectDescriptor): string {
  const properties = node.o ?? [];
  for (let at = 0; at < properties.length; at += 3) {
    const value = properties[at + 2];
    if (properties[at] !== "message") continue;
    if (typeof value === "string") return value;
    return Array.isArray(value) && value[0] === "s" ? String(value[1]) : "";
  }
  return "";
}

function defineNaming(node: ObjectDescriptor, object: object): void {
  if (node.k === "prototype" && node.n !== undefined) define(object, "name", node.n, false);
  if (node.g !== undefined) {
    Object.defineProperty(object, Symbol.toStringTag, {
      value: node.g,
      configurable: true,
      enumerable: false,
    });
  }
  if (node.c !== undefined) {
    const made = function (): void {};
    Object.defineProperty(made, "name", { value: node.c });
    // Node asks whether the object is an instance of it.
    made.prototype = node.k === "prototype" ? object : (Object.getPrototypeOf(object) as object | null);
    define(object, "constructor", made, false);
  }
}

function defineProperties(reviver: Reviver, node: ObjectDescriptor, object: object): void {
  const properties = node.o ?? [];
  for (let at = 0; at < properties.length; at += 3) {
    const key = propertyKey(properties[at] as EncodedKey);
    const bits = properties[at + 1] as number;
    const encoded = properties[at + 2] as Encoded;
    try {
      Object.defineProperty(object, key, propertyDescriptor(reviver, bits, encoded));
    } catch {
      // What Node's own object does not let be redefined (a class's `prototype`) is right already.
    }
  }
  if (node.m !== undefined && node.m > 0) {
    define(object, "...", `${node.m} more properties`, true);
  }
}

function propertyKey(key: EncodedKey): string | symbol {
  if (typeof key === "string") return key;
  return key[2] === "tag" ? Symbol.toStringTag : reviveSymbol(key[1]);
}

function propertyDescriptor(reviver: Reviver, bits: number, encoded: Encoded): PropertyDescriptor {
  const enumerable = (bits & PROPERTY_HIDDEN) === 0;
  if ((bits & (PROPERTY_GETTER | PROPERTY_SETTER)) === 0) {
    return { value: reviver.value(encoded), enumerable, writable: true, configurable: true };
  }
  const descriptor: PropertyDescriptor = { enumerable, configurable: true };
  if ((bits & PROPERTY_GETTER) !== 0) {
    descriptor.get = (): unknown => {
      if ((bits & PROPERTY_THREW) !== 0) throw new Error(String(encoded));
      return (bits & PROPERTY_RAN) === 0 ? undefined : reviver.value(encoded);
    };
  }
  if ((bits & PROPERTY_SETTER) !== 0) descriptor.set = (): void => {};
  return descriptor;
}
