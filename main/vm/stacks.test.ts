import { execFileSync } from "node:child_process";
import { afterEach, describe, expect, test } from "vitest";
import { openTestSession, type TestSession } from "./testing";

const sessions: TestSession[] = [];
async function open(
  files: Record<string, string> = {},
  options: Parameters<typeof openTestSession>[0] = {},
): Promise<TestSession> {
  const session = await openTestSession({ files, ...options });
  sessions.push(session);
  return session;
}

afterEach(async () => {
  for (const session of sessions.splice(0)) await session.dispose();
});

/** What a script's own console prints of `error.stack`. */
async function stackOf(files: Record<string, string>): Promise<string[]> {
  const session = await open(files);
  const outcome = await session.runFile(Object.keys(files)[0] ?? "");
  expect(outcome.error).toBeUndefined();
  return session.lines.join("\n").split("\n");
}

describe("a script that reads error.stack sees the header and the places of its own text", () => {
  test.each<[string, Record<string, string>, string[]]>([
    [
      "on the first line of a script",
      { "run.js": "const e = new TypeError('no'); console.log(e.stack);" },
      ["TypeError: no", "    at run.js:1:24"],
    ],
    [
      "thrown by the engine",
      { "run.js": "function f() {\n  return null.x;\n}\ntry { f(); } catch (e) { console.log(e.stack); }" },
      ["TypeError: cannot read property 'x' of null", "    at f (run.js:2:15)", "    at run.js:4:8"],
    ],
    [
      "in a module that uses import.meta",
      { "run.mjs": "import.meta.url; console.log(new Error('m').stack);" },
      ["Error: m", "    at run.mjs:1:39"],
    ],
    [
      "in a required file",
      {
        "run.js": "\n\nconsole.log(require('./lib').make().stack)",
        "lib.js": "exports.make = () => new Error();",
      },
      ["Error", "    at lib.js:1:22", "    at run.js:3:35"],
    ],
    [
      "in TypeScript",
      {
        "run.ts":
          "interface A { x: number }\nconst make = (a: A): Error => new RangeError(String(a.x));\nconsole.log(make({ x: 1 } as A).stack);",
      },
      ["RangeError: 1", "    at make (run.ts:2:45)", "    at run.ts:3:17"],
    ],
    [
      "in a callback of a built-in",
      { "run.js": "[1].map(function each() { console.log(new Error('b').stack); });" },
      ["Error: b", "    at each (run.js:1:49)", "    at map (<anonymous>)", "    at run.js:1:8"],
    ],
    [
      "in a timer",
      { "run.js": "setTimeout(function later() {\n console.log(new Error('t').stack);\n});" },
      ["Error: t", "    at later (run.js:2:23)"],
    ],
    [
      "of a class with a name of its own",
      {
        "run.js":
          "class Mine extends Error { constructor(m) { super(m); this.name = 'Mine'; } }\nconsole.log(new Mine('x').stack.split('\\n')[0]);",
      },
      ["Mine: x"],
    ],
  ])("%s", async (_name, files, expected) => {
    const found = await stackOf(files);
    // Columns of calls are the engine's; those of lines that the host has changed are proven by errors.test.ts.
    const withoutColumns = (line: string): string => line.replace(/:\d+(\)?)$/, ":$1");
    expect(found.map(withoutColumns)).toEqual(expected.map(withoutColumns));
  });
});

const AS_IN_NODE: readonly (readonly [name: string, code: string])[] = [
  [
    "an own property that is not enumerable",
    "const e = new Error('x'); return [Object.keys(e), Object.getOwnPropertyNames(e).sort(), 'stack' in e, JSON.stringify(e), Object.hasOwn(e, 'stack')];",
  ],
  [
    "the property once it was read",
    "const e = new Error('x'); e.stack; const { value, ...rest } = Object.getOwnPropertyDescriptor(e, 'stack'); return [typeof value, rest];",
  ],
  [
    "copied with all names",
    "return typeof JSON.parse(JSON.stringify(new Error('x'), ['stack', 'message'])).stack;",
  ],
  [
    "set by the script",
    "const e = new Error('x'); e.stack = 'mine'; const { value, ...rest } = Object.getOwnPropertyDescriptor(e, 'stack'); return [value, rest];",
  ],
  ["deleted by the script", "const e = new Error('x'); return [delete e.stack, typeof e.stack];"],
  ["set after reading", "const e = new Error('x'); e.stack; e.stack += '!'; return e.stack.endsWith('!');"],
  [
    "inherited",
    "const e = new Error('x'); const d = Object.create(e); const same = d.stack === e.stack; d.stack = 1; return [same, e.stack === 1, Object.keys(d)];",
  ],
  [
    "behind a proxy",
    "const e = new Error('x'); const p = new Proxy(e, {}); const first = p.stack.split('\\n')[0]; p.stack = 'new'; return [first, e.stack];",
  ],
  [
    "of an error that is frozen",
    "const e = Object.freeze(new Error('x')); return [e.stack.split('\\n')[0], e.stack === e.stack];",
  ],
  [
    "a name that the class gives later",
    "class A extends Error { constructor(m) { super(m); this.name = 'A'; } } return new A('q').stack.split('\\n')[0];",
  ],
  [
    "a message that changes before and after reading",
    "const e = new Error('a'); e.message = 'b'; const first = e.stack.split('\\n')[0]; e.message = 'c'; return [first, e.stack.split('\\n')[0]];",
  ],
  [
    "without a message",
    "return [new Error().stack.split('\\n')[0], Object.assign(new Error('m'), { name: '' }).stack.split('\\n')[0]];",
  ],
  [
    "a getter that throws",
    "class A extends Error { get name() { throw 1; } } try { return new A('x').stack; } catch (e) { return e; }",
  ],
  [
    "captureStackTrace itself",
    "const { value, ...rest } = Object.getOwnPropertyDescriptor(Error, 'captureStackTrace'); return [value.name, value.length, rest, Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit')];",
  ],
  [
    "captureStackTrace of any object",
    "const o = { name: 'N', message: 'M' }; Error.captureStackTrace(o); return [o.stack.split('\\n')[0], Object.keys(o), typeof o.stack];",
  ],
  [
    "captureStackTrace of an empty object and a function",
    "const o = {}; Error.captureStackTrace(o); return o.stack.split('\\n')[0];",
  ],
  [
    "captureStackTrace from the caller on",
    "function a() { return b(); } function b() { return c(); } function c() { const o = {}; Error.captureStackTrace(o, b); return [o.stack.split('\\n')[1].trim().split(' ')[1], b.name, Object.getOwnPropertyDescriptor(b, 'name')]; } return a();",
  ],
  [
    "captureStackTrace above a function that was not called",
    "const o = {}; Error.captureStackTrace(o, () => 1); return o.stack;",
  ],
  [
    "captureStackTrace above what is no function",
    "const o = {}; Error.captureStackTrace(o, 5); return o.stack.split('\\n').length > 1;",
  ],
  [
    "captureStackTrace above an anonymous function",
    "const f = (() => () => { const o = {}; Error.captureStackTrace(o, f); return o.stack; })(); function outer() { return f(); } return outer().split('\\n')[1].trim().split(' ')[1];",
  ],
  [
    "captureStackTrace in a subclass",
    "class A extends Error { constructor(m) { super(m); Error.captureStackTrace?.(this, A); } } function make() { return new A('m'); } return make().stack.split('\\n').slice(0, 2).map((line) => line.trim().split(' ').slice(0, 2));",
  ],
  [
    "captureStackTrace of what cannot have one",
    "return [1, undefined, Object.freeze({})].map((o) => { try { Error.captureStackTrace(o); return 'ok'; } catch (e) { return e instanceof TypeError; } });",
  ],
  [
    "stackTraceLimit",
    "function f(n) { return n === 0 ? new Error('x').stack.split('\\n').length : f(n - 1); } const lengths = [f(30)]; for (const limit of [0, -1, NaN, 1.9, 3, 20, Infinity]) { Error.stackTraceLimit = limit; lengths.push(limit === Infinity ? f(30) > 30 : f(30)); } return lengths;",
  ],
  [
    "stackTraceLimit that is no number",
    "Error.stackTraceLimit = 'many'; return typeof new Error('x').stack;",
  ],
  [
    "prepareStackTrace",
    "Error.prepareStackTrace = (error, frames) => [error.message, Array.isArray(frames), frames.length, frames[0].getFunctionName(), typeof frames[0].getLineNumber(), typeof frames[0].getColumnNumber(), typeof frames[0].getFileName(), frames[0].isNative(), frames[0].isEval(), frames[0].isToplevel(), frames[0].isConstructor()]; Error.stackTraceLimit = 2; function f() { return new Error('x'); } return f().stack;",
  ],
  [
    "prepareStackTrace with the frames as text",
    "Error.prepareStackTrace = (error, frames) => error + ';' + frames.map(String)[0].split(' ')[0]; function f() { return new Error('x'); } return f().stack;",
  ],
  [
    "prepareStackTrace, once per error",
    "let calls = 0; Error.prepareStackTrace = () => ++calls; const e = new Error(); return [e.stack, e.stack, calls];",
  ],
  [
    "prepareStackTrace that reads the stack",
    "Error.prepareStackTrace = (error) => typeof error.stack; return new Error('x').stack;",
  ],
  [
    "prepareStackTrace that changes the error",
    "Error.prepareStackTrace = (error) => { for (let i = 0; i < 100; i++) error['k' + i] = i; return 'ok'; }; const e = new Error('x'); return [e.stack, e.k99];",
  ],
  [
    "prepareStackTrace that throws",
    "Error.prepareStackTrace = () => { throw 7; }; try { return new Error('x').stack; } catch (e) { return e; }",
  ],
  [
    "prepareStackTrace for the callers of a function",
    "const old = Error.prepareStackTrace; Error.prepareStackTrace = (_, frames) => frames; const o = {}; function here() { Error.captureStackTrace(o, here); return o.stack.map((frame) => frame.getFunctionName())[0]; } function caller() { return here(); } const got = caller(); Error.prepareStackTrace = old; return [got, typeof new Error().stack];",
  ],
];

/** What Node answers to all of them, in one process and without the hooks of the test runner. */
const node = JSON.parse(
  execFileSync(process.execPath, [
    "-e",
    `process.stdout.write(JSON.stringify([${AS_IN_NODE.map(([, code]) => `() => {${code}}`).join()}].map((run) => {
      try { return run() ?? null; } finally { Error.stackTraceLimit = 10; Error.prepareStackTrace = undefined; }
    })))`,
  ]).toString(),
) as unknown[];

describe("stacks are as Node has them", () => {
  test.each(AS_IN_NODE.map(([name, code], index) => [name, code, node[index]] as const))(
    "%s",
    async (_name, code, expected) => {
      const session = await open();
      const outcome = await session.repl(`JSON.stringify((() => {${code}})() ?? null)`);
      expect(outcome.error).toBeUndefined();
      expect(JSON.parse(outcome.result?.json as string)).toEqual(expected);
    },
  );
});

describe("no frame of the runtime is seen", () => {
  test.each<[string, string]>([
    [
      "of an error of a host function",
      "try { require('fs').readFileSync('gone.txt'); } catch (e) { console.log(e.stack); }",
    ],
    [
      "of a promise that the host rejects",
      "await require('fs').promises.readFile('gone.txt').catch((e) => console.log(e.stack));",
    ],
    ["of a module that is not enabled", "try { require('gone'); } catch (e) { console.log(e.stack); }"],
    [
      "of a DOMException",
      "try { structuredClone(() => 1); } catch (e) { console.log(e.stack, '\\n', new DOMException('m', 'AbortError').stack); }",
    ],
    ["of a clone", "console.log(structuredClone(new RangeError('m')).stack);"],
    [
      "in an event listener",
      "const t = new EventTarget(); t.addEventListener('x', () => console.log(new Error('m').stack)); t.dispatchEvent(new Event('x'));",
    ],
    [
      "in a microtask",
      "await new Promise((done) => queueMicrotask(() => done(console.log(new Error('m').stack))));",
    ],
    [
      "in prepareStackTrace",
      "Error.prepareStackTrace = (_, frames) => frames.join() + new TypeError('inner').message; console.log(new Error('m').stack); Error.prepareStackTrace = undefined;",
    ],
  ])("%s", async (_name, code) => {
    const session = await open({}, { modules: { fs: { roots: [{ path: ".", access: "read" }] } } });
    const outcome = await session.repl(code);
    expect(outcome.error).toBeUndefined();
    const text = session.lines.join("\n");
    expect(text).not.toBe("");
    expect(text).not.toMatch(/vm:|prelude|native|node:|\.cjs|\?v=/);
  });

  test("of a function that looks at its caller through the accessor", async () => {
    const session = await open();
    const { result } = await session.repl(`
      const { get, set } = Object.getOwnPropertyDescriptor(new Error('x'), 'stack') ?? {};
      const seen = [];
      const spy = new Proxy({}, new Proxy({}, { get: (_, trap) => (...args) => { seen.push(trap + ':' + String(args[1])); return Reflect[trap](...args); } }));
      [undefined, null, 1, {}, [], new Proxy({}, {}), Object.create(spy), spy, Object.setPrototypeOf(new Error('e'), spy)].map((value) => { try { return typeof get.call(value); } catch (error) { return error.name; } }).concat(seen)`);
    expect(result?.json).toEqual([...Array<string>(8).fill("undefined"), "string", "get:name"]);
  });
});

describe("what is reported of an error does not depend on who has read its stack", () => {
  const THROWS =
    "const read = (e) => { HOOK; return e; }; throw read(new TypeError('no\\n    at fake (other.js:9:9)'));";
  test.each<[string, string]>([
    ["nobody", ""],
    ["the script", "e.stack"],
    ["the console", "console.log(e)"],
    ["a prepareStackTrace that gives nonsense", "Error.prepareStackTrace = () => ({ a: 1 }); e.stack"],
    [
      "a prepareStackTrace that throws",
      "Error.prepareStackTrace = () => { throw 1; }; try { e.stack } catch {}",
    ],
    ["a prepareStackTrace that is never asked", "Error.prepareStackTrace = () => { for (;;); }"],
    ["a limit of none", "Error.stackTraceLimit = 0; e.stack"],
  ])("%s", async (_name, hook) => {
    const session = await open({
      "run.js": THROWS.replace("HOOK", `/*${".".repeat(100 - hook.length)}*/ ${hook}`),
    });
    const outcome = await session.runFile("run.js");
    expect(outcome.error).toMatchObject({
      name: "TypeError",
      location: { path: "run.js", line: 1, column: 167 },
    });
    expect(outcome.error?.stack).toBe("TypeError: no\n    at fake (other.js:9:9)\n    at run.js:1:167");
  });

  test("the same in TypeScript that a package's wrapper throws on", async () => {
    const session = await open({
      "run.ts": "type A = number;\ntry { nope(1 as A); } catch (e) { (e as Error).stack; throw e; }",
    });
    expect((await session.runFile("run.ts")).error?.location).toMatchObject({ path: "run.ts", line: 2 });
  });

  test("an error with a stack of the script's own", async () => {
    const session = await open({
      "run.js": "\nconst a = new Error('a');\nconst b = new Error('b'); b.stack = a.stack; throw b;",
    });
    expect((await session.runFile("run.js")).error?.location).toMatchObject({
      path: "run.js",
      line: 2,
      column: 20,
    });
  });
});

test("the console shows an error as before and after its stack was read", async () => {
  const session = await open({
    "run.js": "const e = new Error('m'); console.log(e); e.stack; console.log(e);",
  });
  await session.runFile("run.js");
  expect(session.lines[0]).toMatch(/^Error: m\n {4}at run\.js:1:/);
  expect(session.lines[1]).toBe(session.lines[0]);
});

test("properties of an error that is opened show its stack", async () => {
  const session = await open();
  const { result } = await session.repl("new Error('m')");
  const stack = session.runtime.getProperties(result?.objectId ?? "").find(({ name }) => name === "stack");
  expect(stack).toMatchObject({ kind: "property", enumerable: false, value: { type: "string" } });
  expect(stack?.value?.preview).toContain("Error: m");
});
