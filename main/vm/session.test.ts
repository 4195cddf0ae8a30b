import { afterEach, describe, expect, test } from "vitest";
import { openTestSession, type TestSession, type TestSessionOptions } from "./testing";

const sessions: TestSession[] = [];
async function open(options: TestSessionOptions = {}): Promise<TestSession> {
  const session = await openTestSession(options);
  sessions.push(session);
  return session;
}

// Disposing frees the engine and fails when a value leaked.
afterEach(async () => {
  for (const session of sessions.splice(0)) await session.dispose();
});

const types = (session: TestSession): string[] => session.events.map((event) => event.type);

describe("REPL input", () => {
  test("keeps state from one input to the next", async () => {
    const session = await open();
    await session.repl("var persisted = 20; persisted");
    expect(await session.repl("persisted + 22")).toMatchObject({ status: "ok", result: { preview: "42" } });
  });

  test("echoes, prints and gives its value: exactly these events, counted from 1", async () => {
    const session = await open();
    expect(await session.repl("console.log('repl'); 20 + 22")).toMatchObject({
      status: "ok",
      result: { preview: "42" },
    });
    expect(types(session)).toEqual(["inputEcho", "console", "value"]);
    expect(session.events.map((event) => event.seq)).toEqual([1, 2, 3]);
  });

  test("that throws gives exactly its echo and the exception, and no result", async () => {
    const session = await open();
    const outcome = await session.repl("throw new Error('boom')");
    expect(outcome).toMatchObject({ status: "error", error: { name: "Error", message: "boom" } });
    expect(outcome.result).toBeUndefined();
    expect(types(session)).toEqual(["inputEcho", "exception"]);
  });

  test("gives undefined as undefined", async () => {
    const session = await open();
    expect((await session.repl("undefined")).result).toMatchObject({
      type: "undefined",
      preview: "undefined",
    });
  });

  test("waits for a promise and shows what it gives, not the promise", async () => {
    const session = await open();
    expect(
      (await session.repl("new Promise((resolve) => setTimeout(resolve, 5, 'late'))")).result,
    ).toMatchObject({
      preview: "'late'",
    });
  });
});

describe("a script", () => {
  test("prints and gives its completion value: exactly console and value", async () => {
    const session = await open({ files: { "run.js": "console.log('file'); 40 + 2" } });
    expect(await session.runFile("run.js", { args: { a: 1 }, env: { env: "test" } })).toMatchObject({
      status: "ok",
      result: { preview: "42" },
    });
    expect(types(session)).toEqual(["console", "value"]);
  });

  test.each([
    ["1; if (true) { 2 } else { 3 }", 2],
    ["for (let i = 0; i < 3; i++) i * 10", 20],
    ["try { throw 1 } catch { 'caught' }", "caught"],
    ["switch (2) { case 2: 'two' }", "two"],
    ["'use strict'; const x = 3; x + 1\n// a comment", 4],
    ["40 + 2; function later() { return 1 }", 42],
    ["const value = await Promise.resolve(6); value * 7", 42],
    ["(async () => 42)()", 42],
  ])("has the completion value that eval would give: %s", async (code, value) => {
    const session = await open();
    expect(await session.run(code)).toMatchObject({ status: "ok", result: { json: value } });
  });

  test("runs again and again in one session, with its own scope each time", async () => {
    const session = await open({ files: { "run.js": "const once = 1; class Once {} let n = once; ++n" } });
    for (let turn = 0; turn < 3; turn++) {
      expect(await session.runFile("run.js")).toMatchObject({ status: "ok", result: { json: 2 } });
    }
    expect(await session.repl("typeof once")).toMatchObject({ result: { json: "undefined" } });
  });

  test("sees its arguments and its environment as globals and as a module; the next one does not", async () => {
    const look = "[args, env, require('vm:args')]";
    const session = await open({
      files: {
        "run.js": look,
        "run.mjs": "import given from 'vm:args'; import { args } from 'vm:args'; [given, args]",
      },
    });
    expect((await session.runFile("run.js", { args: { a: 1 }, env: { env: "test" } })).result?.json).toEqual([
      { a: 1 },
      { env: "test" },
      { args: { a: 1 }, env: { env: "test" } },
    ]);
    expect((await session.runFile("run.mjs", { args: [7] })).result?.json).toEqual([
      { args: [7], env: {} },
      [7],
    ]);
    expect((await session.repl("[typeof args, Object.keys(env)]")).result?.json).toEqual(["undefined", []]);
  });

  test("runs strictly unless the template says otherwise", async () => {
    const code = "(function () { return this === undefined })()";
    expect((await (await open()).run(code)).result?.json).toBe(true);
    expect((await (await open({ template: { runtime: { strict: false } } })).run(code)).result?.json).toBe(
      false,
    );
  });

  test("may begin with a byte order mark or a line for the shell", async () => {
    const session = await open({
      files: { "bom.js": "\uFEFF1 + 1", "hash.js": "#!/usr/bin/env node\n2 + 2" },
    });
    expect((await session.runFile("bom.js")).result?.json).toBe(2);
    expect((await session.runFile("hash.js")).result?.json).toBe(4);
  });

  test("that is a selection of a file names the file's own lines", async () => {
    const session = await open({ files: { "run.js": "\n\n\nfoo()" } });
    const outcome = await session.execute({
      kind: "runFile",
      path: "run.js",
      source: "\nfoo()",
      lineOffset: 2,
    });
    expect(outcome.error?.location).toMatchObject({ path: "run.js", line: 4 });
  });
});

describe("the paths of scripts", () => {
  test.each([
    ["", "FILE_NOT_FOUND"],
    [" ", "FILE_NOT_FOUND"],
    [".", "FILE_NOT_FOUND"],
    ["missing.js", "FILE_NOT_FOUND"],
    ["/etc/passwd", "INVALID_PATH"],
    ["C:\\Windows\\x.js", "INVALID_PATH"],
    ["\\\\?\\C:\\x.js", "INVALID_PATH"],
    ["../x.js", "INVALID_PATH"],
    ["a/../../x.js", "INVALID_PATH"],
    ["a\0.js", "INVALID_PATH"],
    ["folder", "INVALID_PATH"],
  ])("%j is refused with %s, as an execution that has ended", async (path, code) => {
    const session = await open({ files: { "folder/x.js": "1" } });
    expect(await session.runFile(path)).toMatchObject({ status: "error", error: { code } });
    expect(types(session)).toEqual(["exception"]);
  });

  test("are normalised", async () => {
    const session = await open({ files: { "b.js": "'b'" } });
    expect((await session.runFile("a/../b.js")).result?.json).toBe("b");
    expect((await session.runFile("./b.js")).result?.json).toBe("b");
  });
});

describe("startup files", () => {
  test("run in both modes, in order, and see what the one before left", async () => {
    const session = await open({
      files: {
        "one.js": "var first = 1; function helper() { return first } const shared = 'c'; console.log('one');",
        "two.mjs": "globalThis.second = first + 1; console.log('two'); export {};",
        "three.js": "globalThis.third = second + helper(); console.log(require('./lib/deep').deep);",
        "lib/deep.js": "exports.deep = require('./next').next;",
        "lib/next.js": "exports.next = 'next';",
      },
    });
    const run = (path: string, mode: "eval" | "import") => session.execute({ kind: "startup", path, mode });
    expect(await run("one.js", "eval")).toMatchObject({ status: "ok" });
    expect(types(session)).toEqual(["console"]);
    expect(await run("two.mjs", "import")).toMatchObject({ status: "ok" });
    expect(session.lines).toEqual(["two"]);
    expect(await run("three.js", "eval")).toMatchObject({ status: "ok" });
    expect(session.lines).toEqual(["next"]);
    expect((await session.repl("[first, second, third, shared]")).result?.json).toEqual([1, 2, 3, "c"]);
  });

  test("in mode eval may declare names again that an earlier one has declared", async () => {
    const session = await open({
      files: { "a.js": "const fs = 1;", "b.js": "const fs = 2; globalThis.seen = fs;" },
    });
    await session.execute({ kind: "startup", path: "a.js", mode: "eval" });
    expect(await session.execute({ kind: "startup", path: "b.js", mode: "eval" })).toMatchObject({
      status: "ok",
    });
    expect((await session.repl("const fs = 3; [seen, fs]")).result?.json).toEqual([2, 3]);
  });

  test("that fail name file and line", async () => {
    const session = await open({ files: { "bad.js": "\n\nnope();" } });
    expect(await session.execute({ kind: "startup", path: "bad.js", mode: "eval" })).toMatchObject({
      status: "error",
      error: { name: "ReferenceError", location: { path: "bad.js", line: 3 } },
    });
  });
});

describe("the event loop", () => {
  test("runs timers by time, then by order, microtasks between them", async () => {
    const session = await open();
    const outcome = await session.run(`
      setTimeout(() => console.log('b'), 60);
      setTimeout(() => { console.log('a'); Promise.resolve().then(() => console.log('after a')); }, 20);
      setTimeout(() => console.log('a2'), 20);
      setTimeout(console.log, 100, 'with', 'arguments');
      const gone = setTimeout(() => console.log('never'), 1);
      clearTimeout(gone);
      let turns = 0;
      const ticking = setInterval(() => { console.log('tick'); if (++turns === 2) clearInterval(ticking); }, 150);
      queueMicrotask(() => console.log('micro'));
      console.log('now');
    `);
    expect(outcome).toMatchObject({ status: "ok" });
    expect(session.lines).toEqual([
      "now",
      "micro",
      "a",
      "after a",
      "a2",
      "b",
      "with arguments",
      "tick",
      "tick",
    ]);
  });

  test("lets immediates run between timers that are always due", async () => {
    const session = await open();
    const outcome = await session.run(`
      const wait = (ms) => { for (const end = performance.now() + ms; performance.now() < end; ); };
      let ticks = 0;
      const late = setInterval(() => { wait(3); if (++ticks > 200) clearInterval(late); }, 1);
      setTimeout(() => setImmediate(() => { clearInterval(late); console.log(ticks < 10); }), 2);
    `);
    expect(outcome).toMatchObject({ status: "ok" });
    expect(session.lines).toEqual(["true"]);
  });

  test("runs the immediates of a turn before the next timers, those that they make after them", async () => {
    const session = await open();
    await session.run(`
      setTimeout(() => {
        setTimeout(() => console.log('timer'), 0);
        setImmediate(() => { console.log('a'); setImmediate(() => console.log('c')); for (const t = performance.now(); performance.now() < t + 3; ); });
        const gone = setImmediate(() => console.log('never'));
        setImmediate(() => { console.log('b'); clearImmediate(gone); });
        clearImmediate(gone);
      }, 1);
    `);
    expect(session.lines).toEqual(["a", "b", "timer", "c"]);
  });

  test("gives util.promisify promises of timers and immediates", async () => {
    const session = await open({ modules: { util: {} } });
    const outcome = await session.run(
      "const { promisify } = require('util'); await Promise.all([promisify(setTimeout)(2, 'later'), promisify(setImmediate)('soon')])",
    );
    expect(outcome.result?.preview).toBe("[ 'later', 'soon' ]");
  });

  test("ends an execution only when nothing that it started is pending", async () => {
    const session = await open();
    await session.repl("setTimeout(() => setTimeout(() => console.log('last'), 5), 5); 'value'");
    expect(types(session)).toEqual(["inputEcho", "console", "value"]);
  });

  test("ends it with the error when a timer throws", async () => {
    const session = await open({
      files: { "run.js": "setTimeout(() => {\n  throw new TypeError('late');\n}, 1); 1" },
    });
    expect(await session.runFile("run.js")).toMatchObject({
      status: "error",
      error: { name: "TypeError", message: "late", location: { path: "run.js", line: 2 } },
    });
    expect(types(session)).toEqual(["exception"]);
  });

  test("gives a metric for everything", async () => {
    const session = await open({ modules: { timer: {} } });
    const { metrics } = await session.run("console.log('grüße'); await require('timer').sleep(5); 1");
    expect(metrics.wallMs).toBeGreaterThanOrEqual(5);
    expect(metrics.cpuMs).toBeGreaterThan(0);
    expect(metrics.cpuMs).toBeLessThan(metrics.wallMs);
    expect(metrics.memoryPeakBytes).toBeGreaterThan(1_000_000);
    expect(metrics).toMatchObject({ events: 2, outputBytes: 7 });
    expect(metrics.hostCalls).toBeGreaterThan(0);
  });
});

describe("unhandled rejections", () => {
  test.each([
    ["of an async function", "async function main() { await 0; throw new Error('lost'); }\nmain();\n1"],
    ["of Promise.reject", "Promise.reject(new Error('lost')); 1"],
    ["of a derived promise", "Promise.resolve().then(() => { throw new Error('lost'); }); 1"],
    ["in a timer", "setTimeout(async () => { throw new Error('lost'); }, 1); 1"],
  ])("%s fail the execution with the rejection", async (_name, code) => {
    const session = await open();
    expect(await session.run(code)).toMatchObject({ status: "error", error: { message: "lost" } });
  });

  test.each([
    ["handled in the same turn", "const p = Promise.reject(new Error('x')); p.catch(() => {}); 1"],
    ["handled by await", "try { await Promise.reject(new Error('x')); } catch {} 1"],
    ["handled by all", "await Promise.allSettled([Promise.reject(new Error('x'))]); 1"],
    ["handled by a host promise's catch", "await require('timer').sleep(-1).catch(() => {}); 1"],
  ])("that are %s are none", async (_name, code) => {
    const session = await open({ modules: { timer: {} } });
    expect(await session.run(code)).toMatchObject({ status: "ok", result: { json: 1 } });
  });

  test("of the result itself are its error, told once", async () => {
    const session = await open();
    expect(await session.repl("Promise.reject(new Error('mine'))")).toMatchObject({
      error: { message: "mine" },
    });
    expect(types(session)).toEqual(["inputEcho", "exception"]);
  });
});

describe("sessions", () => {
  test("of one template share nothing, and ending one leaves the other", async () => {
    const one = await open();
    const two = await openTestSession();
    await two.repl("var mine = 2; Array.prototype.shared = true;");
    await two.dispose();
    expect((await one.repl("[typeof mine, [].shared]")).result?.preview).toBe("[ 'undefined', undefined ]");
  });

  test("serve deeper levels of a result by id until it is released", async () => {
    const session = await open();
    const { result } = await session.repl("({ deep: { deeper: { deepest: { value: 42 } } } })");
    const objectId = result?.objectId ?? "";
    const [deep] = session.runtime.getProperties(objectId);
    expect(deep).toMatchObject({ name: "deep", kind: "property" });
    session.runtime.releaseObjects([objectId]);
    expect(() => session.runtime.getProperties(objectId)).toThrow();
  });
});
