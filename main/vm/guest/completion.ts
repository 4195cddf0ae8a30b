import { ELEMENTS_ONLY, ENGINE_CLASS } from "../inspect/engine-classes";
import type { Completion, CompletionPlace, FoundCompletions, PlaceRoot } from "../completion-item";
import { add, bare, list, ownDescriptor } from "./describe/intrinsics";
import { serialize } from "./describe/serialize";
import type { Completer, CompletionContext, GuestEnvironment, ModuleNames } from "./environment";
import {
  arrayPrototype,
  IntrinsicMap,
  jsonParse,
  mapHas,
  mapSet,
  objectGetPrototypeOf,
  reflectOwnKeys,
  stringCharCodeAt,
  stringStartsWith,
} from "./primordials";

const MAX_ITEMS = 200;
const MAX_CHAIN = 32;
/** Keys of one object that are looked at. */
const MAX_KEYS = 20_000;

const PROTOTYPES = bare({
  String: String.prototype,
  Array: arrayPrototype,
  RegExp: RegExp.prototype,
  Number: Number.prototype,
  Boolean: Boolean.prototype,
  BigInt: BigInt.prototype,
  Object: Object.prototype,
  Symbol: Symbol.prototype,
});
const KEYWORDS = [
  "async",
  "await",
  "break",
  "case",
  "catch",
  "class",
  "const",
  "continue",
  "debugger",
  "default",
  "delete",
  "do",
  "else",
  "export",
  "extends",
  "false",
  "finally",
  "for",
  "function",
  "if",
  "import",
  "in",
  "instanceof",
  "let",
  "new",
  "null",
  "of",
  "return",
  "static",
  "super",
  "switch",
  "this",
  "throw",
  "true",
  "try",
  "typeof",
  "var",
  "void",
  "while",
  "with",
  "yield",
] as const;

type Found = { value: unknown } | undefined;

function ownValue(owner: object, name: string): Found {
  const descriptor = ownDescriptor(owner, name);
  return descriptor === undefined ? undefined : { value: descriptor.value };
}

/** Makes the completer of a session. It reads own properties only: no getter and no trap of the script runs. `inputs`: what executions are given, by name. */
export function createCompleter(
  env: Pick<GuestEnvironment, "view">,
  modules: ModuleNames = { nameOf: nothing, exportsOf: nothing, libraryOfGlobal: nothing },
  inputs: () => object = () => bare({}),
): Completer {
  const { view } = env;

  /** The object whose properties stand for a value; a proxy's target instead of the proxy. */
  const ownerOf = (value: unknown): object | undefined => {
    if (value === undefined || value === null) return undefined;
    if (typeof value !== "object" && typeof value !== "function") return prototypeOfPrimitive(value);
    let owner: object = value;
    for (let step = 0; step < MAX_CHAIN && view.classOf(owner) === ENGINE_CLASS.proxy; step++) {
      const target = view.proxyTarget(owner);
      if (target === null || target === undefined) return undefined;
      owner = target;
    }
    return owner;
  };

  const read = (value: unknown, key: string): Found => {
    if (typeof value === "string" && key === "length") return { value: value.length };
    let owner = ownerOf(value);
    for (let step = 0; owner !== undefined && step < MAX_CHAIN; step++) {
      const descriptor = ownDescriptor(owner, key);
      if (descriptor !== undefined)
        return descriptor.get === undefined && descriptor.set === undefined
          ? { value: descriptor.value }
          : undefined;
      owner = ownerOf(objectGetPrototypeOf(owner));
    }
    return undefined;
  };

  const follow = (start: unknown, path: readonly string[]): Found => {
    let found: Found = { value: start };
    for (let index = 0; index < path.length && found !== undefined; index++)
      found = read(found.value, path[index] ?? "");
    return found;
  };

  const resolve = (root: PlaceRoot, path: readonly string[]): Found => {
    if ("literal" in root) return follow(PROTOTYPES[root.literal], path);
    if ("module" in root) {
      const loaded = modules.exportsOf(root.module);
      return loaded === undefined ? undefined : follow(loaded.exports, path);
    }
    const start: Found =
      root.name === "this" || root.name === "globalThis"
        ? { value: globalThis }
        : // Between two executions, what the last one was given: the next one of a REPL is given the same.
          (read(globalThis, root.name) ?? ownValue(inputs(), root.name));
    return start === undefined ? undefined : follow(start.value, path);
  };

  /** The module on the way to a member, and the names behind it. */
  const moduleOn = (name: string, path: readonly string[]): { module?: string; path: readonly string[] } => {
    let found = resolve(bare({ name }), []);
    const library = found === undefined ? modules.libraryOfGlobal(name) : undefined;
    if (library !== undefined) return bare({ module: library, path });
    for (let index = 0; found !== undefined; index++) {
      const module = modules.nameOf(found.value);
      if (module !== undefined) return bare({ module, path: namesFrom(path, index) });
      if (index === path.length) break;
      found = read(found.value, path[index] ?? "");
    }
    const names = list<string>();
    add(names, name);
    for (let index = 0; index < path.length; index++) add(names, path[index] ?? "");
    return bare({ path: names });
  };

  /** The member that is typed, as typings need it; `undefined` where they know nothing. */
  const memberFor = (
    root: PlaceRoot,
    path: readonly string[],
    prefix: string,
  ): FoundCompletions["member"] => {
    if ("literal" in root) return undefined;
    if ("module" in root) return bare({ module: root.module, path, prefix });
    const found = moduleOn(root.name, path);
    return found.module === undefined
      ? bare({ path: found.path, prefix })
      : bare({ module: found.module, path: found.path, prefix });
  };

  const keysOf = (owner: object): readonly (string | symbol)[] => {
    const code = view.classOf(owner);
    // Elements are not completed, and naming a million of them takes long.
    if ((code & ELEMENTS_ONLY) !== 0) return (code & 255) === ENGINE_CLASS.array ? ["length"] : [];
    return reflectOwnKeys(owner);
  };

  const members = (items: Items, value: unknown, prefix: string, quoted: boolean): void => {
    let owner = ownerOf(value);
    if (typeof value === "string") items.add("length", "property", "number");
    for (let step = 0; owner !== undefined && step < MAX_CHAIN && !items.full; step++) {
      const keys = keysOf(owner);
      for (let index = 0; index < keys.length && index < MAX_KEYS && !items.full; index++) {
        const key = keys[index];
        if (typeof key !== "string" || !stringStartsWith(key, prefix)) continue;
        if (!quoted && !isIdentifier(key)) continue;
        if (quoted && isIndex(key)) continue;
        const found = describe(owner, key);
        items.add(key, found.kind === "variable" ? "property" : found.kind, found.detail);
      }
      owner = ownerOf(objectGetPrototypeOf(owner));
    }
  };

  const describe = (
    owner: object,
    key: string,
  ): { readonly kind: Completion["kind"]; readonly detail: string } => {
    let descriptor: PropertyDescriptor | undefined;
    try {
      descriptor = ownDescriptor(owner, key);
    } catch {
      // A binding of a module that is not initialised yet.
    }
    if (descriptor === undefined) return { kind: "property", detail: "" };
    if (descriptor.get !== undefined || descriptor.set !== undefined)
      return { kind: "property", detail: "getter" };
    const value: unknown = descriptor.value;
    if (typeof value !== "function")
      return { kind: "variable", detail: value === null ? "null" : typeof value };
    const prototype = ownDescriptor(value, "prototype");
    const isClass =
      prototype !== undefined &&
      prototype.writable === false &&
      view.classOf(value) !== ENGINE_CLASS.generatorFunction;
    return isClass ? { kind: "class", detail: "class" } : { kind: "method", detail: "function" };
  };

  const names = (items: Items, prefix: string, context: CompletionContext): void => {
    const declared = own(context.names);
    for (let index = 0; index < declared.length; index++) {
      const name = declared[index];
      if (name !== undefined && stringStartsWith(name, prefix)) items.add(name, "variable", "");
    }
    const keys = reflectOwnKeys(globalThis);
    for (let index = 0; index < keys.length && !items.full; index++) {
      const key = keys[index];
      if (
        typeof key !== "string" ||
        !stringStartsWith(key, prefix) ||
        !isIdentifier(key) ||
        stringStartsWith(key, "__")
      )
        continue;
      const found = describe(globalThis, key);
      items.add(key, found.kind === "property" ? "variable" : found.kind, found.detail);
    }
    // All keywords at once say nothing.
    if (prefix === "") return;
    for (let index = 0; index < KEYWORDS.length; index++) {
      const keyword = KEYWORDS[index];
      if (keyword !== undefined && stringStartsWith(keyword, prefix)) items.add(keyword, "keyword", "");
    }
  };

  return {
    complete: (placeJson, contextJson) => {
      const place = jsonParse(placeJson) as CompletionPlace;
      const context = (contextJson === undefined ? {} : jsonParse(contextJson)) as CompletionContext;
      const items = new Items();
      let member: FoundCompletions["member"];
      if (place.kind === "member") {
        const { root, path, prefix, quoted } = place;
        const found = resolve(root, path);
        if (found !== undefined) members(items, found.value, prefix, quoted);
        if (!quoted) member = memberFor(root, path, prefix);
      } else if (place.kind === "name") names(items, place.prefix, context);
      else if (place.kind === "module") {
        const names = own(context.modules);
        for (let index = 0; index < names.length; index++) {
          const name = names[index];
          if (name !== undefined && stringStartsWith(name, place.prefix)) items.add(name, "module", "");
        }
      }
      return serialize(bare(member === undefined ? { items: items.found } : { items: items.found, member }));
    },
  };
}

/** Collects completions, each label once, up to the bound. */
class Items {
  readonly found = list<Completion>();
  private readonly seen = new IntrinsicMap<string, true>();

  get full(): boolean {
    return this.found.length >= MAX_ITEMS;
  }

  add(label: string, kind: Completion["kind"], detail: string): void {
    if (this.full || mapHas(this.seen, label)) return;
    mapSet(this.seen, label, true);
    add(this.found, bare(detail === "" ? { label, kind } : { label, kind, detail }));
  }
}

function prototypeOfPrimitive(value: unknown): object | undefined {
  switch (typeof value) {
    case "string":
      return PROTOTYPES.String;
    case "number":
      return PROTOTYPES.Number;
    case "boolean":
      return PROTOTYPES.Boolean;
    case "bigint":
      return PROTOTYPES.BigInt;
    case "symbol":
      return PROTOTYPES.Symbol;
    default:
      return undefined;
  }
}

const nothing = (): undefined => undefined;

function namesFrom(path: readonly string[], start: number): readonly string[] {
  const names = list<string>();
  for (let index = start; index < path.length; index++) add(names, path[index] ?? "");
  return names;
}

function own(names: readonly string[] | undefined): readonly string[] {
  return names ?? [];
}

function isIdentifier(key: string): boolean {
  if (key === "" || (stringCharCodeAt(key, 0) >= 48 && stringCharCodeAt(key, 0) <= 57)) return false;
  for (let index = 0; index < key.length; index++) if (!isWord(stringCharCodeAt(key, index))) return false;
  return true;
}

/** Letters, digits, `_`, `$` and everything beyond ASCII. */
function isWord(code: number): boolean {
  return (
    (code >= 48 && code <= 57) ||
    (code >= 65 && code <= 90) ||
    (code >= 97 && code <= 122) ||
    code === 95 ||
    code === 36 ||
    code > 127
  );
}

function isIndex(key: string): boolean {
  return key !== "" && "" + +key === key;
}
