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
    const outcome = await session.runFile(path);
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
