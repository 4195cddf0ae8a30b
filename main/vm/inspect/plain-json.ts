import type { z } from "zod";
import type { Description, Encoded, ObjectDescriptor } from "./descriptor";

type Json = z.core.util.JSONType;

/** Values whose JSON is longer are not given as data. */
const MAX_CHARACTERS = 64 * 1024;
const MAX_DEPTH = 100;

class NotPlain extends Error {}

/**
 * The value itself when it is plain JSON, complete and small: primitives, arrays and plain objects without accessors,
 * symbols, cycles or anything that was cut. `undefined` for everything else.
 */
export function plainJson(description: Description): { readonly value: Json } | undefined {
  let budget = MAX_CHARACTERS;
  const open = new Set<number>();

  const spend = (characters: number): void => {
    budget -= characters;
    if (budget < 0) throw new NotPlain();
  };

  const build = (encoded: Encoded): Json => {
    if (typeof encoded === "string") {
      spend(encoded.length + 2);
      return encoded;
    }
    spend(8);
    if (typeof encoded !== "object" || encoded === null) return encoded;
    const [index] = encoded;
    const node = typeof index === "number" ? description.n?.[index] : undefined;
    if (typeof index !== "number" || node === undefined || open.has(index) || open.size > MAX_DEPTH)
      throw new NotPlain();
    open.add(index);
    const built = buildObject(node);
    open.delete(index);
    return built;
  };

  const buildObject = (node: ObjectDescriptor): Json => {
    const plain =
      node.d !== 1 && node.q !== 1 && node.m === undefined && node.c === undefined && node.g === undefined;
    if (!plain) throw new NotPlain();
    if (node.k === "array") {
      const complete =
        node.x === undefined &&
        (node.e?.length ?? 0) === node.l &&
        node.o === undefined &&
        node.p === undefined;
      if (!complete) throw new NotPlain();
      return (node.e ?? []).map(build);
    }
    if (node.k !== "object" || (node.p !== undefined && node.p !== null)) throw new NotPlain();
    const properties = node.o ?? [];
    const built: Record<string, Json> = {};
    for (let at = 0; at < properties.length; at += 3) {
      const key = properties[at];
      if (typeof key !== "string" || properties[at + 1] !== 0) throw new NotPlain();
      spend(key.length + 3);
      const value = build(properties[at + 2] as Encoded);
      // Not an assignment: the key may be __proto__.
      Object.defineProperty(built, key, { value, enumerable: true, writable: true, configurable: true });
    }
    return built;
  };

  try {
    return { value: build(description.v) };
  } catch (error) {
    if (error instanceof NotPlain) return undefined;
    throw error;
  }
}
