import { defineInspection } from "../describe/custom";
import { bare, ownDescriptor } from "../describe/intrinsics";
import type { InternalHost } from "../environment";
import { objectCreate, objectDefineProperty, stringSlice } from "../primordials";
import { codedTypeError, defineGlobal, describeInterface, invalidThis, missingArguments } from "./define";
import { URL_PARTS, type UrlPart } from "./url-parts";
import { usvString, type ParamsAccess } from "./url-search-params";

const HREF = URL_PARTS.indexOf("href");
const SEARCH = URL_PARTS.indexOf("search");

/** Sets `URL`: a class here, every result Node's own. */
export function installUrl(
  host: InternalHost,
  params: ParamsAccess,
  inspect: (value: unknown, options: object) => string,
): void {
  class URL {
    #parts: readonly string[];
    #params: object | undefined;

    constructor(...args: [unknown?, unknown?]) {
      if (args.length === 0) throw missingArguments('"url"');
      const input = usvString(args[0]);
      const base = args[1] === undefined ? undefined : usvString(args[1]);
      this.#parts = parse(input, base) ?? refuse(input, base);
    }

    static canParse(...args: [unknown?, unknown?]): boolean {
      if (args.length === 0) throw missingArguments('"url"');
      return parse(usvString(args[0]), args[1] === undefined ? undefined : usvString(args[1])) !== undefined;
    }

    static parse(...args: [unknown?, unknown?]): URL | null {
      if (args.length === 0) throw missingArguments('"url"');
      const input = usvString(args[0]);
      const base = args[1] === undefined ? undefined : usvString(args[1]);
      return parse(input, base) === undefined ? null : new URL(input, base);
    }

    static read(url: object, index: number): string {
      if (!(#parts in url)) throw invalidThis("URL");
      return url.#parts[index] ?? "";
    }

    static write(url: object, part: UrlPart, value: unknown): void {
      if (!(#parts in url)) throw invalidThis("URL");
      const text = usvString(value);
      const changed = host.call("urlSet", url.#parts[HREF] ?? "", part, text) as readonly string[] | null;
      url.#parts = changed ?? refuse(text, undefined);
      if (url.#params !== undefined) params.replace(url.#params, stringSlice(url.#parts[SEARCH] ?? "", 1));
    }

    static is(value: unknown): value is URL {
      return typeof value === "object" && value !== null && #parts in value;
    }

    get searchParams(): object {
      if (!(#parts in this)) throw invalidThis("URL");
      this.#params ??= params.make(stringSlice(this.#parts[SEARCH] ?? "", 1), (query) => {
        const changed = host.call("urlSet", this.#parts[HREF] ?? "", "search", query) as
          readonly string[] | null;
        if (changed !== null) this.#parts = changed;
      });
      return this.#params;
    }

    toString(): string {
      return read(this, HREF);
    }

    toJSON(): string {
      return read(this, HREF);
    }
  }

  const parse = (input: string, base: string | undefined): readonly string[] | undefined =>
    (host.call("url", input, base ?? null) as readonly string[] | null) ?? undefined;
  const { read, write, is } = URL;
  for (const name of ["read", "write", "is"] as const) Reflect.deleteProperty(URL, name);

  for (let index = 0; index < URL_PARTS.length; index++) {
    const part = URL_PARTS[index];
    if (part === undefined) continue;
    const accessor = {
      get [part](): string {
        return read(this, index);
      },
      set [part](value: unknown) {
        write(this, part, value);
      },
    };
    const descriptor = ownDescriptor(accessor, part) ?? {};
    if (part === "origin") delete descriptor.set;
    objectDefineProperty(URL.prototype, part, descriptor);
  }
  describeInterface(URL.prototype, "URL", ["toString", "searchParams", "toJSON"]);
  describeInterface(URL, undefined, ["canParse", "parse"]);

  defineInspection(URL.prototype, function (this: unknown, depth, options) {
    if (!is(this)) return this;
    if (typeof depth === "number" && depth < 0) return this;
    const shown = objectCreate({ constructor: URL }) as Record<string, unknown>;
    shown["href"] = read(this, 0);
    for (let index = 1; index < URL_PARTS.length; index++) {
      const part = URL_PARTS[index];
      if (part === undefined) continue;
      if (part === "hash") shown["searchParams"] = this.searchParams;
      shown[part] = read(this, index);
    }
    return "URL " + inspect(shown, options);
  });
  defineGlobal("URL", URL);
}

function refuse(input: string, base: string | undefined): never {
  const error = codedTypeError("ERR_INVALID_URL", "Invalid URL");
  objectDefineProperty(
    error,
    "input",
    bare({ value: input, writable: true, enumerable: true, configurable: true }),
  );
  if (base !== undefined)
    objectDefineProperty(
      error,
      "base",
      bare({ value: base, writable: true, enumerable: true, configurable: true }),
    );
  throw error;
}
