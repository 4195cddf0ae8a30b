import { defineInspection } from "../describe/custom";
import { add, list } from "../describe/intrinsics";
import type { InternalHost } from "../environment";
import {
  IntrinsicString,
  objectCreate,
  objectDefineProperty,
  objectGetPrototypeOf,
  reflectApply,
  reflectOwnKeys,
  uncurryThis,
} from "../primordials";
import { bare, ownDescriptor } from "../describe/intrinsics";
import { codedTypeError, defineGlobal, describeInterface, invalidThis, missingArguments } from "./define";

const iteratorSymbol: typeof Symbol.iterator = Symbol.iterator;
const iteratorPrototype = objectGetPrototypeOf(objectGetPrototypeOf([].values()) as object) as object;

/** What the URL class needs of its parameters. */
export interface ParamsAccess {
  make(query: string, onChange: (query: string) => void): object;
  replace(params: object, query: string): void;
}

/** Strings as Web IDL takes them: lone surrogates become U+FFFD. */
export function usvString(value: unknown): string {
  return toWellFormed(IntrinsicString(value));
}
const { apply } = Reflect;
// ES2024: the engine has it, the compiler's library does not know it yet.
const toWellFormed = uncurryThis(
  (String.prototype as unknown as { toWellFormed(): string }).toWellFormed,
) as (text: string) => string;

type Kind = "entries" | "keys" | "values";

/** Sets `URLSearchParams`. Parsing and writing are Node's own; the list itself lives here. */
export function installUrlSearchParams(
  host: InternalHost,
  inspect: (value: unknown, options: object) => string,
): ParamsAccess {
  const parse = (query: string): string[] => {
    const flat = list<string>();
    if (query === "") return flat;
    const parsed = host.call("parseQuery", query) as string[];
    for (let index = 0; index < parsed.length; index++) add(flat, parsed[index] ?? "");
    return flat;
  };

  class URLSearchParams {
    /** Names and values in turn. */
    #list: string[] = list();
    #changed: ((query: string) => void) | undefined;

    constructor(init: unknown = undefined) {
      if (init === undefined || init === null) return;
      if (typeof init !== "object" && typeof init !== "function") {
        const query = usvString(init);
        this.#list = parse(query[0] === "?" ? query.slice(1) : query);
        return;
      }
      if (#list in init) {
        copyList(init.#list, this.#list);
        return;
      }
      const method = (init as { [Symbol.iterator]?: unknown })[iteratorSymbol];
      if (method !== undefined && method !== null) {
        if (typeof method !== "function")
          throw codedTypeError("ERR_ARG_NOT_ITERABLE", "Query pairs must be iterable");
        this.#fromPairs(reflectApply(method, init, []) as Iterator<unknown>);
        return;
      }
      const keys = reflectOwnKeys(init);
      for (let index = 0; index < keys.length; index++) {
        const key = keys[index];
        if (key === undefined || ownDescriptor(init, key)?.enumerable !== true) continue;
        this.#set(usvString(key), usvString((init as Record<PropertyKey, unknown>)[key]));
      }
    }

    #fromPairs(pairs: Iterator<unknown>): void {
      for (let step = pairs.next(); step.done !== true; step = pairs.next()) {
        const pair = step.value;
        const method =
          pair === null || pair === undefined
            ? undefined
            : (pair as { [Symbol.iterator]?: unknown })[iteratorSymbol];
        if (typeof pair !== "object" || typeof method !== "function") {
          throw codedTypeError(
            "ERR_INVALID_TUPLE",
            "Each query pair must be an iterable [name, value] tuple",
          );
        }
        const items = list<unknown>();
        const inner = reflectApply(method, pair, []) as Iterator<unknown>;
        for (let item = inner.next(); item.done !== true; item = inner.next()) add(items, item.value);
        if (items.length !== 2)
          throw codedTypeError(
            "ERR_INVALID_TUPLE",
            "Each query pair must be an iterable [name, value] tuple",
          );
        add(this.#list, usvString(items[0]));
        add(this.#list, usvString(items[1]));
      }
    }

    #set(name: string, value: string): void {
      for (let at = 0; at < this.#list.length; at += 2) {
        if (this.#list[at] === name) {
          this.#list[at + 1] = value;
          return;
        }
      }
      add(this.#list, name);
      add(this.#list, value);
    }

    #update(): void {
      this.#changed?.(format(this.#list));
    }

    get size(): number {
      if (!(#list in this)) throw invalidThis("URLSearchParams");
      return this.#list.length / 2;
    }

    append(...args: [unknown?, unknown?]): void {
      if (!(#list in this)) throw invalidThis("URLSearchParams");
      if (args.length < 2) throw missingArguments('"name" and "value"');
      add(this.#list, usvString(args[0]));
      add(this.#list, usvString(args[1]));
      this.#update();
    }

    delete(...args: [unknown?, unknown?]): void {
      if (!(#list in this)) throw invalidThis("URLSearchParams");
      if (args.length < 1) throw missingArguments('"name"');
      const name = usvString(args[0]);
      const value = args[1] === undefined ? undefined : usvString(args[1]);
      const kept = list<string>();
      for (let at = 0; at < this.#list.length; at += 2) {
        const drop = this.#list[at] === name && (value === undefined || this.#list[at + 1] === value);
        if (drop) continue;
        add(kept, this.#list[at] ?? "");
        add(kept, this.#list[at + 1] ?? "");
      }
      this.#list = kept;
      this.#update();
    }

    get(...args: [unknown?]): string | null {
      if (!(#list in this)) throw invalidThis("URLSearchParams");
      if (args.length < 1) throw missingArguments('"name"');
      const name = usvString(args[0]);
      for (let at = 0; at < this.#list.length; at += 2)
        if (this.#list[at] === name) return this.#list[at + 1] ?? "";
      return null;
    }

    getAll(...args: [unknown?]): string[] {
      if (!(#list in this)) throw invalidThis("URLSearchParams");
      if (args.length < 1) throw missingArguments('"name"');
      const name = usvString(args[0]);
      const found: string[] = [];
      for (let at = 0; at < this.#list.length; at += 2) {
        if (this.#list[at] !== name) continue;
        objectDefineProperty(
          found,
          found.length,
          bare({ value: this.#list[at + 1], writable: true, enumerable: true, configurable: true }),
        );
      }
      return found;
    }

    has(...args: [unknown?, unknown?]): boolean {
      if (!(#list in this)) throw invalidThis("URLSearchParams");
      if (args.length < 1) throw missingArguments('"name"');
      const name = usvString(args[0]);
      const value = args[1] === undefined ? undefined : usvString(args[1]);
      for (let at = 0; at < this.#list.length; at += 2) {
        if (this.#list[at] === name && (value === undefined || this.#list[at + 1] === value)) return true;
      }
      return false;
    }

    set(...args: [unknown?, unknown?]): void {
      if (!(#list in this)) throw invalidThis("URLSearchParams");
      if (args.length < 2) throw missingArguments('"name" and "value"');
      const name = usvString(args[0]);
      const value = usvString(args[1]);
      const kept = list<string>();
      let found = false;
      for (let at = 0; at < this.#list.length; at += 2) {
        const same = this.#list[at] === name;
        if (same && found) continue;
        add(kept, this.#list[at] ?? "");
        add(kept, same ? value : (this.#list[at + 1] ?? ""));
        found = found || same;
      }
      if (!found) {
        add(kept, name);
        add(kept, value);
      }
      this.#list = kept;
      this.#update();
    }

    sort(): void {
      if (!(#list in this)) throw invalidThis("URLSearchParams");
      // Stable insertion by UTF-16 code units, as strings compare.
      const all = this.#list;
      for (let at = 2; at < all.length; at += 2) {
        const name = all[at] ?? "";
        const value = all[at + 1] ?? "";
        let to = at;
        for (; to > 0 && (all[to - 2] ?? "") > name; to -= 2) {
          all[to] = all[to - 2] ?? "";
          all[to + 1] = all[to - 1] ?? "";
        }
        all[to] = name;
        all[to + 1] = value;
      }
      this.#update();
    }

    forEach(callback: unknown, thisArg: unknown = undefined): void {
      if (!(#list in this)) throw invalidThis("URLSearchParams");
      if (typeof callback !== "function")
        throw codedTypeError(
          "ERR_INVALID_ARG_TYPE",
          'The "callback" argument must be of type function.' + received(callback),
        );
      for (let at = 0; at < this.#list.length; at += 2)
        reflectApply(callback, thisArg, [this.#list[at + 1], this.#list[at], this]);
    }

    entries(): object {
      if (!(#list in this)) throw invalidThis("URLSearchParams");
      return iterate(this, "entries");
    }

    keys(): object {
      if (!(#list in this)) throw invalidThis("URLSearchParams");
      return iterate(this, "keys");
    }

    values(): object {
      if (!(#list in this)) throw invalidThis("URLSearchParams");
      return iterate(this, "values");
    }

    toString(): string {
      if (!(#list in this)) throw invalidThis("URLSearchParams");
      return format(this.#list);
    }

    static listOf(params: object): string[] {
      return #list in params ? params.#list : list();
    }

    static attach(
      params: URLSearchParams,
      query: string,
      changed: ((query: string) => void) | undefined,
    ): void {
      if (changed !== undefined) params.#changed = changed;
      params.#list = parse(query);
    }
  }

  const { listOf, attach } = URLSearchParams;
  Reflect.deleteProperty(URLSearchParams, "listOf");
  Reflect.deleteProperty(URLSearchParams, "attach");

  const format = (flat: readonly string[]): string =>
    flat.length === 0 ? "" : (host.call("formatQuery", plainArray(flat)) as string);

  const positions = new WeakMap<object, { params: object; kind: Kind; at: number }>();
  const { get: weakGet, set: weakSet } = WeakMap.prototype;
  const iteratorMethods = {
    next(this: object): IteratorResult<unknown> {
      const state =
        typeof this === "object" && this !== null
          ? (apply(weakGet, positions, [this]) as { params: object; kind: Kind; at: number } | undefined)
          : undefined;
      if (state === undefined) throw invalidThis("URLSearchParamsIterator");
      const flat = listOf(state.params);
      if (state.at >= flat.length) return { value: undefined, done: true };
      const name = flat[state.at];
      const value = flat[state.at + 1];
      state.at += 2;
      return {
        value: state.kind === "keys" ? name : state.kind === "values" ? value : [name, value],
        done: false,
      };
    },
  };
  const prototype = objectCreate(iteratorPrototype) as object;
  objectDefineProperty(
    prototype,
    "next",
    bare({ value: iteratorMethods.next, writable: true, enumerable: true, configurable: true }),
  );
  describeInterface(prototype, "URLSearchParams Iterator", []);
  const iterate = (params: object, kind: Kind): object => {
    const iterator = objectCreate(prototype) as object;
    apply(weakSet, positions, [iterator, { params, kind, at: 0 }]);
    return iterator;
  };

  describeInterface(URLSearchParams.prototype, "URLSearchParams", [
    "size",
    "append",
    "delete",
    "get",
    "getAll",
    "has",
    "set",
    "sort",
    "entries",
    "forEach",
    "keys",
    "values",
    "toString",
  ]);
  objectDefineProperty(
    URLSearchParams.prototype,
    iteratorSymbol,
    bare({ value: URLSearchParams.prototype.entries, writable: true, enumerable: false, configurable: true }),
  );
  defineInspection(URLSearchParams.prototype, function (this: unknown, depth, options) {
    if (typeof this !== "object" || this === null) return this;
    if (depth !== null && depth < 0) return "[Object]";
    const flat = listOf(this);
    if (flat.length === 0) return "URLSearchParams {}";
    let text = "";
    for (let at = 0; at < flat.length; at += 2) {
      text += (at === 0 ? "" : ", ") + inspect(flat[at], options) + " => " + inspect(flat[at + 1], options);
    }
    return "URLSearchParams { " + text + " }";
  });
  defineGlobal("URLSearchParams", URLSearchParams);

  return {
    make: (query, onChange) => {
      const params = new URLSearchParams();
      attach(params, query, onChange);
      return params;
    },
    replace: (params, query) => attach(params as URLSearchParams, query, undefined),
  };
}

function received(value: unknown): string {
  if (value === undefined || value === null) return " Received " + (value === null ? "null" : "undefined");
  if (typeof value === "object") return " Received an instance of Object";
  return " Received type " + typeof value + " (" + IntrinsicString(value) + ")";
}

function copyList(from: readonly string[], to: string[]): void {
  for (let index = 0; index < from.length; index++) add(to, from[index] ?? "");
}

function plainArray(flat: readonly string[]): string[] {
  const made = list<string>();
  copyList(flat, made);
  return made;
}
