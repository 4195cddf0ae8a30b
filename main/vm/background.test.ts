import { afterEach, describe, expect, test } from "vitest";
import { openTestSession, type TestSession, type TestSessionOptions } from "./testing";

const sessions: TestSession[] = [];
async function open(options: TestSessionOptions = {}): Promise<TestSession> {
  const session = await openTestSession(options);
  sessions.push(session);
  return session;
}

afterEach(async () => {
  for (const session of sessions.splice(0)) await session.dispose();
});

describe("AbortSignal.timeout", () => {
  test("keeps no execution running, as in Node", async () => {
    const session = await open({ template: { limits: { wallMs: 20_000 } } });
    const outcome = await session.run("AbortSignal.timeout(60000).aborted");
    expect(outcome).toMatchObject({ status: "ok", result: { preview: "false" } });
    expect(outcome.metrics.wallMs).toBeLessThan(10_000);
  });

  test("fires while something else keeps the execution running", async () => {
    const session = await open();
    const outcome = await session.repl(
      "const s = AbortSignal.timeout(5); await new Promise((resolve) => setTimeout(resolve, 50)); [s.aborted, s.reason.name]",
    );
    expect(outcome.result?.json).toEqual([true, "TimeoutError"]);
  });

  test("fires when its abort is what the script waits for", async () => {
    const session = await open();
    const outcome = await session.repl(
      "const s = AbortSignal.timeout(5); await new Promise((resolve) => (s.onabort = resolve)); s.aborted",
    );
    expect(outcome).toMatchObject({ status: "ok", result: { preview: "true" } });
  });

  test("is forgotten with an execution that was stopped", async () => {
    const session = await open();
    await session.run("AbortSignal.timeout(1).onabort = () => console.log('late'); throw new Error('end');");
    await session.run("new Promise((resolve) => setTimeout(resolve, 20))");
    expect(session.lines).toEqual([]);
  });
});

test("completion knows the modules and libraries of the template, and no others", async () => {
  const session = await open({ modules: { path: {} }, libraries: ["lodash"] });
  const labels = (source: string): string[] =>
    session.runtime.complete(source, source.length).items.map(({ label }) => label);
  expect(labels("require('pa")).toEqual(["path"]);
  expect(labels('import _ from "lo')).toEqual(["lodash"]);
  expect(labels("require('f")).toEqual([]);
  await session.repl("const declared = 1; class Declared {}");
  expect(labels("declar")).toEqual(["declared"]);
  expect(labels("Declar")).toEqual(["Declared"]);
});

test("completion knows what the last execution was given, and nothing of those before", async () => {
  const session = await open({});
  const labels = (source: string): string[] =>
    session.runtime.complete(source, source.length).items.map(({ label }) => label);
  await session.execute({
    kind: "repl",
    source: "1",
    args: { alpha: { deep: 1 }, get: 2 },
    env: { FOO: "1" },
  });
  expect([labels("args.al"), labels("args.alpha.d"), labels("env.F")]).toEqual([
    ["alpha"],
    ["deep"],
    ["FOO"],
  ]);
  await session.repl("1");
  expect([labels("args.al"), labels("env.F")]).toEqual([[], []]);
});
