// @ts-check
import { join } from "node:path";
import ts from "typescript";
import { root } from "../paths.mjs";

/** @type {ts.CompilerOptions} */
const options = {
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2023.d.ts"],
  types: [],
  esModuleInterop: true,
  customConditions: ["require"],
};
const SUMMARY_LENGTH = 200;

/**
 * What a library exports, from its typings: name, signature and first sentences of each member. Completion reads it, so that
 * no session needs a compiler.
 * @param {import("../library-bundles.mjs").Library} library
 * @returns {{ name: string, signature: string, summary: string }[]}
 */
export function collectMembers(library) {
  const probe = join(root, "library-members-probe.ts");
  const text = `import library = require(${JSON.stringify(library.main)}); library;`;
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (path) => path === probe || fileExists(path);
  host.getSourceFile = (path, target, ...rest) =>
    path === probe ? ts.createSourceFile(path, text, target, true) : getSourceFile(path, target, ...rest);
  const program = ts.createProgram([probe], options, host);
  const checker = program.getTypeChecker();
  const statement = program.getSourceFile(probe)?.statements.at(-1);
  if (statement === undefined || !ts.isExpressionStatement(statement)) return [];
  const { expression } = statement;
  return checker
    .getPropertiesOfType(checker.getTypeAtLocation(expression))
    .filter(({ name }) => /^[\w$]+$/.test(name) && !name.startsWith("__"))
    .map((symbol) => {
      const type = checker.getTypeOfSymbolAtLocation(symbol, expression);
      const [call] = type.getCallSignatures();
      const signature =
        call === undefined
          ? `${type.getConstructSignatures().length > 0 ? "class " : ""}${symbol.name}: ${checker.typeToString(type)}`
          : `${symbol.name}${checker.signatureToString(call)}`;
      return { name: symbol.name, signature: withoutFolders(signature), summary: summaryOf(symbol, checker) };
    });
}

/** The first paragraph, or what the tag `@summary` says. @param {ts.Symbol} symbol @param {ts.TypeChecker} checker */
function summaryOf(symbol, checker) {
  const [paragraph = ""] = ts.displayPartsToString(symbol.getDocumentationComment(checker)).split(/\n\s*\n/);
  const tag = symbol.getJsDocTags(checker).find(({ name }) => name === "summary");
  return shorten((paragraph || ts.displayPartsToString(tag?.text)).replace(/\s+/g, " ").trim());
}

/** Types of other files are named with the folders of this machine. @param {string} signature */
function withoutFolders(signature) {
  return signature.replace(/import\("[^"]*\/node_modules\/([^"]+)"\)/g, 'import("$1")');
}

/** @param {string} text */
function shorten(text) {
  return text.length <= SUMMARY_LENGTH ? text : `${text.slice(0, SUMMARY_LENGTH - 1).trimEnd()}…`;
}
