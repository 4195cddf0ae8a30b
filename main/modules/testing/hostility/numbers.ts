import { parse } from "acorn";
import { simple } from "acorn-walk";

/** Where native code has its edges: what is no whole number, and what does not fit the next smaller kind of integer. */
const EDGES = ["-0", "-1", "NaN", "2 ** 31", "2 ** 32 - 1", "2 ** 53"];

/** A script again and again, each time with another of its numbers replaced by one at an edge. */
export function atTheEdges(script: string): string[] {
  const changed: string[] = [];
  const program = parse(script, { ecmaVersion: "latest", allowAwaitOutsideFunction: true });
  simple(program, {
    Literal({ value, start, end }) {
      if (typeof value !== "number") return;
      for (const edge of EDGES) changed.push(`${script.slice(0, start)}(${edge})${script.slice(end)}`);
    },
  });
  return changed;
}
