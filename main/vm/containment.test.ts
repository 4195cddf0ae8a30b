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

/** Replaces everything that code usually relies on. */
const POLLUTE = `
  const evil = () => { throw new Error("polluted"); };
  const { defineProperty } = Object;
  for (const prototype of [Array.prototype, Object.prototype, String.prototype, Number.prototype, Map.prototype, Set.prototype, Promise.prototype, Function.prototype, RegExp.prototype, Uint8Array.prototype, Object.getPrototypeOf(Uint8Array.prototype), ArrayBuffer.prototype, Error.prototype, Date.prototype, Symbol.prototype]) {
    for (const key of Reflect.ownKeys(prototype)) {
      if (key === "constructor" || (prototype === Function.prototype && ["caller", "arguments", Symbol.hasInstance].includes(key))) continue;
      const descriptor = Object.getOwnPropertyDescriptor(prototype, key);
      if (!descriptor.configurable || typeof descriptor.value !== "function") continue;
      if (prototype === Object.prototype) continue;
      keep.push([prototype, key, descriptor]);
    }
  }
  for (let i = 0; i < keep.length; i++) defineProperty(keep[i][0], keep[i][1], { value: evil, writable: true, configurable: true });
`;

describe("a script that changes the built-ins", () => {
  test("does not change what the runtime does: console, timers, modules, results, errors", async () => {
    const session = await open({
      files: { "lib.js": "module.exports = { lib: 1 };", "lib.mjs": "export default 1;" },
    });
    await session.repl("globalThis.keep = [];");
    expect(await session.repl(`${POLLUTE}; 1`)).toMatchObject({ status: "ok" });
    for (const [code, preview] of [
      ["console.log('still', { a: [1] }); 2", "2"],
      ["({ a: [1, 'x'], m: new Map(), d: new Date(0) }).a[0]", "1"],
      ["[1, 2]", "[ 1, 2 ]"],
      ["require('./lib').lib", "1"],
      ["new Promise((resolve) => setTimeout(resolve, 1, 'timer'))", "'timer'"],
    ] as const) {
      const outcome = await session.repl(code);
      expect(outcome.error, code).toBeUndefined();
      expect(outcome.result?.preview, code).toBe(preview);
    }
    expect(session.lines).toEqual([]);
    expect((await session.repl("throw new TypeError('mine')")).error).toMatchObject({
      name: "TypeError",
      message: "mine",
    });
    await session.repl("console.log('still', { a: [1] })");
    expect(session.lines).toEqual(["still { a: [ 1 ] }"]);
  });

  test("learns nothing from setters and getters on Object.prototype and Array.prototype", async () => {
    const session = await open({
      modules: { fs: { roots: [{ path: ".", access: "read" }] } },
      files: { "x.txt": "content" },
    });
    await session.repl("require('fs')");
    await session.repl(`
      const { defineProperty, getPrototypeOf } = Object;
      const { isArray } = Array;
      // The engine's own JSON.stringify keeps the objects that it is in on a list, which setters see. All that the runtime
      // gives it are objects and lists without a prototype.
      const isOfStringify = (list, value) => isArray(list) && typeof value === "object" && value !== null && getPrototypeOf(value) === null;
      globalThis.seen = [];
      for (const key of ["0", "1", "2", "toJSON", "then", "get", "set", "value", "config", "call", "callSync", "resolve", "kind", "id", "exports", "functions", "keep", "cause", "__vmValue"]) {
        defineProperty(Object.prototype, key, { __proto__: null, configurable: true, get() { return undefined; }, set(value) { if (!isOfStringify(this, value)) defineProperty(seen, seen.length, { __proto__: null, value: key + " " + typeof value + new Error().stack }); } });
      }
      defineProperty(Array.prototype, "toJSON", { __proto__: null, configurable: true, value() { return "polluted"; } });
      1`);
    const outcome = await session.repl("require('fs').readFileSync('x.txt', 'utf8')");
    expect(outcome).toMatchObject({ status: "ok", result: { preview: "'content'" } });
    await session.repl("console.log([1, { a: 2 }])");
    expect(session.lines).toEqual(["[ 1, { a: 2 } ]"]);
    const { result } = await session.repl("seen.join()");
    expect(result?.json).toBe("");
  });

  test("does not keep an execution running by elements on Object.prototype", async () => {
    const session = await open();
    const outcome = await session.run(
      "for (let i = 0; i < 3; i++) Object.defineProperty(Object.prototype, i, { get: () => false, configurable: true }); setTimeout(console.log, 1, 'timer'); 1",
    );
    expect(outcome).toMatchObject({ status: "ok", result: { preview: "1" } });
    expect(session.lines).toEqual(["timer"]);
  });

  test("cannot replace JSON, Reflect, Promise or Error under the runtime", async () => {
    const session = await open({ modules: { path: {} } });
    await session.repl("require('path')");
    await session.repl(
      "for (const name of ['JSON', 'Reflect', 'Promise', 'Error', 'TypeError', 'Map', 'Object', 'Array', 'Uint8Array', 'Symbol', 'Date', 'String', 'globalThis']) { try { globalThis[name] = undefined } catch {} } 1",
    );
    expect(await session.repl("require('path').join('a', 'b')")).toMatchObject({
      result: { preview: "'a/b'" },
    });
    expect(await session.repl("console.log('x'); null.x")).toMatchObject({ error: { name: "TypeError" } });
    expect(session.lines).toEqual(["x"]);
  });
});

describe("what a script can reach", () => {
  test("the globals hold no door to the host", async () => {
    const session = await open();
    const { result } = await session.repl(
      "[typeof process, typeof fetch, typeof module, typeof exports, typeof __dirname, typeof global, typeof window, typeof Deno, typeof callSync, typeof std, typeof os, typeof scriptArgs]",
    );
    expect(new Set(result?.json as string[])).toEqual(new Set(["undefined"]));
  });

  test("constructors reach the engine's own world only", async () => {
    const session = await open({ modules: { path: {} } });
    const escape = await session.repl(`
      const functions = [console.log, setTimeout, require, require('path').join, structuredClone, Function];
      functions.map((f) => { try { return f.constructor("return typeof process + typeof require('path').join")(); } catch (e) { return e.name; } })`);
    expect(new Set(escape.result?.json as string[])).toEqual(new Set(["undefinedfunction"]));
  });

  test("neither stack traces nor callers give frames of the runtime", async () => {
    const session = await open({ modules: { path: {} } });
    const { result } = await session.repl(
      "let seen = ''; require('path').join({ toString() { seen = new Error().stack; return 'a' } } + ''); try { (function f() { return f.caller })() } catch (e) { seen += e.name } /\\/|\\.ts|node:/.test(seen)",
    );
    expect(result?.json).toBe(false);
  });

  test("the hook of synthesised modules gives nothing that require does not give, and cannot be replaced", async () => {
    const session = await open({ files: { "a.js": "module.exports = 1" } });
    const { result } = await session.repl(`
      const out = [];
      for (const args of [["native", "fs"], ["native", "__proto__"], ["library", "lodash"], ["commonjs", "../../etc/passwd"], ["json", "/etc/hostname"], ["esm", "../x.mjs"], ["virtual", "constructor"], ["nope", "x"], ["commonjs", { toString: () => "x" }]]) {
        try { out.push(typeof __vmModule(...args)); } catch (error) { out.push(error instanceof Error); }
      }
      try { globalThis.__vmModule = 1; } catch {}
      out.push(typeof __vmModule, Object.isFrozen(__vmModule));
      out`);
    expect(result?.json).toEqual([
      true,
      true,
      true,
      true,
      true,
      true,
      true,
      "undefined",
      true,
      "function",
      true,
    ]);
  });

  test("names like __proto__ and constructor are no modules", async () => {
    const session = await open();
    for (const name of ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", ""]) {
      expect((await session.repl(`require(${JSON.stringify(name)})`)).error, name).toMatchObject({
        code: "MODULE_NOT_FOUND",
      });
    }
  });
});

describe("results", () => {
  test.each<[string, string]>([
    ["a cycle", "const a = { name: 'a' }; a.self = a; a"],
    ["throwing getters", "({ get bad() { throw new Error('no') } })"],
    ["a hostile proxy", "new Proxy({}, new Proxy({}, { get() { throw new Error('no') } }))"],
    ["a chain of a million", "let o = null; for (let i = 0; i < 1e6; i++) o = { o }; o"],
    ["a long text", "'x'.repeat(5e6)"],
    ["a wide object", "Object.fromEntries(Array.from({ length: 1e5 }, (_, i) => ['k' + i, i]))"],
    ["a big array", "Array.from({ length: 1e6 }, (_, i) => i)"],
    ["a bigint", "10n ** 1000n"],
    ["a class with a hostile name", "class A { static get name() { throw 1 } } new A()"],
    ["a revoked proxy", "const r = Proxy.revocable({}, {}); r.revoke(); r.proxy"],
  ])("are plain and bounded: %s", async (_name, code) => {
    const session = await open({ template: { limits: { cpuMs: 20_000, wallMs: 20_000 } } });
    const outcome = await session.repl(code);
    expect(outcome.status).toBe("ok");
    expect(JSON.stringify(outcome.result).length).toBeLessThan(2_000_000);
    expect(structuredClone(outcome.result)).toEqual(outcome.result);
  });

  test("a text of 100 MB is cut, not copied", async () => {
    const session = await open({ template: { limits: { cpuMs: 20_000, wallMs: 20_000, memoryMb: 512 } } });
    const outcome = await session.repl("'x'.repeat(1e8)");
    expect(outcome).toMatchObject({ status: "ok", result: { type: "string", truncated: true } });
    expect(JSON.stringify(outcome).length).toBeLessThan(500_000);
  });
});
