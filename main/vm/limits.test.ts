import { afterEach, describe, expect, test, vi } from "vitest";
import type { Limits } from "../../shared/model/template";
import type { ExecutionOutcome } from "./session-runtime";
import { openTestSession, type TestSession } from "./testing";
import { SLACK_MS } from "../testing/slack";

let session: TestSession;

async function open(limits: Partial<Limits>, files: Record<string, string> = {}): Promise<TestSession> {
  session = await openTestSession({ template: { limits }, files, modules: { timer: {} } });
  return session;
}

// What a stopped execution leaves behind cannot all be freed: no leak check here.
afterEach(() => session.dispose({ leaks: "ignore" }));

/** The session goes on after what happened. */
async function stillUsable(): Promise<void> {
  expect(await session.repl("[1, 2].map((x) => x * 21)[1]")).toMatchObject({
    status: "ok",
    result: { preview: "42" },
  });
}

function system(): string[] {
  return session.events.flatMap((event) =>
    event.type === "system" ? [`${event.payload.kind} ${String(event.payload.code)}`] : [],
  );
}

describe("the computing limit", () => {
  const LIMIT = 200;
  const GRACE = 250;
  const loops: Record<string, string> = {
    "an empty loop": "while (true) {}",
    "a loop that catches everything": "for (;;) { try { for (;;); } catch {} }",
    "a loop that ends in finally": "for (;;) { try { for (;;); } finally { continue; } }",
    "a flood of promise jobs": "for (;;) await 0; import.meta;",
    "a flood of promise chains": "(function next() { Promise.resolve().then(next); })()",
    "a generator": "function* g() { for (;;) yield 1; } for (const x of g());",
    "an async generator": "async function* g() { for (;;) yield 1; } for await (const x of g()); export {};",
    "a bad sort comparator": "[...Array(1000).keys()].sort(() => { for (;;); })",
    "a sort of very much":
      "const a = Array.from({ length: 300000 }, (_, i) => (i * 7919) % 300007); for (;;) a.slice().sort((x, y) => x - y);",
    "a catastrophic regular expression": "/^(a+)+$/.test('a'.repeat(40) + 'b')",
    "a proxy without end": "const p = new Proxy({}, { get() { for (;;); } }); p.x",
    "a getter while the result is read":
      "({ get [Symbol.toStringTag]() { for (;;); } }).x; Object.create({ get x() { for (;;); } }).x",
    "an inspection function while the result is read":
      "({ [Symbol.for('nodejs.util.inspect.custom')]() { for (;;); } })",
    "an inspection function of an error":
      "throw Object.assign(new Error('x'), { [Symbol.for('nodejs.util.inspect.custom')]() { for (;;); } })",
    "a looping toJSON": "JSON.stringify({ toJSON() { for (;;); } })",
    "a timer": "setTimeout(() => { for (;;); }, 1)",
    "timers that start timers":
      "(function again() { for (let i = 0; i < 1e5; i++); setTimeout(again, 0); })()",
    "immediates that start immediates":
      "(function again() { for (let i = 0; i < 1e4; i++); setImmediate(again); })()",
    "a callback of a host promise": "require('timer').sleep(1).then(() => { for (;;); })",
    "a required module": "require('./spin.js')",
    "an imported module": "await import('./spin.mjs')",
    "a thenable": "await { then() { for (;;); } }",
    "promises that swallow the interruption": "for (;;) new Promise(() => {})",
    "async functions that swallow the interruption": "for (;;) (async () => {})()",
    "functions of promises that swallow the interruption":
      "for (;;) { const { promise } = Promise.withResolvers(); new Promise(function f() { return f; }); }",
    "a handler of a rejection": "await Promise.reject(1).catch(() => { for (;;); })",
  };

  for (const [name, code] of Object.entries(loops)) {
    test(`stops ${name}, and the session stays usable`, async () => {
      await open(
        { cpuMs: LIMIT, wallMs: 10_000 },
        { "spin.js": "for (;;);", "spin.mjs": "for (;;);\nexport {};", "run.js": code },
      );
      const outcome = await session.runFile("run.js");
      expect(outcome).toMatchObject({
        status: "timeout",
        stop: "interrupted",
        error: { code: "CPU_LIMIT_EXCEEDED" },
      });
      expect(outcome.metrics.cpuMs).toBeGreaterThanOrEqual(LIMIT);
      expect(outcome.metrics.cpuMs).toBeLessThan(LIMIT + GRACE);
      expect(system()).toEqual(["limit CPU_LIMIT_EXCEEDED"]);
      await stillUsable();
    });
  }

  test("holds for REPL input", async () => {
    await open({ cpuMs: LIMIT });
    expect(await session.repl("for (;;);")).toMatchObject({
      status: "timeout",
      error: { code: "CPU_LIMIT_EXCEEDED" },
    });
    await stillUsable();
  });

  test("holds for startup files in both modes", async () => {
    await open({ cpuMs: LIMIT }, { "spin.js": "for (;;);" });
    for (const mode of ["eval", "import"] as const) {
      const outcome = await session.execute({ kind: "startup", path: "spin.js", mode });
      expect(outcome).toMatchObject({ status: "timeout", error: { code: "CPU_LIMIT_EXCEEDED" } });
    }
    await stillUsable();
  });

  test("does not count waiting", async () => {
    await open({ cpuMs: LIMIT, wallMs: 10_000 });
    const outcome = await session.run(`await require('timer').sleep(${LIMIT + 150}); 1`);
    expect(outcome.status).toBe("ok");
    expect(outcome.metrics.cpuMs).toBeLessThan(LIMIT);
    expect(outcome.metrics.wallMs).toBeGreaterThan(LIMIT);
  });

  test("lets code end that stays below it", async () => {
    await open({ cpuMs: 2000 });
    expect(await session.run("let n = 0; for (let i = 0; i < 1e5; i++) n += i; n")).toMatchObject({
      status: "ok",
      result: { json: 4_999_950_000 },
    });
  });

  test("keeps what was written before it", async () => {
    await open({ cpuMs: LIMIT });
    await session.run("console.log('before'); for (;;);");
    expect(session.events.map((event) => event.type)).toEqual(["console", "system"]);
    expect(session.lines).toEqual(["before"]);
  });

  test("leaves no promise job, timer or host promise of the stopped execution behind", async () => {
    await open({ cpuMs: LIMIT, wallMs: 10_000 });
    await session.run(
      "setTimeout(() => console.log('timer'), 1);" +
        "require('timer').sleep(1).finally(() => console.log('host'));" +
        "for (let i = 0; i < 5000; i++) (async () => { for (;;) { await 0; globalThis.jobs = (globalThis.jobs ?? 0) + 1; } })();" +
        "for (;;);",
    );
    expect(await session.run("await require('timer').sleep(20); globalThis.jobs")).toMatchObject({
      status: "ok",
      result: { type: "undefined" },
    });
    expect(session.lines).toEqual([]);
  });
});

describe("the wall clock limit", () => {
  test("ends a promise that never settles, and the session stays usable", async () => {
    await open({ wallMs: 150 });
    const outcome = await session.run("new Promise(() => {})");
    expect(outcome).toMatchObject({ status: "timeout", error: { code: "WALL_LIMIT_EXCEEDED" } });
    expect(outcome.metrics.wallMs).toBeLessThan(150 + SLACK_MS);
    await stillUsable();
  });

  test("ends an interval that nobody clears", async () => {
    await open({ wallMs: 150 });
    expect(await session.repl("setInterval(() => {}, 5); 1")).toMatchObject({
      status: "timeout",
      error: { code: "WALL_LIMIT_EXCEEDED" },
    });
    expect(system()).toEqual(["limit WALL_LIMIT_EXCEEDED"]);
    await stillUsable();
  });

  test("lets an execution end just below it", async () => {
    await open({ wallMs: 5000 });
    expect(
      await session.run("await new Promise((resolve) => setTimeout(resolve, 30)); 'done'"),
    ).toMatchObject({
      status: "ok",
    });
  });
});

describe("the memory limit", () => {
  const bombs: Record<string, string> = {
    "an array that grows": "const a = []; for (;;) a.push(new Array(1000).fill(a.length));",
    "strings that grow": "const a = []; for (let s = 'x'; ; s += s) a.push(s.toUpperCase());",
    "byte arrays": "const a = []; for (;;) a.push(new Uint8Array(1 << 20));",
    "one huge buffer": "new ArrayBuffer(1 << 30)",
    "big integers": "const a = []; for (let n = 1n << 100000n; ; n++) a.push(n);",
    "a full map": "const m = new Map(); for (let i = 0; ; i++) m.set(i, { i });",
    "inside a promise job": "await 0; const a = []; for (;;) a.push('x'.repeat(1000) + a.length);",
    "inside a promise job whose rejection is swallowed":
      "await Promise.resolve().then(() => { const a = []; for (;;) a.push({}); }).catch(() => 'fine'); 'all is well'",
    "caught and ignored":
      "try { const a = []; for (;;) a.push(new Array(1000).fill(0)); } catch {} 'all is well'",
    "thrown as null":
      "const m = new Set(); try { for (let i = 0; ; i++) m.add('k' + i); } catch (e) { if (e === null) throw e; throw e; }",
  };
  for (const [name, code] of Object.entries(bombs)) {
    test(`reports ${name}`, async () => {
      await open({ memoryMb: 32, cpuMs: 20_000, wallMs: 20_000 });
      const outcome = await session.run(code);
      expect(outcome).toMatchObject({ status: "error", error: { code: "MEMORY_LIMIT_EXCEEDED" } });
      expect(outcome.result).toBeUndefined();
      expect(outcome.metrics.memoryPeakBytes).toBeLessThanOrEqual(32 * 1024 * 1024);
      expect(system()).toEqual(["limit MEMORY_LIMIT_EXCEEDED"]);
    });
  }

  test("leaves the session usable when the script let go of its memory", async () => {
    await open({ memoryMb: 32, cpuMs: 20_000 });
    await session.run("const a = []; for (;;) a.push(new Uint8Array(1 << 20));");
    await stillUsable();
  });

  test("says so again when the hog hangs on a global", async () => {
    await open({ memoryMb: 32, cpuMs: 20_000 });
    await session.run("globalThis.hog = []; for (;;) hog.push({});");
    const next = await session.repl("'x'.repeat(1e6).length");
    expect(["ok", "error"]).toContain(next.status);
    if (next.status === "error") expect(next.error?.code).toBe("MEMORY_LIMIT_EXCEEDED");
  });

  test("lets scripts use what is below it", async () => {
    await open({ memoryMb: 64, cpuMs: 20_000 });
    expect(
      await session.run(
        "const a = []; for (let i = 0; i < 30; i++) a.push(new Uint8Array(1 << 20)); a.length",
      ),
    ).toMatchObject({
      status: "ok",
      result: { json: 30 },
    });
  });
});

describe("the stack limit", () => {
  const deep: Record<string, string> = {
    recursion: "(function f() { return f() + 1; })()",
    "nested arrays in JSON": "JSON.parse('['.repeat(1e5) + ']'.repeat(1e5))",
    "a deep chain in JSON.stringify":
      "let o = {}; for (let i = 0; i < 1e5; i++) o = { o }; JSON.stringify(o)",
    "nested source text": "eval('('.repeat(1e5) + ')'.repeat(1e5))",
    "a deep regular expression": "new RegExp('('.repeat(1e5) + ')'.repeat(1e5))",
    "getters that call each other": "const o = { get x() { return this.x; } }; o.x",
    "proxies around proxies": "let p = {}; for (let i = 0; i < 1e5; i++) p = new Proxy(p, {}); p.x",
    toString: "const o = { toString() { return `${this}`; } }; `${o}`",
  };
  for (const [name, code] of Object.entries(deep)) {
    test(`makes ${name} an error that the script can catch`, async () => {
      await open({ cpuMs: 10_000, wallMs: 10_000 });
      expect(
        await session.run(
          `let caught; try { ${code} } catch (error) { caught = error; } [caught instanceof Error, typeof caught.message].join()`,
        ),
      ).toMatchObject({ status: "ok", result: { json: "true,string" } });
      await stillUsable();
    });
  }

  test("is a RangeError for scripts", async () => {
    await open({});
    expect(
      await session.run(
        "try { (function f() { f(); })() } catch (e) { [e instanceof RangeError, e.name, e.constructor === RangeError].join() }",
      ),
    ).toMatchObject({ result: { json: "true,RangeError,true" } });
  });

  test("ends a script that does not catch it, with the code", async () => {
    await open({});
    const outcome = await session.run("function f() { f(); }\nf();");
    expect(outcome).toMatchObject({
      status: "error",
      error: { code: "STACK_LIMIT_EXCEEDED", name: "RangeError", location: { path: "test.js" } },
    });
    expect(system()).toEqual(["limit STACK_LIMIT_EXCEEDED"]);
    await stillUsable();
  });

  test("lets recursion end just below it", async () => {
    await open({});
    expect(await session.run("(function f(n) { return n === 0 ? 'deep' : f(n - 1); })(500)")).toMatchObject({
      status: "ok",
    });
  });
});

describe("the output limits", () => {
  test("one event: REPL input leaves no room for its value", async () => {
    await open({ maxEvents: 1 });
    const outcome = await session.repl("1 + 1");
    expect(outcome).toMatchObject({ status: "error", error: { code: "OUTPUT_LIMIT_EXCEEDED" } });
    expect(outcome.result).toBeUndefined();
    expect(session.events.map((event) => event.type)).toEqual(["inputEcho", "system"]);
  });

  test("two events are enough for it", async () => {
    await open({ maxEvents: 2 });
    expect(await session.repl("1 + 1")).toMatchObject({ status: "ok" });
  });

  test("a flood of lines is stopped, what fits is kept and the cut is announced", async () => {
    await open({ maxEvents: 100, maxOutputKb: 1024 });
    const outcome = await session.run("for (let i = 0; ; i++) { try { console.log(i); } catch {} }");
    expect(outcome).toMatchObject({ status: "error", error: { code: "OUTPUT_LIMIT_EXCEEDED" } });
    expect(session.lines).toHaveLength(100);
    expect(session.lines[99]).toBe("99");
    expect(system()).toEqual(["limit OUTPUT_LIMIT_EXCEEDED"]);
    await stillUsable();
  });

  test("text beyond the limit is cut in the middle of a line", async () => {
    await open({ maxOutputKb: 1 });
    const outcome = await session.run("console.log('a'.repeat(1000)); console.log('ü'.repeat(1000)); 1");
    expect(outcome).toMatchObject({ status: "error", error: { code: "OUTPUT_LIMIT_EXCEEDED" } });
    expect(session.lines).toEqual(["a".repeat(1000), "ü".repeat(12)]);
    expect(outcome.metrics.outputBytes).toBe(1024);
  });

  test("exactly the limit is allowed", async () => {
    await open({ maxOutputKb: 1 });
    expect(await session.run("console.log('a'.repeat(1024)); 1")).toMatchObject({ status: "ok" });
  });
});

describe("stopping", () => {
  /** Runs code that says "here" when it has got as far as it shall, and stops it then. */
  const stopped = async (code: string): Promise<ExecutionOutcome> => {
    const running = session.run(code);
    await vi.waitFor(() => expect(session.lines).toContain("here"), { timeout: 20_000, interval: 5 });
    session.runtime.stop();
    return running;
  };

  test("ends an execution that waits", async () => {
    await open({ wallMs: 60_000 });
    const outcome = await stopped("console.log('here'); await new Promise(() => {})");
    expect(outcome).toMatchObject({
      status: "cancelled",
      stop: "interrupted",
      error: { code: "EXECUTION_CANCELLED" },
    });
    expect(session.lines).toEqual(["here"]);
    expect(system()).toEqual(["stopped EXECUTION_CANCELLED"]);
    await stillUsable();
  });

  test("ends what waits for the host, timers included", async () => {
    await open({ wallMs: 60_000 });
    const outcome = await stopped(
      "setInterval(() => {}, 1000); const slept = require('timer').sleep(50000); console.log('here'); await slept",
    );
    expect(outcome).toMatchObject({ status: "cancelled" });
    await stillUsable();
  });

  test("is harmless when nothing runs, and twice", async () => {
    await open({});
    session.runtime.stop();
    session.runtime.stop();
    await stillUsable();
  });
});
