import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { byHarness } from "./child";
import { listTests } from "./list";
import { harnessOf, modesOf, readMetadata } from "./metadata";
import { Runner, type RunResult } from "./runner";
import { formatSummary, summarise } from "./summary";

/** A folder in the layout of test262, with tests of our own. */
const FILES: Readonly<Record<string, string>> = {
  "harness/assert.js": "function assert(ok, message) { if (ok !== true) throw new Test262Error(message); }",
  "harness/sta.js":
    "function Test262Error(message) { this.message = message || ''; } function $DONOTEVALUATE() { throw 'evaluated'; }",
  "harness/doneprintHandle.js":
    "function $DONE(error) { print(error ? 'Test262:AsyncTestFailure:' + error : 'Test262:AsyncTestComplete'); }",
  "harness/extra.js": "var extra = 7;",
  "test/language/passes.js": "/*---\nincludes: [extra.js]\n---*/\nassert(extra === 7);",
  "test/language/fails.js": "assert(false, 'on purpose');",
  "test/language/modes.js":
    "/*---\nflags: [noStrict]\n---*/\nassert((function () { return this === globalThis; })());",
  "test/language/strict.js":
    "/*---\nflags: [onlyStrict]\n---*/\nassert((function () { return this === undefined; })());",
  "test/language/raw.js": "/*---\nflags: [raw]\n---*/\nif (typeof assert !== 'undefined') throw new Error();",
  "test/language/leaves-a-global.js":
    "/*---\nflags: [noStrict]\n---*/\nvar left = 1; delete Array.prototype.map;",
  "test/language/sees-no-global.js": "assert(typeof left === 'undefined' && typeof [].map === 'function');",
  "test/language/top-level.js":
    "let a = 1; const b = 2; class C {} assert(!('a' in globalThis) && !('C' in globalThis)); var v; assert('v' in globalThis);",
  "test/language/negative/parse.js":
    "/*---\nnegative:\n  phase: parse\n  type: SyntaxError\n---*/\n$DONOTEVALUATE();\nlet let;",
  "test/language/negative/runtime.js":
    "/*---\nnegative:\n  phase: runtime\n  type: Test262Error\n---*/\nthrow new Test262Error();",
  "test/language/negative/wrong.js":
    "/*---\nnegative:\n  phase: runtime\n  type: RangeError\n---*/\nthrow new TypeError();",
  "test/language/module/self.js":
    "/*---\nflags: [module]\n---*/\nimport * as self from './self.js'; import { x } from './x_FIXTURE.js'; export const mine = x; assert(Object.keys(self).join() === 'mine' && mine === 1);",
  "test/language/module/x_FIXTURE.js": "export const x = 1;",
  "test/language/module/await.js":
    "/*---\nflags: [module, async]\n---*/\nconst { x } = await import('./x_FIXTURE.js'); $DONE(x === 1 ? undefined : 'x');",
  "test/language/async/done.js":
    "/*---\nflags: [async]\n---*/\nPromise.reject(1); Promise.resolve().then(() => $DONE());",
  "test/language/async/never.js": "/*---\nflags: [async]\n---*/\n0;",
  "test/built-ins/realm.js":
    "var other = $262.createRealm().global; assert(other.Array !== Array && other.eval('1 + 1') === 2); var r = $262.evalScript('var viaScript = 3; viaScript'); assert(r === 3 && viaScript === 3); var b = new ArrayBuffer(8); $262.detachArrayBuffer(b); assert(b.byteLength === 0);",
  "test/built-ins/skipped.js": "/*---\nfeatures: [host-gc-required]\n---*/\n$262.gc();",
  "test/built-ins/endless.js": "/*---\nflags: [noStrict]\n---*/\nfor (;;);",
};

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "vm-workbench-conformance-test-"));
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe("front matter", () => {
  test("tells flags, harness files, features and the expected error", () => {
    const metadata = readMetadata(
      "// (c)\r/*---\rdescription: >\r  a: b\rflags: [async, noStrict]\rincludes: [a.js]\rfeatures: [x]\rnegative:\r  phase: parse\r  type: SyntaxError\r---*/\rcode",
    );
    expect(metadata).toEqual({
      flags: new Set(["async", "noStrict"]),
      includes: ["a.js"],
      features: ["x"],
      negative: { phase: "parse", type: "SyntaxError" },
    });
    expect(harnessOf(metadata)).toEqual(["assert.js", "sta.js", "doneprintHandle.js", "a.js"]);
  });

  test.each([
    ["", ["sloppy", "strict"]],
    ["[onlyStrict]", ["strict"]],
    ["[noStrict]", ["sloppy"]],
    ["[module]", ["module"]],
    ["[raw]", ["raw"]],
  ])("with flags %s means these modes", (flags, modes) => {
    expect(modesOf(readMetadata(`/*---\nflags: ${flags}\n---*/`))).toEqual(modes);
  });

  test("may be missing", () => {
    expect(readMetadata("1 + 1")).toEqual({ flags: new Set(), includes: [], features: [] });
  });
});

describe("the runner", () => {
  test("gives every test a realm of its own, and both sides the same verdict", async () => {
    const runner = await Runner.start({ root, timeoutMs: 300 });
    const results: RunResult[] = [];
    const paths = byHarness(root, listTests(root, { filters: [], every: 1 }));
    try {
      for (const path of paths) await runner.run(path, (result) => results.push(result));
    } finally {
      runner.dispose();
    }
    const verdicts = Object.fromEntries(
      results.map(({ path, mode, bare, session }) => [
        `${path.slice("test/".length)} ${mode}`,
        bare === session ? bare : `${bare} but ${session}`,
      ]),
    );
    expect(verdicts).toEqual({
      "language/passes.js sloppy": "pass",
      "language/passes.js strict": "pass",
      "language/fails.js sloppy": "fail",
      "language/fails.js strict": "fail",
      "language/modes.js sloppy": "pass",
      "language/strict.js strict": "pass",
      "language/raw.js raw": "pass",
      "language/leaves-a-global.js sloppy": "pass",
      "language/sees-no-global.js sloppy": "pass",
      "language/sees-no-global.js strict": "pass",
      "language/top-level.js sloppy": "pass",
      "language/top-level.js strict": "pass",
      "language/negative/parse.js sloppy": "pass",
      "language/negative/parse.js strict": "pass",
      "language/negative/runtime.js sloppy": "pass",
      "language/negative/runtime.js strict": "pass",
      "language/negative/wrong.js sloppy": "fail",
      "language/negative/wrong.js strict": "fail",
      "language/module/self.js module": "pass",
      "language/module/await.js module": "pass",
      "language/async/done.js sloppy": "pass",
      "language/async/done.js strict": "pass",
      "language/async/never.js sloppy": "fail",
      "language/async/never.js strict": "fail",
      "built-ins/realm.js sloppy": "pass",
      "built-ins/realm.js strict": "pass",
      "built-ins/endless.js sloppy": "timeout",
    });
    const summary = summarise(paths, results, []);
    expect(summary).toMatchObject({ differences: [], skipped: 1, files: paths.length });
    expect(formatSummary(summary)).toContain("No test passes on one side and fails on the other.");
  });
});

describe("the summary", () => {
  test("names what passes on one side only, and counts files by all their runs", () => {
    const path = "test/language/expressions/a.js";
    const ended = { ended: "threw", type: "TypeError", message: "why", printed: [] } as const;
    const summary = summarise(
      [path],
      [
        { path, mode: "sloppy", bare: "pass", session: "pass" },
        { path, mode: "strict", bare: "pass", session: "fail", endings: { bare: ended, session: ended } },
      ],
      [],
    );
    expect(summary.parts).toEqual([{ part: "language/expressions", files: 1, bare: 1, session: 0 }]);
    expect(formatSummary(summary)).toContain(`${path} [strict] bare: pass, session: fail (TypeError: why)`);
  });
});

describe("the list", () => {
  test("leaves fixtures out, takes every nth test, and refuses a part that is not there", () => {
    expect(listTests(root, { filters: ["language/module"], every: 1 })).toEqual([
      "test/language/module/await.js",
      "test/language/module/self.js",
    ]);
    expect(listTests(root, { filters: ["language/negative"], every: 2 })).toHaveLength(2);
    expect(() => listTests(root, { filters: ["nope"], every: 1 })).toThrow("test/nope");
  });
});
