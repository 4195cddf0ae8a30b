import { afterEach, describe, expect, test } from "vitest";
import { openTestSession, type TestSession } from "../testing";

let session: TestSession;
afterEach(() => session.dispose());

const MB = 1024 * 1024;
/** Some kilobytes of compiled code. */
const library = (name: string): string =>
  Array.from(
    { length: 60 },
    (_, index) => `export function ${name}${index}(a) { return [a, ${index}].map((x) => x + "${name}"); }`,
  ).join("\n");

/** Runs a file again and again; gives how much the engine's memory has grown since the first fifty runs. */
async function growth(path: string, runs: number, status = "ok"): Promise<number> {
  let settled = 0;
  for (let run = 1; run <= runs; run++) {
    // What says that it waits has to be stopped.
    const outcome = await session.runtime.run({ kind: "runFile", path }, ({ type }) => {
      if (type === "console") session.runtime.stop();
    });
    expect(outcome.status, outcome.error?.message).toBe(status);
    if (run === 50) settled = session.runtime.memoryBytes();
  }
  return session.runtime.memoryBytes() - settled;
}

describe("the memory of a session that runs the same ES modules again and again", () => {
  test.each([
    ["with imports, a cycle, JSON and modules of every kind", "run.mjs", "ok"],
    ["with await at top level", "later.mjs", "ok"],
    ["with import.meta", "meta.mjs", "ok"],
    ["with import.meta in functions that are kept", "where.mjs", "ok"],
    ["with an await that never ends, stopped", "waits.mjs", "cancelled"],
    ["with an import that never ends, in a cycle, stopped", "above.mjs", "cancelled"],
    ["with an import() that never ends, stopped", "dynamic.mjs", "cancelled"],
    ["with an import() that never ends, and an error", "broken.mjs", "error"],
    ["with an error", "fails.mjs", "error"],
    ["with an import that does not exist", "missing.mjs", "error"],
    ["with an export that does not exist", "wrong.mjs", "error"],
    ["with require", "require.js", "ok"],
  ])("stays flat: %s", { timeout: 120_000 }, async (_, path, status) => {
    session = await openTestSession({
      modules: { path: {} },
      libraries: ["dayjs"],
      files: {
        "a.mjs": library("a"),
        "b.mjs": `${library("b")}\nimport { c } from "./c.mjs"; export * as inner from "./a.mjs"; export const b = () => c;`,
        "c.mjs": 'import * as all from "./b.mjs"; export const c = () => all.b;',
        "data.json": JSON.stringify({ list: Array.from({ length: 500 }, (_, index) => ({ index })) }),
        "common.cjs": "exports.x = 1;",
        "run.mjs":
          'import { a1 } from "./a.mjs"; import * as b from "./b.mjs"; import data from "./data.json"; import { x } from "./common.cjs"; import path from "path"; import dayjs from "dayjs"; import { args } from "vm:args"; [a1(x), b.b()()().name, data.list.length, path.sep, dayjs.name, args]',
        "later.mjs": `import "./a.mjs"; ${library("l")}\nawait 0; await import("./b.mjs"); 1`,
        "meta.mjs": `import "./a.mjs"; ${library("m")}\nimport.meta.dirname`,
        "where.mjs": `import { a1 } from "./a.mjs"; ${library("w")}\nclass A { static at = import.meta.dirname; here() { return import.meta; } }\nglobalThis.where = () => [import.meta.filename, new A().here().url, A.at, a1, w1]; where()`,
        "waits.mjs": `import { a1 } from "./a.mjs"; ${library("w")}\nconsole.log("waits"); await new Promise(() => {}); a1;`,
        "below.mjs": `import * as up from "./above.mjs"; import "./a.mjs"; ${library("x")}\nconsole.log("waits"); export const got = await new Promise((resolve) => { globalThis.release = resolve; }); up;`,
        "above.mjs": `import * as down from "./below.mjs"; import "./b.mjs"; ${library("y")}\nexport { down };`,
        "dynamic.mjs": `import "./b.mjs"; ${library("z")}\nawait import("./above.mjs");`,
        "broken.mjs": `import "./b.mjs"; ${library("z")}\nimport("./still.mjs"); await 0; await 0; await 0; throw new Error("no");`,
        "still.mjs": `import "./a.mjs"; ${library("s")}\nexport const got = await new Promise((resolve) => { globalThis.release = resolve; });`,
        "fails.mjs": `import "./a.mjs"; ${library("f")}\nthrow new Error("no");`,
        "missing.mjs": `import "./a.mjs"; import "./gone.mjs"; ${library("m")}`,
        "wrong.mjs": `import "./b.mjs"; import { gone } from "./a.mjs"; ${library("w")}\ngone;`,
        "require.js": 'require("./a.mjs").a1(1)',
      },
    });
    // Without letting go it is 60 KB a run, that is some 20 MB.
    expect(await growth(path, 400, status)).toBeLessThanOrEqual(2 * MB);
  });
});

describe("what a session keeps of modules whose run is over", () => {
  const open = async (files: Record<string, string>) => {
    session = await openTestSession({ files });
    await session.runFile("first.mjs");
    for (let run = 0; run < 3; run++) await session.runFile("other.mjs");
    return async (code: string) => {
      const outcome = await session.repl(code);
      return outcome.error?.message ?? outcome.result?.json ?? outcome.result?.preview;
    };
  };

  test("functions, namespaces and their live bindings work on", async () => {
    const value = await open({
      "state.mjs": "export let n = 0; export const add = () => ++n; export * as deep from './deep.mjs';",
      "deep.mjs": "import * as all from './deep.mjs'; export const x = 1; export { all };",
      "first.mjs":
        "import * as state from './state.mjs'; globalThis.state = state; globalThis.load = () => import('./state.mjs');",
      "other.mjs": "import * as again from './state.mjs'; import('./deep.mjs'); again.add()",
    });
    expect(await value("state.add(); state.add(); state.n")).toBe(2);
    expect(await value("state.deep.all.all.x")).toBe(1);
    expect(await value("[(await load()).n, (await load()) === state]")).toEqual([1, false]);
  });

  test("import.meta of a function", async () => {
    const value = await open({
      "first.mjs": "globalThis.where = () => import.meta.filename.split('/').at(-1);",
      "other.mjs": "import './first.mjs'; 1",
    });
    expect(await value("where()")).toBe("first.mjs");
  });

  test("import.meta of functions and classes, also before their module has run", async () => {
    const value = await open({
      "first.mjs":
        "import './below.mjs'; export function name() { return import.meta.filename?.split('/').at(-1) ?? typeof import.meta; } class A { static #x = import.meta; same() { return A.#x === import.meta && import.meta.url.startsWith('file:'); } } globalThis.same = () => new A().same(); globalThis.name = name; globalThis.constructed = () => new import.meta.Thing(); import.meta.Thing = class { x = 1 }; globalThis.column = () => { import.meta; return new Error().stack; };",
      "below.mjs": "import { name } from './first.mjs'; globalThis.before = name();",
      "other.mjs": "import './first.mjs'; 1",
    });
    expect(await value("[before, name(), same(), constructed().x]")).toEqual([
      "object",
      "first.mjs",
      true,
      1,
    ]);
  });

  test("places on lines that ask for import.meta", async () => {
    session = await openTestSession({
      files: { "run.mjs": "const where = () => { import.meta; nope(); }; where();" },
    });
    const { error } = await session.runFile("run.mjs");
    expect(error?.location).toEqual({ path: "run.mjs", line: 1, column: 36 });
  });

  test("namespaces with bindings that were never initialised", async () => {
    const value = await open({
      "first.mjs": "import './fails.mjs'; export const own = 1;",
      "fails.mjs":
        "import * as me from './fails.mjs'; globalThis.me = me; export const a = 1; throwing(); export const b = 2; export * from './rest.mjs';",
      "rest.mjs": "export const c = 3; export const d = 4;",
      "other.mjs": "2",
    });
    expect(await value("[me.a, me.c, me.d, Object.keys(Reflect.ownKeys(me)).length]")).toEqual([1, 3, 4, 5]);
    expect(await value("me.b")).toMatch(/not initialized/);
  });

  test("what was stopped while it waited does not run what waited for it", async () => {
    session = await openTestSession({
      files: {
        "waits.mjs":
          "console.log('waits'); export const got = await new Promise((resolve) => { globalThis.release = resolve; }); globalThis.went = got;",
        "above.mjs": "import { got } from './waits.mjs'; globalThis.seen = got;",
        "other.mjs": "import './waits.mjs'; 1",
        "last.mjs": "2",
      },
    });
    const stopped = await session.runtime.run({ kind: "runFile", path: "above.mjs" }, ({ type }) => {
      if (type === "console") session.runtime.stop();
    });
    expect(stopped.status).toBe("cancelled");
    for (let run = 0; run < 3; run++) await session.runFile("last.mjs");
    const { result } = await session.repl(
      "release('now'); await null; await null; await null; await null; [typeof went, typeof seen]",
    );
    expect(result?.json).toEqual(["string", "undefined"]);
  });

  test("a module that still waits goes on when its time comes", async () => {
    const value = await open({
      "waits.mjs": "export const got = await new Promise((resolve) => { globalThis.release = resolve; });",
      "above.mjs": "import { got } from './waits.mjs'; globalThis.seen = got;",
      "first.mjs": "import('./above.mjs'); 1",
      "other.mjs": "2",
    });
    expect(await value("release('now'); await null; await null; await null; await null; seen")).toBe("now");
  });
});
