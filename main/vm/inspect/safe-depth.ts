import type { Encoded, ObjectDescriptor } from "./descriptor";

/** Text is cut to fewer levels when it would need more than this; about 16 characters each. */
const MAX_WEIGHT = 200_000;
/** Levels that are looked at when no depth is asked for. */
const MAX_LEVELS = 100;
/** Each level is indented further, so the text of a mere chain grows with the square of its depth: a megabyte here. */
const MAX_DEPTH = 700;

/**
 * The greatest depth, up to the wanted one, at which the text of a value stays small. A shared object is printed again
 * wherever it stands: thirty arrays that each hold the next one twice would make 2³⁰ lines out of thirty descriptors.
 */
export function safeDepth(nodes: readonly ObjectDescriptor[] | undefined, wanted: number): number {
  if (nodes === undefined || nodes.length === 0) return wanted;
  const parts = nodes.map(weigh);
  let weights = parts.map(({ own }) => own);
  const levels = Math.min(wanted, MAX_LEVELS);
  for (let depth = 0; depth < levels; depth++) {
    const previous = weights;
    weights = parts.map(({ own, children }) =>
      children.reduce((sum, child) => Math.min(sum + (previous[child] ?? 0), MAX_WEIGHT * 2), own),
    );
    if ((weights[0] ?? 0) > MAX_WEIGHT) return depth;
    if (weights.every((weight, index) => weight === previous[index])) break;
  }
  return Math.min(wanted, MAX_DEPTH);
}

function weigh(node: ObjectDescriptor): { own: number; children: readonly number[] } {
  const children: number[] = [];
  let own = 1 + (node.t?.length ?? 0) / 16;
  const take = (encoded: Encoded | undefined): void => {
    own += 1;
    if (typeof encoded === "string") own += encoded.length / 16;
    else if (typeof encoded === "object" && encoded !== null) {
      if (typeof encoded[0] === "number") children.push(encoded[0]);
      else if (typeof encoded[1] === "string") own += encoded[1].length / 16;
    }
  };
  take(node.v);
  node.e?.forEach(take);
  node.o?.forEach((part, index) => {
    if (index % 3 === 2) take(part as Encoded);
  });
  return { own, children };
}
