import ts from "typescript";
import { describe, expect, test } from "vitest";
import { libraries, libraryTypings, type TypingsFile } from "./catalogue";

const options: ts.CompilerOptions = {
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Node10,
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2023.d.ts"],
  types: [],
  allowJs: true,
  checkJs: true,
  strict: true,
  skipLibCheck: true,
  noEmit: true,
  esModuleInterop: true,
};

/** Compiles a script that sees nothing but the given typings, as an editor without a disk does. */
function problems(script: string, typings: readonly TypingsFile[]): string[] {
  const files = new Map(typings.map(({ path, content }) => [`/${path}`, content]));
  files.set("/script.js", script);
  files.set(
    "/globals.d.ts",
    "declare const console: { log(...values: unknown[]): void }; declare function require(name: string): any;",
  );
  const host = ts.createCompilerHost(options);
  const { getSourceFile, readFile, fileExists } = host;
  const isLib = (path: string): boolean => /\/lib\.[\w.]*d\.ts$/.test(path);
  host.fileExists = (path) => files.has(path) || (isLib(path) && fileExists(path));
  host.readFile = (path) => files.get(path) ?? (isLib(path) ? readFile(path) : undefined);
  host.directoryExists = (path) =>
    [...files.keys()].some((file) => file.startsWith(`${path}/`)) || path === "/";
  host.getCurrentDirectory = () => "/";
  host.getSourceFile = (path, target, ...rest) => {
    const text = files.get(path);
    return text === undefined
      ? getSourceFile(path, target, ...rest)
      : ts.createSourceFile(path, text, target);
  };
  const roots = [...files.keys()].filter(
    (path) =>
      path.startsWith("/node_modules/@vm-workbench/") || path === "/script.js" || path === "/globals.d.ts",
  );
  const program = ts.createProgram(roots, options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map((found) => ts.flattenDiagnosticMessageText(found.messageText, "\n"));
}

describe("typings of the catalogue's libraries reach an editor", () => {
  test.each(libraries().map((library) => [library.id, library] as const))("%s", (id, library) => {
    const typings = libraryTypings(id);
    expect(problems(library.example, typings)).toEqual([]);
    // Known types, not `any`: a member that does not exist is an error.
    expect(problems(`const library = require("${id}"); library.noSuchMember;`, typings).join()).toMatch(
      /noSuchMember/,
    );
    if (library.global !== undefined) {
      expect(problems(`${library.global}.noSuchMember; export {};`, typings).join()).toMatch(/noSuchMember/);
    }
  });
});
