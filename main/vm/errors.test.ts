import { afterEach, describe, expect, test } from "vitest";
import { openTestSession, type TestSession } from "./testing";

const sessions: TestSession[] = [];
async function open(files: Record<string, string>): Promise<TestSession> {
  const session = await openTestSession({
    files,
    modules: { fs: { roots: [{ path: ".", access: "read" }] } },
  });
  sessions.push(session);
  return session;
}

afterEach(async () => {
  for (const session of sessions.splice(0)) await session.dispose();
});

describe("an error names the place in the text that the user wrote", () => {
  test.each<[string, Record<string, string>, string, number]>([
    ["in a script", { "run.js": "const a = 1;\n\n  nope();" }, "run.js", 3],
    ["in an ES module", { "run.mjs": "export {};\nnope();" }, "run.mjs", 2],
    [
      "on the first line of a module that uses import.meta",
      { "run.mjs": "import.meta.url; nope();" },
      "run.mjs",
      1,
    ],
    ["in a required file", { "run.js": "require('./lib/x')", "lib/x.js": "\nnope();" }, "lib/x.js", 2],
    [
      "in a function of a required file",
      { "run.js": "\nrequire('./x').f()", "x.js": "exports.f = () => {\n  nope();\n};" },
      "x.js",
      2,
    ],
    [
      "in TypeScript",
      { "run.ts": "interface A { x: number }\ntype B = A;\nconst a: A = { x: 1 };\nnope(a as B);" },
      "run.ts",
      4,
    ],
    [
      "in a required TypeScript file",
      { "run.js": "require('./t')", "t.ts": "type X = string;\n\nnope();" },
      "t.ts",
      3,
    ],
    [
      "in an imported file",
      { "run.mjs": "import './i.mjs';", "i.mjs": "\n\n\nnope(); export {};" },
      "i.mjs",
      4,
    ],
    [
      "after an await",
      { "run.mjs": "await 0;\nawait new Promise((r) => setTimeout(r, 1));\nnope();" },
      "run.mjs",
      3,
    ],
  ])("%s", async (_name, files, path, line) => {
    const session = await open(files);
    const outcome = await session.runFile(Object.keys(files)[0] ?? "");
    expect(outcome.error).toMatchObject({ name: "ReferenceError", location: { path, line } });
    expect(outcome.error?.stack?.split("\n")[0]).toMatch(/^ReferenceError: /);
    expect(outcome.error?.stack).toContain(`${path}:${line}:`);
  });

  test.each<[string, Record<string, string>, string, { path: string; line: number; column: number }]>([
    [
      "a module that nobody has, imported",
      { "run.mjs": "\nimport a from './a.mjs';", "a.mjs": "/* */ import 'gone'; export default 1;" },
      "MODULE_NOT_FOUND",
      { path: "a.mjs", line: 1, column: 14 },
    ],
    [
      "a module that the template lacks, imported by TypeScript",
      { "run.ts": "const a: number = 1; interface B {}\nimport os from 'os'; os;" },
      "MODULE_NOT_ENABLED",
      { path: "run.ts", line: 2, column: 16 },
    ],
    [
      "a module that nobody has, by import()",
      { "run.js": "\n  import('./gone.js')" },
      "MODULE_NOT_FOUND",
      { path: "run.js", line: 2, column: 10 },
    ],
    [
      "a module that nobody has, by a name that is computed",
      { "run.mjs": "await import('./' + 'gone.js')" },
      "MODULE_NOT_FOUND",
      { path: "run.mjs", line: 1, column: 14 },
    ],
    [
      "a file that was re-exported",
      { "run.mjs": "export {};\nexport * from './gone.mjs';" },
      "MODULE_NOT_FOUND",
      { path: "run.mjs", line: 2, column: 15 },
    ],
  ])("%s", async (_name, files, code, place) => {
    const session = await open(files);
    const outcome = await session.runFile(Object.keys(files)[0] ?? "");
    expect(outcome.error).toMatchObject({ code, location: place });
  });

  test("an import of the REPL that fails, in its second input", async () => {
    const session = await open({});
    await session.repl("1");
    expect((await session.repl("import x from 'gone'; x")).error).toMatchObject({
      location: { path: "repl:2", line: 1, column: 15 },
    });
    expect((await session.repl("import x from 'fs'; nope()")).error?.location?.column).toBe(21);
  });

  test.each<[string, Record<string, string>, string, { path: string; line: number; column: number }]>([
    [
      "a name",
      { "run.mjs": "import {\n  a,\n  gone as b,\n} from './x.mjs'; a; b;", "x.mjs": "export const a = 1;" },
      "The requested module './x.mjs' does not provide an export named 'gone'",
      { path: "run.mjs", line: 3, column: 3 },
    ],
    [
      "a default",
      { "run.ts": "type A = 1; import x from './x.mjs'; x as A;", "x.mjs": "export const a = 1;" },
      "The requested module './x.mjs' does not provide an export named 'default'",
      { path: "run.ts", line: 1, column: 20 },
    ],
    [
      "a name of a CommonJS file, in a file that is imported",
      { "run.mjs": "import './y.mjs';", "y.mjs": "export { gone } from './x.cjs';", "x.cjs": "" },
      expect.stringMatching(
        /^Named export 'gone' not found\. The requested module '\.\/x\.cjs' is a CommonJS module[^]*import pkg from '\.\/x\.cjs';\nconst { gone } = pkg;$/,
      ) as string,
      { path: "y.mjs", line: 1, column: 10 },
    ],
    [
      "a name of a native module",
      { "run.mjs": "import { gone } from 'node:fs'; gone;" },
      "The requested module 'node:fs' does not provide an export named 'gone'",
      { path: "run.mjs", line: 1, column: 10 },
    ],
    [
      "a name that two modules export",
      {
        "run.mjs": "import { a } from './both.mjs'; a;",
        "both.mjs": "export * from './x.mjs'; export * from './y.mjs';",
        "x.mjs": "export const a = 1;",
        "y.mjs": "export const a = 2;",
      },
      "The requested module './both.mjs' contains conflicting star exports for name 'a'",
      { path: "run.mjs", line: 1, column: 10 },
    ],
  ])("an import of %s that is not exported, also in the second run", async (_name, files, message, place) => {
    const session = await open(files);
    for (let run = 0; run < 2; run++) {
      const outcome = await session.runFile(Object.keys(files)[0] ?? "");
      expect(outcome.error).toMatchObject({ name: "SyntaxError", message, location: place });
      expect(outcome.error?.frame).toContain("^");
    }
  });

  test.each([
    ["require", { "run.js": "require('./data.json')" }],
    ["import", { "run.mjs": "import './data.json';" }],
  ])("JSON that is none, by %s", async (_name, files) => {
    const session = await open({ ...files, "data.json": '\uFEFF{\n  "a": 1,\n  "b": ,\n}' });
    expect((await session.runFile(Object.keys(files)[0] ?? "")).error).toMatchObject({
      name: "SyntaxError",
      message: "data.json is not JSON: Value expected",
      location: { path: "data.json", line: 3, column: 8 },
      frame: '3 |   "b": ,\n  |        ^',
    });
  });

  test("a TypeScript namespace, which cannot run by taking types out", async () => {
    const session = await open({
      "run.ts": "const a = 1;\nexport namespace Shapes { export const side = 2; }",
      "fine.ts":
        "declare namespace A {\n  namespace B { const c: 1 }\n}\nconst text = `\nnamespace C {}`; // namespace D {\ntext.length",
    });
    expect((await session.runFile("run.ts")).error).toMatchObject({
      name: "SyntaxError",
      message: expect.stringContaining("namespace") as string,
      location: { path: "run.ts", line: 2, column: 1 },
    });
    expect((await session.runFile("fine.ts")).result?.json).toBe(15);
  });

  test("in REPL input, by the number of the input", async () => {
    const session = await open({});
    await session.repl("function f() {\n  nope();\n}");
    const outcome = await session.repl("f()");
    expect(outcome.error).toMatchObject({ location: { path: "repl:1", line: 2 } });
    expect(outcome.error?.stack).toContain("repl:2:1:");
  });

  test.each<[string, string, "eval" | "import"]>([
    ["set-up.js", "const helper = 1;\n\nnope();", "eval"],
    ["set-up.ts", "interface A { x: number }\nclass B implements A { x = 1 }\nnope();", "eval"],
    ["set-up.mjs", "export const helper = 1;\n\nnope();", "import"],
    ["set-up.cjs", "exports.helper = 1;\n\nnope();", "import"],
  ])("in the startup file %s", async (path, code, mode) => {
    const session = await open({ [path]: code });
    const { error } = await session.execute({ kind: "startup", path, mode });
    expect(error).toMatchObject({ name: "ReferenceError", location: { path, line: 3, column: 1 } });
    expect(error?.stack).toMatch(new RegExp(`^ReferenceError: .*\\n {4}at ${path}:3:1$`));
  });

  test("with the column, also behind what was put into the line", async () => {
    const session = await open({
      "run.js": "null.x",
      "b.ts": "const a: number = 1; (null as any as { x: 1 }).x",
    });
    expect((await session.runFile("run.js")).error?.location).toMatchObject({ line: 1, column: 5 });
    const { column } = (await session.runFile("b.ts")).error?.location ?? {};
    expect(column).toBeGreaterThanOrEqual(40);
  });
});

describe("a syntax error", () => {
  test.each<[string, string, string, number, number]>([
    ["in a script", "run.js", "const a = 1;\nlet b = ;\n", 2, 9],
    ["in an ES module", "run.mjs", "export const a = 1;\n\nexport const b = {,};", 3, 19],
    ["in TypeScript", "run.ts", "const a: number = 1;\nconst b: = 2;\n", 2, 10],
    ["on the first line", "run.js", "let a = ;", 1, 9],
  ])("%s has line, column and a caret", async (_name, path, code, line, column) => {
    const session = await open({ [path]: code });
    const { error } = await session.runFile(path);
    expect(error).toMatchObject({ name: "SyntaxError", location: { path, line, column } });
    const [text, caret] = error?.frame?.split("\n") ?? [];
    expect(text).toContain(code.split("\n")[line - 1]);
    expect(caret?.indexOf("^")).toBe(String(line).length + 3 + column - 1);
    expect(error?.stack).toBe(`SyntaxError: ${error?.message ?? ""}\n    at ${path}:${line}:${column}`);
  });

  test.each<[string, string, string, string, number]>([
    ["run.js", "f(1;", "Unexpected token ';'", "1:4", 4],
    ["run.js", "}", "Unexpected token '}'", "1:1", 1],
    ["run.js", "let a = [1,\n", "Unexpected end of input", "2:1", 1],
    ["run.js", "let ünused wörd", "Unexpected token 'wörd'", "1:12", 12],
    [
      "run.cjs",
      "const a = await f();",
      "await is only valid in async functions and at the top level of ES modules",
      "1:17",
      17,
    ],
    [
      "run.ts",
      "const a: number = 1;\nnew A().#b",
      "Private field '#b' must be declared in an enclosing class",
      "2:9",
      9,
    ],
    ["run.ts", "type A = 1;\nconst a: = 2;", "Unexpected token '='", "2:10", 10],
    ["run.mjs", "export { nope }", "Export 'nope' is not defined", "1:10", 10],
    [
      "run.ts",
      "type A = 1;\n@f class B {}",
      "Decorators cannot run: the engine does not have them",
      "2:1",
      1,
    ],
  ])("says what stands there: %s, %s", async (path, code, message, place, column) => {
    const session = await open({ [path]: code });
    const { error } = await session.runFile(path);
    expect(error).toMatchObject({ name: "SyntaxError", message, location: { path, column } });
    expect(error?.stack).toContain(`${path}:${place}`);
    expect(error?.frame).toContain("^");
  });

  test("that comes of strict mode says so", async () => {
    const session = await open({ "run.js": "with (Math) max(1, 2);", "run.mjs": "with (Math) max(1, 2);" });
    expect((await session.runFile("run.js")).error?.hint).toContain("runtime.strict");
    expect((await session.runFile("run.mjs")).error?.hint).toBeUndefined();
  });

  test("in a text for JSON.parse has the place in that text", async () => {
    const session = await open({
      "run.js": "const text = '{\\n  \"a\": oops }';\nfunction read() { JSON.parse(text); }\nread();",
      "caught.js": "try { JSON.parse('[1,]'); } catch (e) { console.log(e.stack); console.log(e); }",
    });
    const { error } = await session.runFile("run.js");
    expect(error).toMatchObject({
      name: "SyntaxError",
      location: { path: "run.js", line: 2 },
      hint: "In the JSON text: line 2, column 8.",
    });
    expect(error?.stack).toMatch(/\n {4}at JSON\.parse \(<anonymous>:2:8\)\n {4}at read \(run\.js:2:\d+\)\n/);
    await session.runFile("caught.js");
    for (const line of session.lines)
      expect(line).toMatch(
        /^SyntaxError: .*\n {4}at JSON\.parse \(<anonymous>:1:4\)\n {4}at caught\.js:1:\d+$/,
      );
  });

  test("of a file shows nothing but itself", async () => {
    const session = await open({ "run.ts": "const a: = 1;" });
    const { error } = await session.runFile("run.ts");
    expect(error?.value?.preview).toBe(error?.stack);
  });

  test("in a required file names that file", async () => {
    const session = await open({ "run.js": "require('./bad')", "bad.js": "\nreturn }" });
    expect((await session.runFile("run.js")).error).toMatchObject({
      name: "SyntaxError",
      location: { path: "bad.js", line: 2 },
    });
  });

  test("in JSON names the file", async () => {
    const session = await open({ "run.js": "require('./bad.json')", "bad.json": "{ nope }" });
    expect((await session.runFile("run.js")).error?.message).toContain("bad.json");
  });

  test("in REPL input has its place too", async () => {
    const session = await open({});
    expect((await session.repl("const a = ;")).error).toMatchObject({
      name: "SyntaxError",
      location: { line: 1, column: 11 },
    });
  });
});

describe("stacks", () => {
  test("have Node's form and no frame of the host or the prelude", async () => {
    const session = await open({
      "run.js":
        "const fs = require('fs');\nfunction outer() {\n  [1].map(function inner() {\n    fs.readFileSync('missing.txt');\n  });\n}\nouter();",
    });
    const { error } = await session.runFile("run.js");
    expect(error?.stack).toMatch(
      /^Error: ENOENT.*\n {4}at inner \(run\.js:4:\d+\)\n {4}at map \(<anonymous>\)\n {4}at outer \(run\.js:3:\d+\)\n {4}at run\.js:7:\d+$/,
    );
    expect(JSON.stringify(error)).not.toMatch(/vm:|node:|\.ts:|session|prelude/);
    expect(JSON.stringify(error)).not.toContain(session.workspaceRoot);
  });

  test("of errors that the host sends later begin at the call", async () => {
    const session = await open({
      "run.js":
        "const fs = require('fs');\nasync function load() {\n  return await fs.promises.readFile('missing.txt');\n}\nload();",
      "caught.js":
        "const fs = require('fs');\nfs.promises.readFile('missing.txt').catch((e) => console.log(e.stack));\nfs.readFile('gone.txt', (e) => console.log(e.stack));",
    });
    const { error } = await session.runFile("run.js");
    expect(error).toMatchObject({ location: { path: "run.js", line: 3 } });
    expect(error?.stack).toMatch(/^Error: ENOENT.*\n {4}at load \(run\.js:3:\d+\)\n {4}at run\.js:5:\d+$/);
    expect(error?.value?.preview).toContain("code: 'ENOENT'");
    expect(JSON.stringify(error)).not.toMatch(/vm:|node:|prelude/);
    await session.runFile("caught.js");
    expect([...session.lines].sort()).toEqual([
      expect.stringMatching(/^Error: ENOENT.*gone\.txt'\n {4}at caught\.js:3:\d+$/),
      expect.stringMatching(/^Error: ENOENT.*missing\.txt'\n {4}at caught\.js:2:\d+$/),
    ]);
  });

  test("of errors of the host keep class, code and own properties inside the VM", async () => {
    const session = await open({});
    const outcome = await session.run(
      "try { require('fs').readFileSync('missing.txt') } catch (e) { [e instanceof Error, e.code, e.path, e.syscall, Object.keys(e).length > 2, /vm:|node_modules/.test(e.stack)] }",
    );
    expect(outcome.result?.json).toEqual([true, "ENOENT", "missing.txt", "open", true, false]);
  });
});

describe("what is thrown", () => {
  test.each<[string, string]>([
    ["throw 5", "5"],
    ["throw 'text'", "text"],
    ["throw undefined", "undefined"],
    ["throw null", "null"],
    ["throw Symbol('s')", "Symbol(s)"],
    ["throw { a: 1 }", "{ a: 1 }"],
    ["throw { code: 'E', message: 'm' }", "{ code: 'E', message: 'm' }"],
    ["throw new Proxy({}, { get() { throw 1 } })", "{}"],
    ["throw Object.create(null)", "[Object: null prototype] {}"],
  ])("may be anything: %s", async (code, message) => {
    const session = await open({});
    expect(await session.run(code)).toMatchObject({
      status: "error",
      error: { name: "Uncaught", message, hint: expect.stringContaining("carries no place") as string },
    });
  });

  test.each<[string, string | undefined]>([
    ["process.exit()", "There is no process here"],
    ["global.x = 1", "globalThis"],
    ["Buffer.from('x')", 'require("buffer")'],
    ["fs.readFileSync('x')", 'require("fs")'],
    ["new Intl.NumberFormat()", "engine does not have"],
    ["_.chunk([])", "the library lodash"],
    ["nobodyKnowsThis", undefined],
  ])("hints at what is meant by a name that nothing defines: %s", async (code, hint) => {
    const session = await open({});
    const { error } = await session.run(code);
    expect(error?.name).toBe("ReferenceError");
    if (hint === undefined) expect(error?.hint).toBeUndefined();
    else expect(error?.hint).toContain(hint);
  });

  test("is read without running its getters", async () => {
    const session = await open({});
    const outcome = await session.run(
      "globalThis.ran = 0; throw Object.defineProperties(new Error('m'), { name: { get() { ran++; return 'x' } }, stack: { get() { ran++ } }, code: { get() { ran++ } } })",
    );
    expect(outcome.error?.message).toBe("m");
    expect((await session.repl("ran")).result?.json).toBe(0);
  });

  test("keeps its class", async () => {
    const session = await open({});
    expect(
      (await session.run("class Mine extends TypeError { name = 'Mine' }; throw new Mine('own')")).error,
    ).toMatchObject({
      name: "Mine",
      message: "own",
      value: { className: "Mine" },
    });
  });
});
