import { afterEach, describe, expect, test } from "vitest";
import { openTestSession, type TestSession } from "../testing";
import { checkReplInput } from "./check-input";

let session: TestSession;
afterEach(() => session.dispose());

/** Runs the inputs one after the other and gives what the last one gave. */
async function last(...inputs: string[]): Promise<unknown> {
  session = await openTestSession({
    modules: { path: {} },
    files: { "lib.mjs": "export default 'd'; export const n = 1;" },
  });
  let value: unknown;
  for (const input of inputs) {
    const outcome = await session.repl(input);
    value =
      outcome.error === undefined ? (outcome.result?.json ?? outcome.result?.preview) : outcome.error.message;
  }
  return value;
}

describe("declarations", () => {
  test.each<[string[], unknown]>([
    [["const a = 1", "a"], 1],
    [["const a = 1", "const a = 2", "a"], 2],
    [["let a = 1", "let a", "a"], "undefined"],
    [["class A { static v = 1 }", "class A { static v = 2 }", "A.v"], 2],
    [["class A { static v = 1 } A.v"], 1],
    [["function f() { return 1 }", "function f() { return 2 }", "f()"], 2],
    [
      ["const { a, b: [c, ...d], ...e } = { a: 1, b: [2, 3], x: 4 }", "[a, c, d, e]"],
      [1, 2, [3], { x: 4 }],
    ],
    [["const f = () => g(); function g() { return 'later' }", "f()"], "later"],
    [["let n = 1; const add = () => ++n", "add(); add(); n"], 3],
    [["for (let i = 0; i < 3; i++) {}", "typeof i"], "undefined"],
    [["if (true) { let inner = 1 }", "typeof inner"], "undefined"],
    [["undeclared = 5", "undeclared"], 5],
    [["async function f() { return 1 }", "f()"], 1],
    [["function* g() { yield 1 }", "[...g()]"], [1]],
  ])("stay, and may be made again: %j", async (inputs, value) => {
    expect(await last(...inputs)).toEqual(value);
  });
});

describe("constants", () => {
  const REFUSED = "Assignment to constant variable.";

  test.each<[string[]]>([
    [["const a = 1", "a = 2"]],
    [["const a = 1; a = 2"]],
    [["const a = 1", "a += 2"]],
    [["const a = 1", "a++"]],
    [["const a = 1", "--a"]],
    [["const a = 0", "a ||= 2"]],
    [["const a = 1", "[a] = [2]"]],
    [["const a = 1", "({ a } = { a: 2 })"]],
    [["const a = 1", "({ x: [, a = 3] } = { x: [] })"]],
    [["const a = 1", "for (a of [2]) {}"]],
    [["const a = 1", "const f = () => { a = 2 }", "f()"]],
    [["const a = 1; const f = () => { a = 2 }", "const a = 3", "f()"]],
    [["const { x: [a] } = { x: [1] }", "a = 2"]],
    [["const a = await 1", "a = 2"]],
    [["await 1; const a = 1; a = 2"]],
    [["const a: number = 1", "a = 2"]],
    [["import { n } from './lib.mjs'", "n = 2"]],
    [["import * as ns from './lib.mjs'", "ns = 2"]],
  ])("cannot be assigned to: %j", async (inputs) => {
    expect(await last(...inputs)).toBe(REFUSED);
    expect((await session.repl("$_error instanceof TypeError")).result?.preview).toBe("true");
  });

  test("keep their value, and are what strict code sees as well", async () => {
    expect(await last("const a = 1", "a = 2", "a")).toBe(1);
    expect((await session.run("'use strict'; a = 2")).error?.name).toBe("TypeError");
    expect((await session.repl("a")).result?.json).toBe(1);
  });

  test.each<[string[], unknown]>([
    [["const a = 1", "const f = () => a", "const a = 2", "f()"], 2],
    [["const a = 1", "let a = 2", "a = 3; a"], 3],
    [["const a = 1", "const f = () => { a = 2 }", "let a = 3", "f(); a"], 2],
    [["const a = 1", "var a = 2", "a"], 2],
    [["const a = 1", "function a() { return 2 }", "a()"], 2],
    [["const a = 1", "class a { static v = 2 }", "a.v"], 2],
    [["const a = 1", "for (var a = 0; a < 3; a++) {}", "a"], 3],
    [["const a = 1", "const { a, b } = { a: 2, b: 3 }", "a + b"], 5],
    [["const a = await 1", "const a = await 2", "a"], 2],
    [["const f = () => 1; f.name"], "f"],
    [["let a = 1", "const a = 2", "let a = 3", "++a"], 4],
    [["5; const a = 1"], 5],
    [["const a = 1", "a ||= 2"], 1],
    [["const a = 1", "function f(a) { a = 2; return a }", "f()"], 2],
    [["const a = 1", "((...{ a }) => { var b; a = 2; { let b; } return a })()"], 2],
    [["const a = 1", "{ let a = 1; a = 2; a }"], 2],
    [["const a = 1", "for (let a = 0; a < 2; a++) a"], 1],
    [["const a = 1", "try { throw 1 } catch (a) { a = 2; a }"], 2],
    [["const a = 1", "(function a() { var a; a = 2; return a })()"], 2],
    [["const a = 1", "const o = { a: 2 }; o.a = 3; o.a"], 3],
  ])("can be declared again, and other variables of the name are free: %j", async (inputs, value) => {
    expect(await last(...inputs)).toEqual(value);
  });

  test("of startup files too, for inputs and for the next file", async () => {
    session = await openTestSession({
      files: { "a.js": "const a = 1; var v = a;", "b.js": "const a = v + 1;" },
    });
    for (const path of ["a.js", "b.js"]) {
      const { status } = await session.execute({ kind: "startup", path, mode: "eval" });
      expect(status).toBe("ok");
    }
    expect((await session.repl("a")).result?.json).toBe(2);
    expect((await session.repl("a = 5")).error?.message).toBe(REFUSED);
    expect((await session.repl("const a = 5; a")).result?.json).toBe(5);
  });

  test("have the place of the assignment as it is written", async () => {
    session = await openTestSession();
    await session.repl("const a = 1");
    const { error } = await session.repl("1;\nif (true) ({ b: a } = { b: 2 })");
    expect(error?.location).toEqual({ path: "repl:2", line: 2, column: 17 });
    expect(error?.frame).toBe("2 | if (true) ({ b: a } = { b: 2 })\n  |                 ^");
  });

  test("an error in what an earlier input declared shows that input's line", async () => {
    session = await openTestSession();
    await session.repl("function boom() {\n  throw new Error('here')\n}");
    const { error } = await session.repl("boom()");
    expect(error?.location).toMatchObject({ path: "repl:1", line: 2 });
    expect(error?.frame).toContain("throw new Error('here')");
  });
});

describe("await at top level", () => {
  test.each<[string[], unknown]>([
    [["await Promise.resolve(1)"], 1],
    [["const a = await Promise.resolve(1)", "a"], 1],
    [["let a = 1; a = await 5; a + 1", "a"], 5],
    [
      ["const { x, y: [z] } = await { x: 1, y: [2] }", "[x, z]"],
      [1, 2],
    ],
    [
      ["let a, b = await 2", "[typeof a, b]"],
      ["undefined", 2],
    ],
    [["class A {} await 1; new A() instanceof A", "typeof A"], "function"],
    [["function f() { return 3 } await f()", "f()"], 3],
    [["for await (const x of [1, 2]) globalThis.seen = x", "seen"], 2],
    [["for (const x of [1, 2]) await x; 'done'"], "done"],
    [["const p = (async () => await 4)(); p"], 4],
    [["await 1; if (false) 2"], "undefined"],
    [["for (var i = 0; i < 2; i++) await 1", "i"], 2],
    [["for (var { w } of [{ w: 3 }]) await 1", "w"], 3],
    [["if (await true) { var q = 4 }", "q"], 4],
    [["(await Promise.resolve({ a: 1 })).a"], 1],
  ])("works, and declarations stay: %j", async (inputs, value) => {
    expect(await last(...inputs)).toEqual(value);
  });
});

test("an error behind an await has only the user's lines on its stack", async () => {
  session = await openTestSession();
  const { error } = await session.repl("1;\nawait Promise.reject(new Error('no'))");
  expect(error?.stack?.split("\n").slice(1)).toEqual([expect.stringMatching(/^ {4}at repl:1:2:\d+$/)]);
});

describe("imports", () => {
  test.each<[string[], unknown]>([
    [["import path from 'path'", "path.join('a', 'b')"], "a/b"],
    [["import { join as j, sep } from 'path'", "j('a', sep)"], "a/"],
    [
      ["import * as ns from './lib.mjs'", "[ns.default, ns.n]"],
      ["d", 1],
    ],
    [["import d, { n } from './lib.mjs'; d + n"], "d1"],
    [["import './lib.mjs'; 1"], 1],
    [["(await import('./lib.mjs')).n"], 1],
    [["require('path').basename('a/b')"], "b"],
  ])("%j", async (inputs, value) => {
    expect(await last(...inputs)).toEqual(value);
  });
});

describe("imports of names that a module lacks are refused as Node does", () => {
  test.each<[string, string, string]>([
    [
      "import { n, missing as m } from './lib.mjs'",
      "The requested module './lib.mjs' does not provide an export named 'missing'",
      "typeof m",
    ],
    [
      "import x from './none.mjs'",
      "The requested module './none.mjs' does not provide an export named 'default'",
      "typeof x",
    ],
    [
      "import { computed } from './old.cjs'",
      "Named export 'computed' not found. The requested module './old.cjs' is a CommonJS module, which may not support all module.exports as named exports.",
      "typeof computed",
    ],
    [
      "import { gone } from 'path'",
      "The requested module 'path' does not provide an export named 'gone'",
      "typeof gone",
    ],
  ])("%s", async (input, message, name) => {
    session = await openTestSession({
      modules: { path: {} },
      files: {
        "lib.mjs": "export const n = 1;",
        "none.mjs": "export {};",
        "old.cjs": "exports.given = 1; exports['comp' + 'uted'] = 2;",
      },
    });
    const { error } = await session.repl(input);
    expect(error).toMatchObject({ name: "SyntaxError", location: { path: "repl:1", line: 1 } });
    expect(error?.message.split("\n")[0]).toBe(message);
    expect((await session.repl(name)).result?.json).toBe("undefined");
    expect((await session.repl("import { given } from './old.cjs'; given")).result?.json).toBe(1);
  });
});

describe("values", () => {
  test.each<[string[], unknown]>([
    [["{ a: 1 }"], { a: 1 }],
    [["{ a: 1, ...{ b: 2 } }"], { a: 1, b: 2 }],
    [["{}"], {}],
    [["{ a: 1 };"], 1],
    [["{ let x = 1; x + 1 }"], 2],
    [["40 + 2", "$_ + 1"], 43],
    [["[1, 2]", "$_.length"], 2],
    [["null.x", "$_error instanceof TypeError"], true],
    [["const t: number = 5; interface X { y: string }", "t"], 5],
    [["'use strict'; 1"], 1],
    [["// nothing"], "undefined"],
    [[""], "undefined"],
  ])("%j", async (inputs, value) => {
    expect(await last(...inputs)).toEqual(value);
  });
});

describe("input", () => {
  test.each([
    "1 + 1",
    "function f() {}",
    "{ a: 1 }",
    "await 1",
    "import x from 'y'",
    "const a: number = 1",
    "",
    "`${1}`",
    "// {",
  ])("%j is complete", async (source) => {
    session = await openTestSession();
    expect(session.runtime.checkInput(source)).toEqual({ state: "complete" });
  });

  test.each([
    "function f() {",
    "1 +",
    "[1, 2",
    "({",
    "`text",
    "`text ${1",
    "/* comment",
    "foo(",
    "if (a)",
    "class A {",
    "const a =",
    "x => {",
    "'a\\",
    "{",
    "for (const x of",
    "async () => { await 1",
    "function f(x: number) {",
    "const f = (x: string): void => {",
    "interface A {",
    "interface A {\n  a: string;",
    "type A = {",
    "enum E { A,",
    "class A { x: number = 1;",
    "const a: number =",
    "const a: string = `",
  ])("%j asks for more", async (source) => {
    session = await openTestSession();
    expect(checkReplInput(source)).toEqual({ state: "incomplete" });
  });

  test.each([
    "1 +* 2",
    "const = 1",
    "}",
    "foo)",
    "'a",
    "let let = 1; class {",
    "a b",
    "const a: = 1",
    "f(x: number) {",
  ])("%j is wrong", async (source) => {
    session = await openTestSession();
    expect(checkReplInput(source)).toMatchObject({ state: "invalid" });
  });
});
