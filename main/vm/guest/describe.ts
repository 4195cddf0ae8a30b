import type { ConsoleArguments, Description, InspectOptions, TextPiece } from "../inspect/descriptor";
import type { CustomInspection } from "./describe/custom";
import { formatPieces } from "./describe/format";
import { serialize } from "./describe/serialize";
import { add, bare, list, ownDescriptor } from "./describe/intrinsics";
import { readInspectOptions, type ReadOptions } from "./describe/inspect-options";
import { KeptObjects } from "./describe/kept-objects";
import { PropertyLister } from "./describe/properties";
import { Walk, type WalkOptions } from "./describe/walk";
import type { Describer, GuestEnvironment } from "./environment";
import { isPrimitive } from "./describe/encode";
import { IntrinsicError, IntrinsicString, objectHasOwn, reflectApply } from "./primordials";

const NO_CUSTOM: CustomInspection["which"] = "trusted";
/** Results carry more than their text shows, so that programs can read them as data. */
const RESULT: Pick<WalkOptions, "depth" | "maxElements" | "maxString" | "maxRootString"> = {
  depth: 8,
  maxElements: 1_000,
  maxString: 10_000,
  maxRootString: 64 * 1024,
};
/** What the text of a console line shows. */
const LINE: typeof RESULT = { depth: 2, maxElements: 100, maxString: 10_000, maxRootString: 10_000 };
/** One level of a tree that is opened step by step. */
const PROPERTY: typeof RESULT = { depth: 1, maxElements: 100, maxString: 1_000, maxRootString: 10_000 };

/** A console line: its text, or JSON from which the host makes the text. */
export type DescribedLine =
  { readonly text: string; readonly json: undefined } | { readonly text: undefined; readonly json: string };

/** The describer with what the console needs besides. */
export interface FullDescriber extends Describer {
  /** Console line: the text when it can be had without the host, otherwise the JSON of {@link ConsoleArguments}. */
  line(args: readonly unknown[], before?: string, after?: string): DescribedLine;
  /** Description of one value for `console.dir` and `console.table`, and the options to print it with. */
  describeFor(value: unknown, options: ReadOptions): Description;
}

/** Makes the describer of a session. */
export function createDescriber(env: Pick<GuestEnvironment, "host" | "view">): FullDescriber {
  const { host, view } = env;
  const kept = new KeptObjects();

  const custom = (which: CustomInspection["which"], options: ReadOptions | undefined): CustomInspection => ({
    which,
    call: (method, value, depth) =>
      reflectApply(method, value, [depth === Infinity ? null : depth, userOptions(options), inspect]),
  });

  const walk = (value: unknown, options: Partial<WalkOptions>): Description =>
    new Walk(view, {
      ...LINE,
      hidden: false,
      showProxy: false,
      getters: false,
      custom: custom(NO_CUSTOM, undefined),
      ...options,
    }).run(value);

  const walkWith = (value: unknown, options: ReadOptions): Description =>
    walk(value, {
      depth: options.depth,
      maxElements: options.maxElements,
      maxString: options.maxString,
      maxRootString: options.maxString,
      hidden: options.hidden,
      showProxy: options.showProxy,
      getters: options.getters,
      custom: options.custom ? custom("all", options) : undefined,
    });

  const keepRoot = (
    description: Description,
    value: unknown,
    role: "result" | "shown" = "shown",
  ): Description => {
    if (isPrimitive(value)) return description;
    return bare({ ...description, i: kept.keep(value, weigh(description), role) });
  };

  const inspect = (value: unknown, options?: object, ...legacy: unknown[]): string => {
    const read = readInspectOptions(legacyOptions(options, legacy));
    return asText(host.call("inspect", serialize(walkWith(value, read)), serialize(read.wire)));
  };

  const pieces = (
    args: readonly unknown[],
    options: object | undefined,
    described: (Description | undefined)[],
  ): TextPiece[] =>
    formatPieces(args, view, (value, argument, extra) => {
      const read = readInspectOptions(extra === undefined ? options : { ...options, ...extra });
      const description = walkWith(value, read);
      if (argument === undefined || options !== undefined) return bare({ d: description, o: read.wire });
      described[argument] = description;
      return bare({ a: argument });
    });

  return {
    describe: (value, options) => {
      const description = walk(value, {
        ...RESULT,
        custom: custom(has(options, "custom") ? "all" : NO_CUSTOM, undefined),
      });
      return serialize(has(options, "keep") ? keepRoot(description, value, "result") : description);
    },

    describeAll: (values, options) => {
      const described = list<Description>();
      for (let index = 0; index < values.length; index++) {
        const description = walk(values[index], {});
        add(described, has(options, "keep") ? keepRoot(description, values[index]) : description);
      }
      return serialize(described);
    },

    describeFor: walkWith,

    line: (args, before = "", after = "") => {
      const described = list<Description | undefined>();
      const parts = surround(before, pieces(args, undefined, described), after);
      if (parts.length === 0) return bare({ text: "", json: undefined });
      if (parts.length === 1 && typeof parts[0] === "string")
        return bare({ text: parts[0], json: undefined });
      const all = list<Description>();
      for (let index = 0; index < args.length; index++) {
        add(all, keepRoot(described[index] ?? walk(args[index], {}), args[index]));
      }
      return bare({ text: undefined, json: serialize(bare<ConsoleArguments>({ a: all, p: parts })) });
    },

    inspect,

    format: (args, options) => {
      const parts = pieces(args, options ?? {}, list());
      if (parts.length === 0) return "";
      if (parts.length === 1 && typeof parts[0] === "string") return parts[0];
      return asText(host.call("format", serialize(parts)));
    },

    properties: (objectId, start, count) => {
      const lister = new PropertyLister(
        view,
        (value) => keepRoot(walk(value, PROPERTY), value),
        start,
        count,
      );
      return serialize(lister.list(held(kept, objectId)));
    },

    invokeGetter: (objectId, name) => {
      const object = held(kept, objectId);
      const get = findGetter(object, name);
      if (get === undefined) throw new IntrinsicError("There is no getter " + name + ".");
      const value: unknown = reflectApply(get, object, []);
      return serialize(keepRoot(walk(value, PROPERTY), value));
    },

    release: (objectIds) => {
      for (let index = 0; index < objectIds.length; index++) {
        const id = objectIds[index];
        if (id !== undefined) kept.release(id);
      }
    },

    lookup: (objectId) => kept.get(objectId),
  };

  function findGetter(object: object, name: string): ((this: unknown) => unknown) | undefined {
    const own = ownDescriptor(object, name)?.get;
    if (own !== undefined) return own;
    const keys = Reflect.ownKeys(object);
    for (let index = 0; index < keys.length; index++) {
      const key = keys[index];
      if (typeof key === "symbol" && "[" + IntrinsicString(key) + "]" === name)
        return ownDescriptor(object, key)?.get;
    }
    return undefined;
  }
}

/** Puts text around pieces; text next to text becomes one piece. */
function surround(before: string, pieces: readonly TextPiece[], after: string): TextPiece[] {
  const parts = list<TextPiece>();
  let text = before;
  for (let index = 0; index < pieces.length; index++) {
    const piece = pieces[index];
    if (piece === undefined) continue;
    if (typeof piece === "string") {
      text += piece;
      continue;
    }
    if (text !== "") add(parts, text);
    text = "";
    add(parts, piece);
  }
  text += after;
  if (text !== "") add(parts, text);
  return parts;
}

/** Whether an option is set, on the object itself: a script may have put one on `Object.prototype`. */
function has(
  options: { readonly keep?: boolean; readonly custom?: boolean } | undefined,
  name: "keep" | "custom",
): boolean {
  return options !== undefined && objectHasOwn(options, name) && options[name] === true;
}

function held(kept: KeptObjects, objectId: string): object {
  const object = kept.get(objectId);
  if (object === undefined) throw new IntrinsicError("This value is no longer kept by the session.");
  return object;
}

function weigh(description: Description): number {
  const root = description.n?.[0];
  return (root?.l ?? 0) + (root?.m ?? 0) + (description.n?.length ?? 0);
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** `inspect(value, showHidden, depth, colors)`, as older code calls it. */
function legacyOptions(options: unknown, rest: readonly unknown[]): object | undefined {
  if (rest.length === 0 && typeof options !== "boolean")
    return typeof options === "object" && options !== null ? options : undefined;
  const given = typeof options === "object" && options !== null ? options : {};
  const read: Record<string, unknown> = { ...given };
  if (typeof options === "boolean") read["showHidden"] = options;
  if (rest[0] !== undefined) read["depth"] = rest[0];
  if (rest[1] !== undefined) read["colors"] = rest[1];
  return read;
}

/** What `[util.inspect.custom]` functions get as options. */
function userOptions(options: ReadOptions | undefined): InspectOptions & { stylize(text: unknown): string } {
  return {
    depth: 2,
    showHidden: false,
    colors: false,
    showProxy: false,
    maxArrayLength: 100,
    maxStringLength: 10_000,
    breakLength: 80,
    compact: 3,
    sorted: false,
    getters: false,
    numericSeparator: false,
    ...options?.wire,
    ...options?.given,
    stylize: (text) => IntrinsicString(text),
  };
}
