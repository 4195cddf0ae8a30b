import type {
  ClassDeclaration,
  FunctionDeclaration,
  Identifier,
  ImportDeclaration,
  Literal,
  Node,
  Program,
  VariableDeclaration,
} from "acorn";
import MagicString from "magic-string";
import { LineIndex, type Insertion, type PositionMap } from "../loader/positions";
import type { Source } from "../loader/sources";
import { awaitsAtTopLevel } from "../loader/top-level-await";
import { unlessTooDeep } from "../loader/too-deep";
import { stripTypes } from "../loader/typescript";
import {
  assignmentsTo,
  hoistedDeclarations,
  namesOfDeclaration,
  namesOfStatement,
  type Hoisted,
} from "./names";
import { readReplInput } from "./parse";

/** Global names that a script declares. */
export interface Declarations {
  /** Names that it must be able to declare, whatever they stood for: see `declareGlobals` in `main/vm/guest/constants.ts`. */
  readonly names: readonly string[];
  /** Those of them that nothing may be assigned to afterwards. */
  readonly constants: readonly string[];
}

/** A script as the engine runs it, in global scope. */
export interface GlobalScript {
  readonly source: Source;
  /** The script's value is an async function that is still to be called: by the host, so that no line of ours is on the stack. */
  readonly isFunction: boolean;
  readonly declares: Declarations;
}

const NOTHING: Declarations = { names: [], constants: [] };
/** Where an assignment to a constant goes to be refused: see `main/vm/guest/constants.ts`. */
const REFUSING = "__vmConstants";

/**
 * Makes REPL input a global script: `const`, `let` and `class` become variables, so that they can be declared again and
 * stay for the next input; `await` at top level makes the whole an async function, whose promise is the value. What the
 * parser does not understand is left to the engine. `constants` are the names that earlier scripts declared with `const`.
 */
export function rewriteReplInput(
  text: string,
  path: string,
  typescript: boolean,
  constants: ReadonlySet<string>,
): GlobalScript {
  const plain = asItStands(text, path);
  const untouched: GlobalScript = { source: plain, isFunction: false, declares: NOTHING };
  if (needsNoRewriting(text, constants)) return untouched;
  const input =
    tryRead(text, readReplInput) ?? (typescript ? readTypeScript(text, path, readReplInput) : undefined);
  if (input === undefined) return untouched;
  const rewrite = (): GlobalScript => {
    const rewriter = new Rewriter(input.text, input.program, constants);
    const isFunction = awaitsAtTopLevel(input.program);
    const { code, prefix, insertions, declares } = isFunction ? rewriter.asAsync() : rewriter.asScript();
    const map = { ...input.map, prefix: prefix + input.prefix, lineOffset: 0, insertions };
    return { source: { ...plain, code, map }, isFunction, declares };
  };
  return unlessTooDeep(rewrite) ?? untouched;
}

/** Without braces, colons, `<`, `>`, `!` and escapes there is no function, no block, no object and next to no TypeScript. */
const SIMPLE_CHARACTERS = /^[\w$\s.,;()[\]+\-*/%=&|'"]*$/;
const REWRITTEN_WORDS =
  /\b(?:abstract|as|await|class|const|declare|enum|export|import|interface|let|module|namespace|satisfies|type|using|var)\b/;

/**
 * Whether the parser would find nothing to change, as in most input that calculates or calls something. Loading and
 * running it costs more than such an input does.
 */
function needsNoRewriting(text: string, constants: ReadonlySet<string>): boolean {
  if (!SIMPLE_CHARACTERS.test(text) || REWRITTEN_WORDS.test(text)) return false;
  const assigns = constants.size > 0 && /=|\+\+|--/.test(text);
  return !assigns || !(text.match(/[\w$]+/g) ?? []).some((word) => constants.has(word));
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

/**
 * Makes the declarations of a script that runs in global scope such that a later script may make them again.
 * `constants`: see {@link rewriteReplInput}.
 */
export function redeclarable(
  code: string,
  program: Program,
  constants: ReadonlySet<string>,
): Pick<Rewritten, "code" | "insertions" | "declares"> {
  return new Rewriter(code, program, constants).asScript();
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
  readonly declares: Declarations;
}

class Rewriter {
  private readonly code: MagicString;
  private readonly lines: LineIndex;
  private readonly insertions = new Map<number, Insertion[]>();
  private readonly hoisted: readonly Hoisted[];
  private readonly declares: Declarations;

  constructor(
    private readonly text: string,
    private readonly program: Program,
    private readonly constants: ReadonlySet<string>,
  ) {
    this.code = new MagicString(text);
    this.lines = new LineIndex(text);
    this.hoisted = hoistedDeclarations(program);
    this.declares = this.findDeclarations();
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
    const functions: string[] = [];
    const { body } = this.program;
    body.forEach((statement, index) => {
      switch (statement.type) {
        case "VariableDeclaration":
          if (statement.kind !== "var") this.toAssignment(statement);
          break;
        case "ClassDeclaration":
          this.put(statement.start, `${nameOf(statement)} = `);
          this.put(statement.end, ";");
          break;
        case "FunctionDeclaration":
          functions.push(nameOf(statement));
          break;
        case "ImportDeclaration":
          this.toImport(statement);
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
    for (const { node, looped } of this.hoisted) {
      if (looped) this.code.overwrite(node.start, node.start + "var".length, "   ");
      else this.toAssignment(node);
    }
    const shared = functions.map((name) => `this.${name} = ${name};`).join("");
    const rewritten = this.done(`(async () => {${shared}`);
    return { ...rewritten, code: `${rewritten.code}\n})` };
  }

  private done(prefix: string): Rewritten {
    // Last, because what stands before a whole expression has to be put there first.
    this.refuseAssignments(new Set([...this.constants, ...this.declares.constants]));
    for (const list of this.insertions.values()) list.sort((a, b) => a.column - b.column);
    return {
      code: prefix + this.code.toString(),
      prefix: prefix.length,
      insertions: this.insertions,
      declares: this.declares,
    };
  }

  private findDeclarations(): Declarations {
    const names: string[] = this.hoisted.flatMap(({ node }) => namesOfDeclaration(node));
    const constants: string[] = [];
    for (const statement of this.program.body) {
      const declared = namesOfStatement(statement);
      names.push(...declared);
      if (statement.type === "ImportDeclaration") constants.push(...declared);
      if (statement.type === "VariableDeclaration" && statement.kind === "const") constants.push(...declared);
    }
    return { names: [...new Set(names)], constants };
  }

  /** Sloppy code would ignore that a constant cannot be written. */
  private refuseAssignments(constants: ReadonlySet<string>): void {
    if (constants.size === 0) return;
    for (const { name, start, shorthand } of assignmentsTo(constants, this.program)) {
      this.put(start, `${shorthand ? `${name}: ` : ""}${REFUSING}.`);
    }
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
    // A declaration, because an expression would have a value. `{}` declares nothing.
    if (kind === "const") this.put(endOf(declaration), `, {} = ${sealing(namesOfDeclaration(declaration))}`);
  }

  private toAssignment(declaration: VariableDeclaration): void {
    const { kind, start } = declaration;
    this.code.overwrite(start, start + kind.length, "(".padStart(kind.length));
    for (const { id, init } of declaration.declarations) {
      if (init == null) this.put(id.end, kind === "var" ? "" : " = undefined");
    }
    const sealed = kind === "const" ? `, ${sealing(namesOfDeclaration(declaration))}` : "";
    this.put(endOf(declaration), `${sealed})`);
  }

  private toImport(declaration: ImportDeclaration): void {
    const source = JSON.stringify(declaration.source.value);
    const parts: string[] = [];
    const asked: string[] = [];
    let namespace: string | undefined;
    for (const specifier of declaration.specifiers) {
      if (specifier.type === "ImportNamespaceSpecifier") {
        namespace = specifier.local.name;
        continue;
      }
      const imported =
        specifier.type === "ImportDefaultSpecifier" ? "default" : importedName(specifier.imported);
      asked.push(imported);
      parts.push(`${JSON.stringify(imported)}: ${specifier.local.name}`);
    }
    const module = namespace ?? `await import(${source})`;
    const statements = [
      ...(namespace === undefined ? [] : [`${namespace} = await import(${source});`]),
      ...(parts.length === 0
        ? []
        : [
            `({ ${parts.join(", ")} } = __vmModule("names", ${module}, ${source}, ${JSON.stringify(JSON.stringify(asked))}));`,
          ]),
    ];
    if (statements.length === 0) statements.push(`await import(${source});`);
    const locals = namesOfStatement(declaration);
    if (locals.length > 0) statements.push(`${sealing(locals)};`);
    // Newlines of the declaration stay, so that the lines after it do.
    const newlines = "\n".repeat(this.text.slice(declaration.start, declaration.end).split("\n").length - 1);
    const text = statements.join("");
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

/** A call after which nothing can be assigned to the names. */
function sealing(names: readonly string[]): string {
  return `__vmModule("constants", "${names.join(",")}")`;
}

/** Where the last declarator ends: before the semicolon, if there is one. */
function endOf({ declarations, end }: VariableDeclaration): number {
  return declarations.at(-1)?.end ?? end;
}

function importedName(imported: Identifier | Literal): string {
  return imported.type === "Identifier" ? imported.name : String(imported.value);
}

function nameOf(declaration: FunctionDeclaration | ClassDeclaration | Node): string {
  return "id" in declaration && declaration.id !== null && typeof declaration.id === "object"
    ? (declaration as FunctionDeclaration).id.name
    : "";
}
