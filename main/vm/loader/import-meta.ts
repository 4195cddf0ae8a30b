import type { Node, Program } from "acorn";
import { ancestor } from "acorn-walk";

/** Whether a function or a class of the module asks for `import.meta`, which it may do long after the module has run. */
export function asksForMetaLater(program: Program): boolean {
  let found = false;
  ancestor(program, {
    MetaProperty: (node, _state, ancestors: readonly Node[]) => {
      if (node.meta.name === "import") found ||= ancestors.some(({ type }) => RUNS_LATER.test(type));
    },
  });
  return found;
}

const RUNS_LATER = /Function|ClassBody/;
