import type { Encoded, ObjectDescriptor } from "./descriptor";
import { hostPrototype } from "./host-prototypes";
import type { Reviver } from "./revive";
import { fillContents, makeIterator } from "./revive-fill";
import { holdsPairs, isIterator, isTooLarge, MAX_BUFFER_BYTES, typedArrayClass } from "./revive-size";
import { standIn } from "./stand-in";

/** Makes the empty object for a descriptor, with its prototype. */
export function makeShell(reviver: Reviver, node: ObjectDescriptor, index: number): object {
  const made = makeByKind(reviver, node, index);
  setPrototype(reviver, node, made);
  return isTooLarge(node) ? shortened(reviver, node, made) : made;
}

function setPrototype(reviver: Reviver, node: ObjectDescriptor, made: object): void {
  if (node.p !== undefined && node.k !== "custom" && node.k !== "module") {
    Object.setPrototypeOf(made, reviver.prototype(node.p));
  }
}

function shortened(reviver: Reviver, node: ObjectDescriptor, inner: object): object {
  const sent = node.e?.length ?? 0;
  const shown = holdsPairs(node) ? sent / 2 : sent;
  let filled = false;
  const prepare = (): void => {
    if (!filled) fillContents(reviver, { ...node, l: shown + 1 }, inner);
    filled = true;
  };
  const length = node.l ?? 0;
  return standIn.rewritten(inner, (text) => resized(text, shown + 1, length, !isIterator(node)), prepare);
}

function makeByKind(reviver: Reviver, node: ObjectDescriptor, index: number): object {
  switch (node.k) {
    case "array":
      return [];
    case "arguments":
      return makeArguments(Math.min(node.l ?? 0, 10_000));
    case "function":
      return makeFunction(reviver, node);
    case "error":
      return new Error();
    case "boxed":
      // Object() boxes primitives; that is the one way to make a boxed symbol or bigint.
      return Object(boxable(reviver.value(node.v ?? null))) as object;
    case "date":
      return new Date(typeof node.v === "number" ? node.v : NaN);
    case "regexp":
      return makeRegExp(node.t ?? "", node.f ?? "");
    case "arraybuffer":
      return makeBuffer(node);
    case "sharedarraybuffer":
      return new SharedArrayBuffer(Math.max(0, Math.min(node.l ?? 0, MAX_BUFFER_BYTES)));
    case "typedarray":
      return makeTypedArray(reviver, node);
    case "dataview":
      return makeDataView(reviver, node);
    case "map":
      return new Map();
    case "set":
      return new Set();
    case "weakmap":
      return new WeakMap();
    case "weakset":
      return new WeakSet();
    case "weakref":
      return new WeakRef({});
    case "mapiterator":
    case "setiterator":
      return makeIterator(node);
    case "generator":
      return Object.create(hostPrototype("Generator")) as object;
    case "asyncgenerator":
      return Object.create(hostPrototype("AsyncGenerator")) as object;
    case "promise":
      return makePromise(reviver, node);
    case "proxy":
      return makeProxy(reviver, node);
    case "revoked": {
      const { proxy, revoke } = Proxy.revocable({}, {});
      revoke();
      return proxy;
    }
    case "custom": {
      const { t, v } = node;
      if (t !== undefined) return standIn(t);
      return standIn.value(() => reviver.value(v ?? ["u"]));
    }
    case "module":
      return makeNamespace(reviver, index);
    case "object":
    case "prototype":
    case "global":
      return {};
  }
}

function boxable(value: unknown): unknown {
  return typeof value === "object" && value !== null ? "" : value;
}

function makeArguments(length: number): object {
  const collect = function (..._values: readonly undefined[]): object {
    // eslint-disable-next-line prefer-rest-params -- only this gives an arguments object
    return arguments;
  };
  return collect(...new Array<undefined>(length).fill(undefined));
}

/** Methods, because a method has no `prototype` that would have to be taken away. */
const FUNCTIONS: Readonly<Record<string, () => object>> = {
  "": () => ({ made() {} }).made,
  async: () => ({ async made() {} }).made,
  generator: () => ({ *made() {} }).made,
  "async generator": () => ({ async *made() {} }).made,
  // eslint-disable-next-line @typescript-eslint/no-extraneous-class -- Node knows a class by its source
  class: () => class {},
};

function makeFunction(reviver: Reviver, node: ObjectDescriptor): object {
  const made = (FUNCTIONS[node.t ?? ""] ?? FUNCTIONS[""])?.() ?? {};
  Reflect.deleteProperty(made, "name");
  Reflect.deleteProperty(made, "length");
  // Hidden properties print in their order; the name would always be the first.
  if (node.o !== undefined && comesBefore(node.o, "length", "name"))
    Object.defineProperty(made, "length", { value: 0, configurable: true, writable: true });
  if (node.n !== undefined)
    Object.defineProperty(made, "name", { value: node.n, configurable: true, writable: true });
  if (node.t === "class") presetPrototype(reviver, node, made);
  return made;
}

function comesBefore(properties: NonNullable<ObjectDescriptor["o"]>, first: string, second: string): boolean {
  for (let at = 0; at < properties.length; at += 3) {
    if (properties[at] === first) return true;
    if (properties[at] === second) return false;
  }
  return false;
}

/** The `prototype` of a class cannot be replaced, so the described object takes its place. */
function presetPrototype(reviver: Reviver, node: ObjectDescriptor, made: object): void {
  const properties = node.o ?? [];
  for (let at = 0; at < properties.length; at += 3) {
    const value = properties[at + 2];
    if (properties[at] !== "prototype" || !Array.isArray(value)) continue;
    const target: unknown = value[0];
    const own: unknown = Reflect.get(made, "prototype");
    if (typeof target !== "number" || typeof own !== "object" || own === null) continue;
    if (reviver.nodes[target]?.k !== "object") continue;
    const prototype = reviver.nodes[target].p;
    Reflect.deleteProperty(own, "constructor");
    if (prototype !== undefined) Object.setPrototypeOf(own, reviver.prototype(prototype));
    reviver.preset(target, own);
  }
}

function makeRegExp(source: string, flags: string): RegExp {
  try {
    return new RegExp(source, flags);
  } catch {
    // The engine knows syntax that this Node does not; printing reads only these two properties.
    const made = /(?:)/;
    Object.defineProperty(made, "source", { value: source });
    Object.defineProperty(made, "flags", { value: flags });
    return made;
  }
}

function makeBuffer(node: ObjectDescriptor): object {
  const length = node.l ?? 0;
  if (length < 0) {
    const detached = new ArrayBuffer(0);
    structuredClone(detached, { transfer: [detached] });
    return detached;
  }
  return new ArrayBuffer(Math.min(length, MAX_BUFFER_BYTES));
}

function makeTypedArray(reviver: Reviver, node: ObjectDescriptor): object {
  const made = typedArrayClass(node);
  const length = node.l ?? 0;
  if (node.v !== undefined) {
    const buffer = reviver.value(node.v);
    if (buffer instanceof ArrayBuffer) {
      try {
        return new made(buffer, node.x?.[0] ?? 0, length);
      } catch {
        // A detached or shortened buffer: fall through to one of its own.
      }
    }
  }
  if (node.d === 1) return new made(Math.min(length, 1));
  return new made(isTooLarge(node) ? (node.e?.length ?? 0) + 1 : length);
}

/** Corrects the counts in the text of a collection that was rebuilt with `made` of its `length` elements. */
function resized(text: string, made: number, length: number, namesSize: boolean): string {
  const rest = /\.\.\. (\d+) more items?(?![^]*\.\.\. \d+ more item)/;
  const whole = text.replace(rest, (_, left: string) => `... ${Number(left) + length - made} more items`);
  return namesSize ? whole.replace(`(${made})`, () => `(${length})`) : whole;
}

function makeDataView(reviver: Reviver, node: ObjectDescriptor): object {
  const buffer = reviver.value(node.v ?? null);
  const usable =
    buffer instanceof ArrayBuffer || buffer instanceof SharedArrayBuffer ? buffer : new ArrayBuffer(0);
  try {
    return new DataView(usable, node.x?.[0] ?? 0, Math.max(0, node.l ?? 0));
  } catch {
    return new DataView(new ArrayBuffer(0));
  }
}

function makePromise(reviver: Reviver, node: ObjectDescriptor): object {
  if (node.s === "pending" || node.v === undefined) return new Promise(() => {});
  // Objects are still empty here: nothing that is settled with can have a `then`.
  const value = reviver.value(node.v);
  if (node.s === "fulfilled") return Promise.resolve(value);
  // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- a script may reject with anything
  const rejected = Promise.reject(value);
  rejected.catch(() => {});
  return rejected;
}

function makeProxy(reviver: Reviver, node: ObjectDescriptor): object {
  const [target, handler] = (node.e ?? []).map((encoded: Encoded) => reviver.value(encoded));
  return new Proxy(
    typeof target === "object" || typeof target === "function" ? (target ?? {}) : {},
    handler ?? {},
  );
}

/** Node knows a module namespace by its internals, which cannot be made; a null-prototype object prints alike. */
function makeNamespace(reviver: Reviver, index: number): object {
  const node = reviver.nodes[index];
  const inner = Object.create(null) as object;
  const properties = node?.o ?? [];
  return standIn.rewritten(
    inner,
    (text) => text.replace("[Object: null prototype]", "[Module: null prototype]"),
    () => {
      for (let at = 0; at < properties.length; at += 3) {
        const key = properties[at];
        if (typeof key !== "string") continue;
        const value = reviver.value((properties[at + 2] ?? null) as Encoded);
        Object.defineProperty(inner, key, { value, enumerable: true, configurable: true });
      }
    },
  );
}
