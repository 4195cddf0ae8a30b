import { ownDescriptor } from "./describe/intrinsics";
import {
  defineData,
  IntrinsicProxy,
  IntrinsicTypeError,
  objectDefineProperty,
  objectFreeze,
  stringSplit,
} from "./primordials";

/** Constants of scripts that run in global scope: properties of the global object that may be declared again, not assigned to. */
export interface Constants {
  /** Prepares the names, separated by commas, for a script that declares them: they exist, and can be written. */
  declare(names: string): void;
  /** Makes the names constants. */
  seal(names: string): void;
}

/**
 * Makes a session's constants. Strict code that assigns to one is refused by the engine; scripts that run in global scope
 * are sloppy, and assign to properties of `__vmConstants` instead (see `main/vm/repl/rewrite.ts`).
 */
export function createConstants(global: Record<string, unknown>): Constants {
  const seal = (name: string): void => {
    const descriptor = ownDescriptor(global, name);
    // What cannot be declared anew later stays a variable; a getter is a library that loads when it is read.
    if (descriptor?.configurable !== true || descriptor.writable !== true) return;
    descriptor.writable = false;
    objectDefineProperty(global, name, descriptor);
  };
  const unseal = (name: string): void => {
    const descriptor = ownDescriptor(global, name);
    if (descriptor?.configurable !== true || descriptor.writable !== false) return;
    // The engine keeps a global that cannot be written so, whatever is defined: it has to be made anew.
    delete global[name];
    defineData(global, name, descriptor.value, descriptor.enumerable === true);
  };
  const refusing = new IntrinsicProxy(objectFreeze({ __proto__: null }), {
    __proto__: null,
    get: (_target, name) => global[name as string],
    set: (_target, name, value) => {
      if (ownDescriptor(global, name)?.writable === false)
        throw new IntrinsicTypeError("Assignment to constant variable.");
      global[name as string] = value;
      return true;
    },
  } as ProxyHandler<object>);
  objectDefineProperty(global, "__vmConstants", {
    __proto__: null,
    value: refusing,
    writable: false,
    enumerable: false,
    configurable: false,
  } as PropertyDescriptor);
  return {
    declare(names) {
      const list = stringSplit(names, ",");
      for (let index = 0; index < list.length; index++) {
        const name = list[index] as string;
        if (ownDescriptor(global, name) === undefined) defineData(global, name, undefined, true);
        else unseal(name);
      }
    },
    seal(names) {
      const list = stringSplit(names, ",");
      for (let index = 0; index < list.length; index++) seal(list[index] as string);
    },
  };
}
