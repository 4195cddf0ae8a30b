import { ENGINE_CLASS } from "../../inspect/engine-classes";
import type { EngineView } from "../environment";
import { IntrinsicWeakMap, objectGetPrototypeOf, uncurryThis } from "../primordials";
import { ownDescriptor, symbolFor } from "./intrinsics";

type Inspector = (this: unknown, depth: number | null, options: object, inspect: unknown) => unknown;

/** How `[util.inspect.custom]` functions are treated. */
export interface CustomInspection {
  /** `all`: the script's too; `trusted`: only those of the prelude's own classes. */
  readonly which: "all" | "trusted";
  call(method: Inspector, value: object, depth: number): unknown;
}

const customSymbol = symbolFor("nodejs.util.inspect.custom");
const trusted = new IntrinsicWeakMap<object, true>();
const weakHas = uncurryThis(WeakMap.prototype.has) as (map: WeakMap<object, true>, key: object) => boolean;
const weakSet = uncurryThis(WeakMap.prototype.set) as (
  map: WeakMap<object, true>,
  key: object,
  value: true,
) => unknown;
/** A longer chain of prototypes is not followed. */
const MAX_CHAIN = 1_000;

/** Gives a class of the prelude its text form, as Node's own classes have one. */
export function defineInspection(prototype: object, method: Inspector): void {
  weakSet(trusted, method, true);
  Reflect.defineProperty(prototype, customSymbol, {
    value: method,
    writable: true,
    enumerable: false,
    configurable: true,
  });
}

/** The value's `[util.inspect.custom]` function, found without running getters or traps. */
export function customMethod(
  view: EngineView,
  target: object,
  custom: CustomInspection,
): Inspector | undefined {
  const method = lookup(view, target, customSymbol);
  if (typeof method !== "function") return undefined;
  if (custom.which === "trusted" && !weakHas(trusted, method)) return undefined;
  // A class's prototype is no instance: Node shows it as it is.
  const made = lookup(view, target, "constructor");
  if (typeof made === "function" && ownDescriptor(made, "prototype")?.value === target) return undefined;
  return method as Inspector;
}

/** Reads a property along the prototypes; `undefined` for getters, and behind a proxy. */
export function lookup(view: EngineView, target: object, key: PropertyKey): unknown {
  let owner: object | null = target;
  for (let step = 0; owner !== null && step < MAX_CHAIN; step++) {
    if (view.classOf(owner) === ENGINE_CLASS.proxy) return undefined;
    const descriptor = ownDescriptor(owner, key);
    if (descriptor !== undefined) return descriptor.value;
    owner = objectGetPrototypeOf(owner) as object | null;
  }
  return undefined;
}
