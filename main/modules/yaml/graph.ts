import type { WireValue } from "../../vm/guest/bridge";

/**
 * A value as a flat list of its containers, so that shared objects, cycles, Maps, dates and keys such as `__proto__`
 * cross between guest and host. A slot is a primitive, or `[index]` of a container; the first entry is the root's
 * slot. ECMAScript only: both halves of the module use it.
 */
export type Graph = readonly WireValue[];

/** Bytes cross as they are. */
type Described = readonly [Kind, readonly unknown[]] | Uint8Array;

type Kind = "array" | "object" | "map" | "set" | "date";

/** Takes a value apart. `describe` says what becomes of an object: its kind, and its content in order. */
export function flatten(root: unknown, describe: (value: object) => Described): Graph {
  const graph: WireValue[] = [null];
  const known = new Map<object, number>();
  const slot = (value: unknown): WireValue => {
    if (typeof value === "function" || typeof value === "symbol") {
      throw new TypeError(`A ${typeof value} cannot be written as YAML.`);
    }
    if (typeof value !== "object" || value === null) return value as WireValue;
    const index = known.get(value);
    if (index !== undefined) return [index];
    const described = describe(value);
    if (described instanceof Uint8Array) return described;
    const own = graph.push(null) - 1;
    known.set(value, own);
    const [kind, content] = described;
    graph[own] = [kind, ...content.map(slot)];
    return [own];
  };
  graph[0] = slot(root);
  return graph;
}

/** Puts a value together again; `objectsAs` says what plain objects become. */
export function restore(graph: Graph, objectsAs: "object" | "map"): unknown {
  const made = new Map<number, unknown>();
  const value = (slot: WireValue | undefined): unknown => {
    if (!Array.isArray(slot)) return slot;
    const index = Number(slot[0]);
    if (made.has(index)) return made.get(index);
    const [kind, ...content] = graph[index] as [Kind, ...WireValue[]];
    const fill = fillers[kind === "object" && objectsAs === "map" ? "map" : kind];
    return fill(index, content);
  };
  const fillers: Record<Kind, (index: number, content: WireValue[]) => unknown> = {
    array(index, content) {
      const array: unknown[] = [];
      made.set(index, array);
      for (const slot of content) array.push(value(slot));
      return array;
    },
    object(index, content) {
      const object = {};
      made.set(index, object);
      for (let at = 0; at < content.length; at += 2) {
        // A plain assignment of the key `__proto__` would change the prototype.
        Object.defineProperty(object, String(content[at]), {
          value: value(content[at + 1]),
          enumerable: true,
          configurable: true,
          writable: true,
        });
      }
      return object;
    },
    map(index, content) {
      const map = new Map<unknown, unknown>();
      made.set(index, map);
      for (let at = 0; at < content.length; at += 2) map.set(value(content[at]), value(content[at + 1]));
      return map;
    },
    set(index, content) {
      const set = new Set<unknown>();
      made.set(index, set);
      for (const slot of content) set.add(value(slot));
      return set;
    },
    date: (index, content) => {
      const date = new Date(Number(content[0]));
      made.set(index, date);
      return date;
    },
  };
  return value(graph[0]);
}

const isIterable = (value: object): value is Iterable<unknown> =>
  typeof (value as { [Symbol.iterator]?: unknown })[Symbol.iterator] === "function";

/** What the parser may give: everything keeps its kind. */
export function describeParsed(value: object): Described {
  if (value instanceof Date) return ["date", [value.getTime()]];
  if (value instanceof Map) return ["map", [...value].flat(1)];
  if (value instanceof Set) return ["set", [...value]];
  if (value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return ["array", value];
  return ["object", Object.entries(value).flat(1)];
}

/** What a script may hand over to be written: as the package does it, an iterable is a sequence. */
export function describeWritten(value: object): Described {
  if (value instanceof Map)
    return ["map", [...(value as Map<unknown, unknown>)].flatMap(([key, item]) => [key, plain(item)])];
  if (isIterable(value)) return ["array", [...value].map(plain)];
  return ["object", Object.entries(value).flatMap(([key, item]) => [key, plain(item)])];
}

/** Asks `toJSON`, and unpacks `new String("x")` and the like. */
export function plain(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const { toJSON } = value as { toJSON?: unknown };
  if (typeof toJSON === "function") return toJSON.call(value) as unknown;
  if (value instanceof String || value instanceof Number || value instanceof Boolean) return value.valueOf();
  return value;
}
