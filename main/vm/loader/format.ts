import { parse, type Options, type Program } from "acorn";
import { posix } from "node:path";
import { awaitsAtTopLevel } from "./top-level-await";
import type { WorkspaceFiles } from "./workspace-files";

export type Format = "commonjs" | "esm" | "json";

const BASE: Options = { ecmaVersion: "latest", allowHashBang: true };

/** Syntax of the body of a CommonJS module: a function's. Throws acorn's error. */
export function parseCommonJs(code: string): Program {
  return parse(code, {
    ...BASE,
    sourceType: "script",
    allowReturnOutsideFunction: true,
    allowNewDotTargetOutsideFunction: true,
  } as Options);
}

/** Syntax of an ES module. Throws acorn's error. */
export function parseModule(code: string): Program {
  return parse(code, { ...BASE, sourceType: "module" });
}

/** The format that a file's ending and the nearest package.json decide; `undefined` when its syntax has to. */
export function declaredFormat(path: string, files: WorkspaceFiles): Format | undefined {
  switch (posix.extname(path)) {
    case ".mjs":
    case ".mts":
      return "esm";
    case ".cjs":
    case ".cts":
      return "commonjs";
    case ".json":
      return "json";
    default:
      return packageType(path, files);
  }
}

/** The format that the code itself is written in: ES module syntax, or `await` outside functions, make a module. */
export function formatOfSyntax(code: string): Format {
  // Nearly all CommonJS code has none of these words; that saves it a parse.
  if (!/\b(?:import|export|await)\b/.test(code)) return "commonjs";
  const parsed = tryParse(() => parseCommonJs(code));
  if (parsed !== undefined) return awaitsAsModule(code) ? "esm" : "commonjs";
  return tryParse(() => parseModule(code)) === undefined && !/^\s*(?:import|export)\b/m.test(code)
    ? "commonjs"
    : "esm";
}

/**
 * Whether what CommonJS reads as a variable is an `await` outside functions: `await (x)` is a call there. Nothing else can
 * be meant, since no module has a variable of that name.
 */
function awaitsAsModule(code: string): boolean {
  if (!/\bawait\s*[([`+\-/]/.test(code)) return false;
  const program = tryParse(() => parseModule(code));
  return program !== undefined && awaitsAtTopLevel(program);
}

/** What a parser makes of a text; `undefined` when it refuses it. */
export function tryParse(parseIt: () => Program): Program | undefined {
  try {
    return parseIt();
  } catch {
    return undefined;
  }
}

function packageType(path: string, files: WorkspaceFiles): Format | undefined {
  for (let folder = posix.dirname(path); ; folder = posix.dirname(folder)) {
    const at = folder === "." ? "package.json" : `${folder}/package.json`;
    if (files.standing(at) === "file") {
      const type = typeOf(files.read(at));
      // A package without a type leaves it to the syntax, and no outer package.json is asked.
      return type === "module" ? "esm" : type === "commonjs" ? "commonjs" : undefined;
    }
    if (folder === "." || posix.basename(folder) === "node_modules") return undefined;
  }
}

function typeOf(text: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null && "type" in parsed ? parsed.type : undefined;
  } catch {
    return undefined;
  }
}
