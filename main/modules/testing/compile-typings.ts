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
  /**
   * What those values hold, by path, sorted: members of namespaces (`promises`), of classes (`EventEmitter`) and methods of
   * their instances (`EventEmitter.prototype`).
   */
  readonly innerMembers: Readonly<Record<string, readonly string[]>>;
}

const MODULE_FILE = "/module.d.ts";

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
    [MODULE_FILE, moduleTypings(record)],
    ["/user.ts", `${imports.join("\n")}\nvoid [${imports.map((_line, index) => `m${index}`).join(", ")}];\n`],
  ]);
  const program = ts.createProgram([...files.keys()], OPTIONS, makeHost(files));
  const problems = [...program.getOptionsDiagnostics(), ...program.getGlobalDiagnostics()];
  for (const name of files.keys()) {
    const file = program.getSourceFile(name);
    problems.push(...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file));
  }
  const values = exportedValues(program, record.name);
  return {
    problems: problems.map(describeProblem),
    exportedValues: values.map(({ name }) => name).sort(),
    innerMembers: innerMembers(program.getTypeChecker(), values),
  };
}

interface ExportedValue {
  readonly name: string;
  readonly symbol: ts.Symbol;
}

function exportedValues(program: ts.Program, name: string): ExportedValue[] {
  const checker = program.getTypeChecker();
  const symbol = checker.getAmbientModules().find((ambient) => ambient.name === JSON.stringify(name));
  if (symbol === undefined) return [];
  return checker
    .getExportsOfModule(symbol)
    .map((exported) => ({
      name: exported.name,
      symbol: (exported.flags & ts.SymbolFlags.Alias) === 0 ? exported : checker.getAliasedSymbol(exported),
    }))
    .filter((value) => (value.symbol.flags & ts.SymbolFlags.Value) !== 0)
    .filter((value) => value.name !== "default" && value.name !== "prototype");
}

/** Properties that the module's own typings declare, not those that it inherits from elsewhere. */
function ownProperties(type: ts.Type): ts.Symbol[] {
  return type
    .getProperties()
    .filter(
      (property) =>
        property.declarations?.some((place) => place.getSourceFile().fileName === MODULE_FILE) === true,
    );
}

function innerMembers(checker: ts.TypeChecker, values: readonly ExportedValue[]): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  const note = (path: string, members: readonly ts.Symbol[]): void => {
    const names = members.map((member) => member.name).filter((name) => name !== "prototype");
    if (names.length > 0) found[path] = names.sort();
  };
  const isMethod = (member: ts.Symbol): boolean =>
    checker.getTypeOfSymbol(member).getCallSignatures().length > 0;
  for (const { name, symbol } of values) {
    const type = checker.getTypeOfSymbol(symbol);
    const prototype = type.getProperty("prototype");
    const isClass = prototype !== undefined || type.getConstructSignatures().length > 0;
    if (!isClass && type.getCallSignatures().length > 0) continue;
    note(name, ownProperties(type));
    const instance =
      type.getConstructSignatures()[0]?.getReturnType() ??
      (prototype === undefined ? undefined : checker.getTypeOfSymbol(prototype));
    // What an instance holds besides methods is set by its constructor: no prototype shows it.
    if (instance !== undefined) note(`${name}.prototype`, ownProperties(instance).filter(isMethod));
  }
  return found;
}
