import type { Expression, Identifier, ImportDeclaration, Literal, Node, Program } from "acorn";
import { simple } from "acorn-walk";
import { parseReplInput } from "../repl/parse";
import { tryParse } from "./format";
import type { Position } from "./positions";
import { unlessTooDeep } from "./too-deep";

/** What a module asks for: from where, by which names, and where in its code that is written. */
interface ImportClause {
  /** As written; `undefined` when it is computed. */
  readonly specifier: string | undefined;
  readonly position: Position;
  readonly names: readonly { readonly name: string; readonly position: Position }[];
}

/** Where code asks for a specifier: the position in the code as the engine runs it. */
export function placeOfImport(code: string, specifier: string): Position | undefined {
  const clauses = clausesOf(code);
  const computed = clauses.filter((clause) => clause.specifier === undefined);
  const found = clauses.find((clause) => clause.specifier === specifier);
  return (found ?? (computed.length === 1 ? computed[0] : undefined))?.position;
}

/** Where code imports a name: all places, with the specifiers as written. */
export function placesOfName(
  code: string,
  name: string,
): { readonly specifier: string; readonly position: Position }[] {
  return clausesOf(code).flatMap(({ specifier, names }) => {
    const found = names.find((each) => each.name === name);
    return found === undefined || specifier === undefined ? [] : [{ specifier, position: found.position }];
  });
}

function clausesOf(code: string): ImportClause[] {
  // The one grammar that takes every kind of code that the engine is given.
  const program = tryParse(() => parseReplInput(code));
  return program === undefined ? [] : (unlessTooDeep(() => readClauses(code, program)) ?? []);
}

function readClauses(code: string, program: Program): ImportClause[] {
  const clauses: ImportClause[] = [];
  const positionOf = ({ start }: Node): Position => {
    const before = code.slice(0, start);
    return { line: before.split("\n").length, column: start - before.lastIndexOf("\n") };
  };
  const add = (source: Expression, names: ImportClause["names"] = []): void => {
    const specifier =
      source.type === "Literal" && typeof source.value === "string" ? source.value : undefined;
    clauses.push({ specifier, position: positionOf(source), names });
  };
  simple(program, {
    ImportDeclaration: (node) => add(node.source, importedNames(node, positionOf)),
    ExportNamedDeclaration: ({ source, specifiers }) => {
      if (source == null) return;
      add(
        source,
        specifiers.map(({ local }) => ({ name: nameOf(local), position: positionOf(local) })),
      );
    },
    ExportAllDeclaration: ({ source }) => add(source),
    ImportExpression: ({ source }) => add(source),
  });
  // The order of the walk is not that of the text.
  return clauses.sort((a, b) => a.position.line - b.position.line || a.position.column - b.position.column);
}

function importedNames(
  { specifiers }: ImportDeclaration,
  positionOf: (node: Node) => Position,
): ImportClause["names"] {
  return specifiers.flatMap((specifier) => {
    if (specifier.type === "ImportNamespaceSpecifier") return [];
    const name = specifier.type === "ImportDefaultSpecifier" ? "default" : nameOf(specifier.imported);
    return [{ name, position: positionOf(specifier) }];
  });
}

function nameOf(name: Identifier | Literal): string {
  return name.type === "Identifier" ? name.name : String(name.value);
}
