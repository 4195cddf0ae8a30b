import type {
  ClassDeclaration,
  FunctionDeclaration,
  ImportDeclaration,
  Node,
  Pattern,
  Program,
  VariableDeclaration,
} from "acorn";
import MagicString from "magic-string";
import { LineIndex, type Insertion, type PositionMap } from "../loader/positions";
import type { Source } from "../loader/sources";
import { awaitsAtTopLevel } from "../loader/top-level-await";
import { stripTypes } from "../loader/typescript";
import { readReplInput } from "./parse";

/** Input as the engine runs it, in global scope. */
export interface ReplScript {
  readonly source: Source;
}

/**
 * Makes REPL input a global script: `const`, `let` and `class` become variables, so that they can be declared again and
 * stay for the next input; `await` at top level makes the whole an async function, whose promise is the value. What the
 * parser does not understand is left to the engine.
 */
export function rewriteReplInput(text: string, path: string, typescript: boolean): ReplScript {
  if (needsNoRewriting(text)) return { source: asItStands(text, path) };
  return { source: declareGlobally(text, path, typescript, readReplInput) };
}

/** Without braces, colons, `<`, `>`, `!` and escapes there is no function, no block, no object and next to no TypeScript. */
const SIMPLE_CHARACTERS = /^[\w$\s.,;()[\]+\-*/%=&|'"]*$/;
const REWRITTEN_WORDS =
  /\b(?:abstract|as|await|class|const|declare|enum|export|import|interface|let|module|namespace|satisfies|type|using)\b/;

/**
 * Whether the parser would find nothing to change, as in most input that calculates or calls something. Loading and
 * running it costs more than such an input does.
 */
function needsNoRewriting(text: string): boolean {
  return SIMPLE_CHARACTERS.test(text) && !REWRITTEN_WORDS.test(text);
}

function asItStands(text: string, path: string): Source {
  return {
    path,
    format: "commonjs",
    original: text,
    text,
    code: text,
    hasValue: false,
    map: { prefix: 0, lineOffset: 0 },
  };
}

/** Makes the declarations of a script that runs in global scope such that a later script may make them again. */
export function redeclarable(
  code: string,
  program: Program,
): { readonly code: string; readonly insertions: ReadonlyMap<number, readonly Insertion[]> } {
  return new Rewriter(code, program).asScript();
}

function declareGlobally(
  text: string,
  path: string,
  typescript: boolean,
  read: typeof readReplInput,
): Source {
  const plain = asItStands(text, path);
  const input = tryRead(text, read) ?? (typescript ? readTypeScript(text, path, read) : undefined);
  if (input === undefined) return plain;
  const rewriter = new Rewriter(input.text, input.program);
  const { code, prefix, insertions } = awaitsAtTopLevel(input.program)
    ? rewriter.asAsync()
    : rewriter.asScript();
  return { ...plain, code, map: { ...input.map, prefix: prefix + input.prefix, lineOffset: 0, insertions } };
}

interface Read {
  readonly text: string;
  readonly program: Program;
  readonly prefix: number;
  readonly map?: Pick<PositionMap, "trace">;
}

function tryRead(text: string, read: typeof readReplInput): Read | undefined {
  try {
    return read(text);
  } catch {
    return undefined;
  }
}

function readTypeScript(text: string, path: string, read: typeof readReplInput): Read | undefined {
  try {
    const { code, trace } = stripTypes(text, path);
    return { ...read(code), map: { trace } };
  } catch {
    return undefined;
  }
}

interface Rewritten {
  readonly code: string;
  readonly prefix: number;
  readonly insertions: ReadonlyMap<number, readonly Insertion[]>;
}

class Rewriter {
  private readonly code: MagicString;
  private readonly lines: LineIndex;
  private readonly insertions = new Map<number, Insertion[]>();

  constructor(
    private readonly text: string,
    private readonly program: Program,
  ) {
    this.code = new MagicString(text);
    this.lines = new LineIndex(text);
  }

  asScript(): Rewritten {
    for (const statement of this.program.body) {
      if (statement.type === "VariableDeclaration") this.toVar(statement);
      if (statement.type === "ClassDeclaration") this.put(statement.start, `var ${nameOf(statement)} = `);
      if (statement.type === "ClassDeclaration") this.put(statement.end, ";");
    }
    return this.done("");
  }

  asAsync(): Rewritten {
    const names: string[] = [];
    const functions: string[] = [];
    const { body } = this.program;
    body.forEach((statement, index) => {
      switch (statement.type) {
        case "VariableDeclaration":
          for (const { id } of statement.declarations) collectNames(id, names);
          this.toAssignment(statement);
          break;
        case "ClassDeclaration":
          names.push(nameOf(statement));
          this.put(statement.start, `${nameOf(statement)} = `);
          this.put(statement.end, ";");
          break;
        case "FunctionDeclaration":
          functions.push(nameOf(statement));
          break;
        case "ImportDeclaration":
          this.toImport(statement, names);
          break;
        case "ExpressionStatement":
          if (index === body.length - 1) {
            this.put(statement.expression.start, "return (");
            this.put(statement.expression.end, ")");
          }
          break;
        default:
          break;
      }
    });
    const declared = names.length === 0 ? "" : `var ${[...new Set(names)].join(", ")};`;
    const shared = functions.map((name) => `this.${name} = ${name};`).join("");
    const rewritten = this.done(`${declared}(async () => {${shared}`);
    return { ...rewritten, code: `${rewritten.code}\n})()` };
  }

  private done(prefix: string): Rewritten {
    for (const list of this.insertions.values()) list.sort((a, b) => a.column - b.column);
    return { code: prefix + this.code.toString(), prefix: prefix.length, insertions: this.insertions };
  }

  /** Same length, so that columns stay. */
  private toVar(declaration: VariableDeclaration): void {
    const { kind, start } = declaration;
    if (kind !== "let" && kind !== "const") return;
    this.code.overwrite(start, start + kind.length, "var".padEnd(kind.length));
    for (const { id, init } of declaration.declarations) {
      // `let x` sets x to undefined, also when it has been declared before; `var x` would leave it.
      if (init == null) this.put(id.end, " = undefined");
    }
  }

  private toAssignment(declaration: VariableDeclaration): void {
    const { kind, start } = declaration;
    this.code.overwrite(start, start + kind.length, "(".padStart(kind.length));
    for (const { id, init } of declaration.declarations) {
      if (init == null) this.put(id.end, kind === "var" ? "" : " = undefined");
    }
    const last = declaration.declarations.at(-1);
    if (last !== undefined) this.put(last.end, ")");
  }

  private toImport(declaration: ImportDeclaration, names: string[]): void {
    const source = JSON.stringify(declaration.source.value);
    const parts: string[] = [];
    let namespace: string | undefined;
    for (const specifier of declaration.specifiers) {
      names.push(specifier.local.name);
      if (specifier.type === "ImportNamespaceSpecifier") namespace = specifier.local.name;
      else if (specifier.type === "ImportDefaultSpecifier") parts.push(`default: ${specifier.local.name}`);
      else {
        const imported =
          specifier.imported.type === "Identifier"
            ? specifier.imported.name
            : JSON.stringify(specifier.imported.value);
        parts.push(`${imported}: ${specifier.local.name}`);
      }
    }
    const pattern =
      parts.length === 0 ? "" : `({ ${parts.join(", ")} } = ${namespace ?? `await import(${source})`});`;
    const whole = namespace === undefined ? "" : `${namespace} = await import(${source});`;
    const bare = pattern === "" && whole === "" ? `await import(${source});` : "";
    // Newlines of the declaration stay, so that the lines after it do.
    const newlines = "\n".repeat(this.text.slice(declaration.start, declaration.end).split("\n").length - 1);
    const text = whole + pattern + bare;
    this.code.overwrite(declaration.start, declaration.end, text + newlines);
    // On one line, the specifier's column stays right; what follows it does as well.
    const [written, now] = [declaration.source.start - declaration.start, text.indexOf(source)];
    const behind = text.length - now - (declaration.end - declaration.source.start);
    this.lines.note(this.insertions, declaration.start, Math.max(0, now - written));
    this.lines.note(this.insertions, declaration.end, Math.max(0, behind));
  }

  private put(offset: number, text: string): void {
    if (text === "") return;
    this.code.appendLeft(offset, text);
    this.lines.note(this.insertions, offset, text.length);
  }
}

function nameOf(declaration: FunctionDeclaration | ClassDeclaration | Node): string {
  return "id" in declaration && declaration.id !== null && typeof declaration.id === "object"
    ? (declaration as FunctionDeclaration).id.name
    : "";
}

function collectNames(pattern: Pattern, names: string[]): void {
  switch (pattern.type) {
    case "Identifier":
      names.push(pattern.name);
      break;
    case "ObjectPattern":
      for (const property of pattern.properties) {
        collectNames(property.type === "RestElement" ? property.argument : property.value, names);
      }
      break;
    case "ArrayPattern":
      for (const element of pattern.elements) if (element !== null) collectNames(element, names);
      break;
    case "RestElement":
      collectNames(pattern.argument, names);
      break;
    case "AssignmentPattern":
      collectNames(pattern.left, names);
      break;
    case "MemberExpression":
      break;
  }
}
