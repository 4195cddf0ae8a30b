import ts from "typescript";
import { moduleTypings } from "../descriptor";
import { GLOBALS_TYPINGS } from "../globals";
import type { AnyNativeModule } from "../record";

/** What the TypeScript compiler says about a module's typings. */
export interface CompiledTypings {
  /** Complaints, with file and line; none is what a test wants. */
  readonly problems: readonly string[];
  /** Names of the values that the module exports, sorted; types are left out. */
  readonly exportedValues: readonly string[];
}

const OPTIONS: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  noImplicitReturns: true,
  exactOptionalPropertyTypes: true,
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ["lib.es2023.d.ts"],
  types: [],
  esModuleInterop: true,
};

// The library's own files are the same for every module: parsed once.
const libraryFiles = new Map<string, ts.SourceFile | undefined>();

function makeHost(files: ReadonlyMap<string, string>): ts.CompilerHost {
  const host = ts.createCompilerHost(OPTIONS);
  const readLibrary = host.getSourceFile.bind(host);
  host.fileExists = (name) => files.has(name) || ts.sys.fileExists(name);
  host.getSourceFile = (name, version) => {
    const text = files.get(name);
    if (text !== undefined) return ts.createSourceFile(name, text, version, true);
    if (!libraryFiles.has(name)) libraryFiles.set(name, readLibrary(name, version));
    return libraryFiles.get(name);
  };
  return host;
}

function describeProblem(diagnostic: ts.Diagnostic): string {
  const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n");
  if (diagnostic.file === undefined || diagnostic.start === undefined) return text;
  const { line } = diagnostic.file.getLineAndCharacterOfPosition(diagnostic.start);
  return `${diagnostic.file.fileName}:${line + 1}: ${text}`;
}

/** Compiles a module's typings strictly, as the editor gets them: with the globals, under its name and every alias. */
export function compileTypings(record: AnyNativeModule): CompiledTypings {
  const imports = [record.name, ...record.aliases].map(
    (name, index) => `import * as m${index} from ${JSON.stringify(name)};`,
  );
  const files = new Map([
    ["/globals.d.ts", GLOBALS_TYPINGS],
    ["/module.d.ts", moduleTypings(record)],
    ["/user.ts", `${imports.join("\n")}\nvoid [${imports.map((_line, index) => `m${index}`).join(", ")}];\n`],
  ]);
  const program = ts.createProgram([...files.keys()], OPTIONS, makeHost(files));
  const problems = [...program.getOptionsDiagnostics(), ...program.getGlobalDiagnostics()];
  for (const name of files.keys()) {
    const file = program.getSourceFile(name);
    problems.push(...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file));
  }
  return { problems: problems.map(describeProblem), exportedValues: exportedValues(program, record.name) };
}

function exportedValues(program: ts.Program, name: string): string[] {
  const checker = program.getTypeChecker();
  const symbol = checker.getAmbientModules().find((ambient) => ambient.name === JSON.stringify(name));
  if (symbol === undefined) return [];
  const values = checker.getExportsOfModule(symbol).filter((exported) => {
    const target =
      (exported.flags & ts.SymbolFlags.Alias) === 0 ? exported : checker.getAliasedSymbol(exported);
    return (target.flags & ts.SymbolFlags.Value) !== 0;
  });
  return values
    .map((value) => value.name)
    .filter((value) => value !== "default" && value !== "prototype")
    .sort();
}
