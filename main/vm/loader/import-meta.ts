import type { Node, Program } from "acorn";
import { ancestor } from "acorn-walk";
import { parseModule, tryParse } from "./format";

const META = "import.meta";
/** Larger modules are left as they are: parsing them here could not be interrupted. */
const MAX_PARSED = 2 * 1024 * 1024;
const RUNS_LATER = /Function|ClassBody/;

export interface ModuleMeta {
  /** Statements that fill `import.meta`, which the engine leaves empty. Imports are hoisted, so they may follow. */
  readonly head: string;
  /** The module's code; no position moves. */
  readonly code: string;
  /** Whether some code asks the engine for `import.meta` when the module has run. */
  readonly asksLater: boolean;
}

/**
 * Gives a module its `import.meta`. The engine looks it up by the module's name whenever code asks, so a function that
 * asks later needs the module on the engine's list: functions ask a function of the module instead, which remembers.
 */
export function fillMeta(code: string, values: Readonly<Record<string, string>>): ModuleMeta {
  if (!code.includes(META)) return { head: "", code, asksLater: false };
  const fill = Object.entries(values)
    .map(([name, value]) => `${META}.${name} = ${JSON.stringify(value)};`)
    .join("");
  const program = code.length > MAX_PARSED ? undefined : tryParse(() => parseModule(code));
  const later = program === undefined ? undefined : metaInFunctions(program, code);
  if (later === undefined) return { head: fill, code, asksLater: true };
  if (later.length === 0) return { head: fill, code, asksLater: false };
  const name = freeName(code);
  const parts: string[] = [];
  let end = 0;
  for (const start of later) {
    parts.push(code.slice(end, start), `${name}()`);
    end = start + META.length;
  }
  // Functions of a module may be called before it runs, by modules that it imports.
  const remember = `function ${name}() { return ${name}.meta ?? ${META}; } ${name}.meta = ${META};`;
  return { head: fill + remember, code: parts.join("") + code.slice(end), asksLater: false };
}

/** Where functions and classes ask, in order; `undefined` when a call cannot stand in one of the places. */
function metaInFunctions(program: Program, code: string): number[] | undefined {
  const found: number[] = [];
  let replaceable = true;
  ancestor(program, {
    MetaProperty: (node, _state, ancestors: readonly Node[]) => {
      if (node.meta.name !== "import" || !ancestors.some(({ type }) => RUNS_LATER.test(type))) return;
      // `new import.meta.Thing()` would call the function with `new`.
      const isPlain = code.slice(node.start, node.end) === META;
      if (!isPlain || ancestors.some(({ type }) => type === "NewExpression")) replaceable = false;
      found.push(node.start);
    },
  });
  return replaceable ? found.sort((a, b) => a - b) : undefined;
}

/** A name that the code does not have; with its call as long as what it stands for. */
function freeName(code: string): string {
  for (let number = 0; ; number++) {
    const name = `meta${String(number).padStart(META.length - "meta()".length, "0")}`;
    if (!code.includes(name)) return name;
  }
}
