import type { Program } from "acorn";
import { base, recursive } from "acorn-walk";

/** Whether `await`, `for await` or an import stands outside of every function. */
export function awaitsAtTopLevel(program: Program): boolean {
  let found = false;
  const nothing = (): void => undefined;
  recursive(program, undefined, {
    Function: nothing,
    // Methods, fields and static blocks have functions of their own; names and bases are evaluated outside.
    ClassBody: nothing,
    AwaitExpression: () => {
      found = true;
    },
    ImportDeclaration: () => {
      found = true;
    },
    ForOfStatement: (node, state, visit) => {
      if (node.await) found = true;
      base["ForOfStatement"]?.(node, state, visit);
    },
  });
  return found;
}
