import { ENGINE_CLASS } from "../../inspect/engine-classes";
import {
  PROPERTY_GETTER,
  PROPERTY_HIDDEN,
  PROPERTY_SETTER,
  type EncodedKey,
  type Encoded,
} from "../../inspect/descriptor";
import { IntrinsicMap, mapGet, mapSet, objectGetPrototypeOf, reflectOwnKeys } from "../primordials";
import { encodeKey } from "./encode";
import { functionFlavour, ownFunctionName } from "./functions";
import { add, bare, list, ownDescriptor, toStringTag } from "./intrinsics";
import { intrinsicName } from "./prototypes";
import type { MutableDescriptor, Walk } from "./walk";

/** Prototypes in a row that are described; a longer chain ends as if `Object.prototype` came next. */
const MAX_CHAIN = 32;
/** With `showHidden`, Node lists the accessors of a class's prototype. */
const MAX_PROTOTYPE_PROPERTIES = 100;

/**
 * Describes prototypes once per description: what the printed name of their objects depends on, and no more. It does not
 * hold its walk: a cycle would keep everything that was described alive until the engine looks for cycles.
 */
export class PrototypeTable {
  private readonly ids = new IntrinsicMap<object, number | string>();

  /** What stands for a prototype in a descriptor: `null`, the name of an intrinsic, or the index of a descriptor. */
  of(walk: Walk, prototype: object | null): string | number | null {
    const chain = list<object>();
    let current = prototype;
    let end: string | number | null = null;
    while (current !== null) {
      const known = intrinsicName(current) ?? mapGet(this.ids, current);
      if (known !== undefined) {
        end = known;
        break;
      }
      if (chain.length === MAX_CHAIN || walk.view.classOf(current) === ENGINE_CLASS.proxy) {
        end = "Object";
        break;
      }
      add(chain, current);
      current = objectGetPrototypeOf(current) as object | null;
    }
    for (let index = chain.length - 1; index >= 0; index--) {
      const object = chain[index];
      if (object === undefined) continue;
      const node = this.describe(walk, object);
      node.p = end;
      end = walk.addNode(node);
      mapSet(this.ids, object, end);
    }
    return end;
  }

  private describe(walk: Walk, prototype: object): MutableDescriptor {
    if (typeof prototype === "function") {
      const node = bare<MutableDescriptor>({ k: "function" });
      const name = ownFunctionName(prototype);
      if (name !== undefined) node.n = name;
      node.t = functionFlavour(prototype, walk.view.classOf(prototype));
      return node;
    }
    const node = bare<MutableDescriptor>({ k: "prototype" });
    const name = ownDescriptor(prototype, "name")?.value as unknown;
    if (typeof name === "string") node.n = name;
    describeNaming(node, prototype, "prototype");
    if (walk.options.hidden || node.c === undefined) this.describeProperties(walk, node, prototype);
    return node;
  }

  private describeProperties(walk: Walk, node: MutableDescriptor, prototype: object): void {
    const { hidden } = walk.options;
    const properties = list<EncodedKey | number | Encoded>();
    const keys = reflectOwnKeys(prototype);
    for (let index = 0; index < keys.length && index < MAX_PROTOTYPE_PROPERTIES; index++) {
      const key = keys[index];
      if (key === undefined || key === "constructor" || key === toStringTag || key === "name") continue;
      const descriptor = ownDescriptor(prototype, key);
      if (descriptor === undefined || (descriptor.enumerable !== true && !hidden)) continue;
      if (typeof descriptor.value === "function" && hidden) continue;
      const bits =
        (descriptor.enumerable === true ? 0 : PROPERTY_HIDDEN) |
        (descriptor.get === undefined ? 0 : PROPERTY_GETTER) |
        (descriptor.set === undefined ? 0 : PROPERTY_SETTER);
      const encoded = encodeKey(key);
      add(properties, typeof encoded === "object" ? bare(encoded) : encoded);
      add(properties, bits);
      add(properties, null);
      // Without showHidden only the question "are there any?" matters.
      if (!hidden) break;
    }
    if (properties.length > 0) node.o = properties;
  }
}

/** Adds the own parts of an object that Node derives its printed name from: `constructor` and `Symbol.toStringTag`. */
export function describeNaming(node: MutableDescriptor, object: object, role: "object" | "prototype"): void {
  const made = ownDescriptor(object, "constructor")?.value as unknown;
  if (typeof made === "function") {
    const name = functionNameOnChain(made);
    if (
      name !== undefined &&
      name !== "" &&
      isInstance(role === "prototype" ? object : (objectGetPrototypeOf(object) as object | null), made)
    )
      node.c = name;
  }
  const tag = ownDescriptor(object, toStringTag);
  // An object's own enumerable tag is one of its properties.
  if (tag !== undefined && typeof tag.value === "string" && (role === "prototype" || tag.enumerable !== true))
    node.g = tag.value;
}

function functionNameOnChain(fn: object): string | undefined {
  let owner: object | null = fn;
  for (let step = 0; typeof owner === "function" && step < MAX_CHAIN; step++) {
    const name = ownFunctionName(owner);
    if (name !== undefined) return name;
    owner = objectGetPrototypeOf(owner) as object | null;
  }
  return undefined;
}

/** `instanceof` by prototypes alone, from the first one that counts, without `Symbol.hasInstance`. */
function isInstance(first: object | null, made: object): boolean {
  const wanted = ownDescriptor(made, "prototype")?.value as unknown;
  if (wanted === undefined || wanted === null) return false;
  let current = first;
  for (let step = 0; current !== null && step < MAX_CHAIN; step++) {
    if (current === wanted) return true;
    current = objectGetPrototypeOf(current) as object | null;
  }
  return false;
}
