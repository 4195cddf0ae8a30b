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
    [["(await Promise.resolve({ a: 1 })).a"], 1],
  ])("works, and declarations stay: %j", async (inputs, value) => {
    expect(await last(...inputs)).toEqual(value);
  });
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
  ])("%j asks for more", async (source) => {
    session = await openTestSession();
    expect(checkReplInput(source)).toEqual({ state: "incomplete" });
  });

  test.each(["1 +* 2", "const = 1", "}", "foo)", "'a", "let let = 1; class {", "a b"])(
    "%j is wrong",
    async (source) => {
      session = await openTestSession();
      expect(checkReplInput(source)).toMatchObject({ state: "invalid" });
    },
  );
});
