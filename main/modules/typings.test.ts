import ts from "typescript";
import { describe, expect, test } from "vitest";
import { templateSchema, type TemplateInput } from "../../shared/model/template";
import { libraryIds } from "../libraries/catalogue";
import { registry } from "./registry";
import { typingsFor } from "./typings";
import { documentTypings } from "./typings-docs";

function template(input: Partial<TemplateInput>) {
  return templateSchema.parse({ id: "0a7d7c52-6f0e-4a53-8a0b-6d7f1f7c1e01", name: "T", ...input });
}

const modules = (...names: string[]) => Object.fromEntries(names.map((name) => [name, {}]));

const libraryFiles = new Map<string, ts.SourceFile | undefined>();

/** TypeScript's own types of ECMAScript, and nothing else of this disk. */
function readLibrary(path: string): ts.SourceFile | undefined {
  const text = path.includes("/typescript/lib/lib.") ? ts.sys.readFile(path) : undefined;
  return text === undefined ? undefined : ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
}

/** What TypeScript says about a script, as the editor runs it: strictly, with ECMAScript's types and ours alone. */
function check(script: string, input: Partial<TemplateInput>, file = "/main.ts"): string[] {
  const files = new Map(
    typingsFor(template(input), { registry }).map(({ path, content }) => [`/${path}`, content]),
  );
  files.set(file, script);
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    allowJs: true,
    checkJs: true,
    types: [],
    lib: ["lib.es2023.d.ts"],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    moduleDetection: ts.ModuleDetectionKind.Force,
  };
  const host = ts.createCompilerHost(options);
  host.fileExists = (path) => files.has(path);
  host.readFile = (path) => files.get(path);
  host.directoryExists = (path) => [...files.keys()].some((each) => each.startsWith(`${path}/`));
  host.getCurrentDirectory = () => "/";
  host.getSourceFile = (path) => {
    const text = files.get(path);
    if (text !== undefined) return ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
    if (!libraryFiles.has(path)) libraryFiles.set(path, readLibrary(path));
    return libraryFiles.get(path);
  };
  const program = ts.createProgram(
    [...files.keys()].filter((path) => !path.startsWith("/node_modules/")),
    options,
    host,
  );
  return ts
    .getPreEmitDiagnostics(program)
    .filter((each) => each.file === undefined || !each.file.fileName.startsWith("/node_modules/"))
    .map(
      (each) => `${each.file?.fileName ?? ""}: ${ts.flattenDiagnosticMessageText(each.messageText, "\n")}`,
    );
}

test("what is always there is known, the page's and Node's globals are not", () => {
  expect(
    check(
      'console.table([1]); setTimeout(() => {}, 1); new URL("x:y").searchParams.get("a"); structuredClone(performance.now()); args; env.X;',
      {},
    ),
  ).toEqual([]);
  for (const name of ["document", "window", "process", "fetch", "Buffer"])
    expect(check(`${name};`, {})).toHaveLength(1);
});

test("a module that the template does not list is unknown", () => {
  expect(check('import { parse } from "yaml"; parse("");', {})).toEqual([
    expect.stringContaining("Cannot find module 'yaml'"),
  ]);
  expect(check('import { parse } from "yaml"; parse("");', { modules: modules("yaml") })).toEqual([]);
});

test("plain scripts get the types of what they require", () => {
  expect(
    check('const yaml = require("yaml"); yaml.nonsense();', { modules: modules("yaml") }, "/main.js"),
  ).toEqual([expect.stringContaining("nonsense")]);
});

describe.each(registry.list().map((record) => [record.name, record] as const))("%s", (name, record) => {
  test("its typings compile strictly, under every name, beside nothing else", () => {
    const imports = [name, ...record.aliases].map(
      (each, index) => `import * as m${index} from ${JSON.stringify(each)}; void m${index};`,
    );
    expect(check(imports.join("\n"), { modules: modules(name) })).toEqual([]);
  });

  test("every documented member is declared in its typings", () => {
    expect(documentTypings(record.typings, record.members).missing).toEqual([]);
  });
});

test("libraries bring their own typings", () => {
  const files = typingsFor(template({ libraries: libraryIds().filter((id) => id === "dayjs") }), {
    registry,
  });
  expect(files.map(({ path }) => path)).toContain("node_modules/dayjs/index.d.ts");
});

test("a local library's global is known", () => {
  expect(check("Mine.anything;", { libraries: [{ path: "lib/x.js", global: "Mine" }] })).toEqual([]);
});
