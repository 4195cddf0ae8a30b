import { afterEach, expect, test } from "vitest";
import { openTestSession, type TestSession } from "../../vm/testing";
import { SLACK_MS } from "../../testing/slack";

let session: TestSession | undefined;
afterEach(async () => {
  await session?.dispose();
  session = undefined;
});

async function lines(code: string): Promise<readonly string[]> {
  session = await openTestSession({ modules: { yaml: {}, timer: {} } });
  const outcome = await session.run(
    `const yaml = require("yaml"); const timer = require("timer"); const fail = async (work) => { try { await work(); console.log("allowed"); } catch (error) { console.log(error.name, error.code, error.line, error.column, error.message); } }; ${code}`,
  );
  expect(outcome.error).toBeUndefined();
  return session.lines;
}

test("nested text is parsed, and several documents", async () => {
  expect(
    await lines(
      `console.log(yaml.parse("a:\\n  b: [1, x, null]\\n---\\n[: bad"), yaml.parseAll("1\\n---\\n2"), yaml.parse(""), yaml.parseAll(""));`,
    ),
  ).toEqual(["{ a: { b: [ 1, 'x', null ] } } [ 1, 2 ] null []"]);
});

test("errors have a code, a line and a column", async () => {
  const output = await lines(
    `await fail(() => yaml.parse("a: 1\\nb: [1")); await fail(() => yaml.parse("a: 1\\na: 2")); await fail(() => yaml.parse("x: 1\\ny: *z")); await fail(() => yaml.parse(5)); await fail(() => yaml.parse("a", { foo: 1 })); await fail(() => yaml.stringify(() => 1)); await fail(() => yaml.stringify(undefined));`,
  );
  expect(output.slice(0, 3).map((line) => line.split(" ").slice(0, 4).join(" "))).toEqual([
    "YAMLParseError BAD_INDENT 2 6",
    "YAMLParseError DUPLICATE_KEY 2 1",
    "YAMLParseError BAD_ALIAS 2 4",
  ]);
  for (const line of output.slice(3)) expect(line).toMatch(/^TypeError /);
});

test("what is written reads back, in the same order, at the indentation asked for", async () => {
  expect(
    await lines(`const value = { z: [{ c: "yes\\nno", b: null }], a: true, d: 1.5 };
    console.log(yaml.stringify(value, { indent: 4 })); console.log(JSON.stringify(yaml.parse(yaml.stringify(value))) === JSON.stringify(value));
    const shared = { q: 1 }; console.log(yaml.stringify([shared, shared]).includes("&a1")); const back = yaml.parse("- &x {a: 1}\\n- *x"); console.log(back[0] === back[1]);
    console.log(yaml.stringify({ d: new Date(0), m: new Map([[1, 2]]), s: new Set([1]), n: 10n ** 20n }));`),
  ).toEqual([
    "z:\n    - c: |-\n          yes\n          no\n      b: null\na: true\nd: 1.5\n",
    "true",
    "true",
    "true",
    "d: 1970-01-01T00:00:00.000Z\nm:\n  1: 2\ns:\n  - 1\nn: 100000000000000000000\n",
  ]);
});

test("keys of the prototype are keys", async () => {
  expect(
    await lines(
      `const v = yaml.parse("__proto__: {x: 1}\\nconstructor: 2"); console.log(Object.keys(v), v.x, ({}).x, yaml.stringify(v));`,
    ),
  ).toEqual(["[ '__proto__', 'constructor' ] undefined undefined __proto__:\n  x: 1\nconstructor: 2\n"]);
});

test("aliases that multiply are refused", async () => {
  const bomb = [
    "a: &a [x, x, x, x, x, x, x, x, x, x]",
    ..."bcdefgh".split("").map((name, index) => `${name}: &${name} [${`*${"abcdefg"[index]},`.repeat(10)}]`),
  ].join("\\n");
  expect((await lines(`await fail(() => yaml.parse("${bomb}"));`))[0]).toMatch(/Excessive alias count/);
});

test("timers: a negative time is a RangeError, signals end the wait, intervals lose no tick", async () => {
  expect(
    await lines(`await fail(() => timer.sleep(-1)); await fail(() => timer.sleep(NaN)); await fail(() => timer.sleep("1")); await timer.sleep(20); console.log(await timer.setTimeout(1, "value"));
    const c = new AbortController(); setTimeout(() => c.abort(), 5); await fail(() => timer.sleep(10_000, { signal: c.signal })); await fail(() => timer.sleep(1, { signal: AbortSignal.abort() }));
    let n = 0; for await (const v of timer.setInterval(1, "t")) { if (++n === 3) break; await timer.sleep(5); } console.log(n);`),
  ).toEqual([
    expect.stringMatching(/^RangeError .*not -1/),
    expect.stringMatching(/^RangeError /),
    expect.stringMatching(/^TypeError /),
    "value",
    expect.stringMatching(/^AbortError ABORT_ERR/),
    expect.stringMatching(/^AbortError ABORT_ERR/),
    "3",
  ]);
});

test("a loop that catches what every call of the host throws is stopped at the limit", async () => {
  const stopped = await openTestSession({
    modules: { yaml: {} },
    template: { limits: { cpuMs: 200, wallMs: 400 } },
  });
  const start = performance.now();
  const outcome = await stopped.run(
    `const yaml = require("yaml"); for (;;) try { yaml.parse("["); } catch {}`,
  );
  expect(outcome.status).toBe("timeout");
  expect(performance.now() - start).toBeLessThan(400 + SLACK_MS);
  await stopped.dispose({ leaks: "ignore" });
});
