import { type AnyNode, type ImportDeclaration, type Node, parse, type Program } from "acorn";
import { simple } from "acorn-walk";
import { transform } from "sucrase";
import type { ConstantText, ModuleCall } from "../modules/module-calls";

/** What a script loads and calls, found without running it. */
export interface ScriptAnalysis {
  /** Every specifier of `require`, `import` and `export … from` that is a constant. */
  readonly specifiers: readonly string[];
  readonly calls: readonly ModuleCall[];
}

/** Endings of files that are scripts. */
export const SCRIPT_ENDING = /\.(?:[cm]?js|m?ts|cts)$/;

/**
 * Finds what a script loads. `undefined` when it does not parse. Types are stripped first, so an `import type` is
 * no load.
 */
export function analyzeScript(source: string, path: string): ScriptAnalysis | undefined {
  const program = parseScript(source, path);
  if (program === undefined) return undefined;
  try {
    return analyzeProgram(program);
  } catch (error) {
    if (error instanceof RangeError) return undefined; // nested so deeply that walking overflows the stack
    throw error;
  }
}

function analyzeProgram(program: Program): ScriptAnalysis {
  const constants = collectConstants(program);
  const bindings = new Map<string, Target>();
  const specifiers = new Set<string>();
  const calls: ModuleCall[] = [];
  const load = (specifier: unknown) => {
    if (typeof specifier === "string") specifiers.add(specifier);
  };
  simple(program, {
    ImportDeclaration: (node) => {
      load(node.source.value);
      for (const each of node.specifiers) bindImport(each, String(node.source.value), bindings);
    },
    ExportAllDeclaration: (node) => load(node.source.value),
    ExportNamedDeclaration: (node) => load(node.source?.value),
    ImportExpression: (node) => load(loadedBy(node, constants)),
    CallExpression: (node) => load(loadedBy(node, constants)),
    VariableDeclarator: (node) => {
      if (node.init) bind(node.id, memberOf(node.init, bindings, constants), bindings);
    },
  });
  // Again, now that every binding is known: a function may be called above the line that imports it.
  simple(program, {
    CallExpression: (node) => {
      const target = node.callee.type === "Super" ? undefined : memberOf(node.callee, bindings, constants);
      if (target === undefined) return;
      calls.push({ ...target, args: node.arguments.map((argument) => constantText(argument, constants)) });
    },
  });
  return { specifiers: [...specifiers], calls };
}

function bindImport(
  node: ImportDeclaration["specifiers"][number],
  specifier: string,
  bindings: Map<string, Target>,
): void {
  const imported = node.type === "ImportSpecifier" ? node.imported : undefined;
  const name =
    imported === undefined ? "" : imported.type === "Identifier" ? imported.name : String(imported.value);
  bindings.set(node.local.name, { specifier, member: name === "default" ? "" : name });
}

function parseScript(source: string, path: string): Program | undefined {
  const text = /\.(?:ts|mts|cts)$/.test(path) ? stripTypes(source) : source;
  if (text === undefined) return undefined;
  for (const sourceType of ["module", "script"] as const) {
    try {
      return parse(text, {
        ecmaVersion: "latest",
        sourceType,
        allowHashBang: true,
        allowAwaitOutsideFunction: true,
        allowReturnOutsideFunction: true,
      });
    } catch {
      // Sloppy scripts do not parse as modules; what parses as neither is reported by whoever runs it.
    }
  }
  return undefined;
}

function stripTypes(source: string): string | undefined {
  try {
    return transform(source, { transforms: ["typescript"], disableESTransforms: true }).code;
  } catch {
    return undefined;
  }
}

type Constants = ReadonlyMap<string, ConstantText>;

function collectConstants(program: Program): Constants {
  const constants = new Map<string, ConstantText>();
  for (const statement of program.body) {
    if (statement.type !== "VariableDeclaration" || statement.kind !== "const") continue;
    for (const { id, init } of statement.declarations) {
      const text = init ? constantText(init, constants) : undefined;
      if (id.type === "Identifier" && text !== undefined) constants.set(id.name, text);
    }
  }
  return constants;
}

function constantText(visited: Node, constants: Constants): ConstantText | undefined {
  // acorn types a child as `Node`, though every node is one of the union.
  const node = visited as AnyNode;
  switch (node.type) {
    case "Literal":
      return typeof node.value === "string" ? { text: node.value, partial: false } : undefined;
    case "Identifier":
      return constants.get(node.name);
    case "TemplateLiteral": {
      const parts: (ConstantText | undefined)[] = [];
      node.quasis.forEach((quasi, index) => {
        parts.push({ text: quasi.value.cooked ?? "", partial: false });
        const expression = node.expressions[index];
        if (expression !== undefined) parts.push(constantText(expression, constants));
      });
      return concatenate(parts, "");
    }
    case "BinaryExpression":
      if (node.operator !== "+") return undefined;
      return concatenate([constantText(node.left, constants), constantText(node.right, constants)], "");
    case "CallExpression":
      // path.join("out", name): the first parts are enough.
      if (node.callee.type !== "MemberExpression" || node.callee.property.type !== "Identifier")
        return undefined;
      if (node.callee.property.name !== "join" && node.callee.property.name !== "resolve") return undefined;
      return concatenate(
        node.arguments.map((argument) => constantText(argument, constants)),
        "/",
      );
    default:
      return undefined;
  }
}

function concatenate(parts: readonly (ConstantText | undefined)[], glue: string): ConstantText | undefined {
  let text = "";
  for (const [index, part] of parts.entries()) {
    if (part === undefined) return text === "" ? undefined : { text, partial: true };
    text += part.text + (index < parts.length - 1 ? glue : "");
    if (part.partial) return { text, partial: true };
  }
  return { text, partial: false };
}

/** The constant specifier that `require(…)` or `import(…)` loads. */
function loadedBy(node: AnyNode, constants: Constants): string | undefined {
  if (node.type === "ImportExpression") return whole(constantText(node.source, constants));
  if (node.type !== "CallExpression") return undefined;
  if (node.callee.type !== "Identifier" || node.callee.name !== "require") return undefined;
  const [argument] = node.arguments;
  return argument === undefined ? undefined : whole(constantText(argument, constants));
}

function whole(text: ConstantText | undefined): string | undefined {
  return text === undefined || text.partial ? undefined : text.text;
}

type Target = { readonly specifier: string; readonly member: string };

/** What an expression names: `require("fs").promises` → fs, `promises`. */
function memberOf(
  visited: Node,
  bindings: ReadonlyMap<string, Target>,
  constants: Constants,
): Target | undefined {
  // acorn types a child as `Node`, though every node is one of the union.
  const node = visited as AnyNode;
  switch (node.type) {
    case "Identifier":
      return bindings.get(node.name);
    case "AwaitExpression":
      return memberOf(node.argument, bindings, constants);
    case "ImportExpression":
    case "CallExpression": {
      const specifier = loadedBy(node, constants);
      return specifier === undefined ? undefined : { specifier, member: "" };
    }
    case "MemberExpression": {
      const object = memberOf(node.object, bindings, constants);
      if (object === undefined || node.computed || node.property.type !== "Identifier") return undefined;
      const { name } = node.property;
      return {
        specifier: object.specifier,
        member: name === "default" ? object.member : object.member === "" ? name : `${object.member}.${name}`,
      };
    }
    default:
      return undefined;
  }
}

function bind(visited: Node, target: Target | undefined, bindings: Map<string, Target>): void {
  if (target === undefined) return;
  const pattern = visited as AnyNode; // as above
  if (pattern.type === "Identifier") bindings.set(pattern.name, target);
  if (pattern.type !== "ObjectPattern") return;
  for (const property of pattern.properties) {
    if (property.type !== "Property" || property.key.type !== "Identifier") continue;
    const member = target.member === "" ? property.key.name : `${target.member}.${property.key.name}`;
    bind(property.value, { specifier: target.specifier, member }, bindings);
  }
}
