import {
  PROPERTY_GETTER,
  PROPERTY_HIDDEN,
  PROPERTY_RAN,
  PROPERTY_SETTER,
  PROPERTY_THREW,
  type Encoded,
  type EncodedKey,
} from "../../inspect/descriptor";
import { reflectApply, reflectOwnKeys } from "../primordials";
import { arrayIndex } from "./contents";
import { lookup } from "./custom";
import { encodeKey } from "./encode";
import type { FillContext } from "./fill-context";
import { add, bare, list, ownDescriptor } from "./intrinsics";
import type { MutableDescriptor, Walk } from "./walk";

/** Properties of one object that are described; the others are counted. */
const MAX_PROPERTIES = 1_000;

/** Lists the own properties of an object, as far as the options want them shown. */
export function fillProperties(
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
