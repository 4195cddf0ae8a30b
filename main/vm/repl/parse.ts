import { parse, type Program } from "acorn";

/**
 * Syntax of REPL input: a script in which `await` and `import` may stand at top level. Throws acorn's error, whose `pos`
 * tells how far it came.
 */
export function parseReplInput(source: string): Program {
  return parse(source, {
    ecmaVersion: "latest",
    sourceType: "script",
    allowAwaitOutsideFunction: true,
    allowImportExportEverywhere: true,
    allowHashBang: true,
  });
}

/**
 * The input as it is meant: `{ a: 1 }` is an object, not a block with a label, unless it can only be a block or ends
 * with a semicolon. Throws acorn's error for the input as it stands.
 */
export function readReplInput(source: string): {
  readonly text: string;
  readonly program: Program;
  readonly prefix: number;
} {
  if (/^\s*\{/.test(source) && !/;\s*$/.test(source)) {
    const text = `(${source}\n)`;
    try {
      return { text, program: parseReplInput(text), prefix: 1 };
    } catch {
      // A block after all.
    }
  }
  return { text: source, program: parseReplInput(source), prefix: 0 };
}
