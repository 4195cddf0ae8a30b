import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { compileEngine } from "./compile";
import { EngineThrow, type Completion, type Primitive } from "./engine";
import { createQuickJSEngine, type QuickJSEngine } from "./quickjs-engine";

let engine: QuickJSEngine;
let begins: "with the image" | "from nothing";

beforeEach(async () => {
  const { wasmModule, image } = await compileEngine();
  if (image === undefined) throw new Error("The engine's image is not built.");
  const compiled = { wasmModule, image: begins === "with the image" ? image : undefined };
  engine = await createQuickJSEngine({ memoryMb: 32, stackKb: 256, compiled });
});

// Disposing frees everything and aborts when a value leaked: every test is a leak check.
afterEach(() => engine.dispose());

function take(completion: Completion): Primitive {
  const handle = completion.ok ? completion.value : completion.error;
  const value = engine.toPrimitive(handle);
  handle.dispose();
  return value;
}

const run = (source: string): Primitive => take(engine.evalScript(source, "test.js", { strict: true }));

describe.each(["with the image", "from nothing"] as const)("an engine that begins %s", (beginning) => {
  beforeAll(() => {
    begins = beginning;
  });

  test("gives primitives back as they are", () => {
    expect(run("40 + 2")).toBe(42);
    expect(run("0.5")).toBe(0.5);
    expect(Object.is(run("-0"), -0)).toBe(true);
    expect(run("NaN")).toBeNaN();
    expect(run("-Infinity")).toBe(-Infinity);
    expect(run("'grüße 🎉'")).toBe("grüße 🎉");
    expect(run("'a'.repeat(50) + 'ü'.repeat(50)")).toBe("a".repeat(50) + "ü".repeat(50));
    expect(run("true")).toBe(true);
    expect(run("null")).toBe(null);
    expect(run("undefined")).toBe(undefined);
    expect(run("({})")).toBe(undefined);
  });

  test("calls functions with primitives and handles", () => {
    const made = engine.evalScript("(a, b, c, d) => JSON.stringify([a, b, c, d.x])", "f.js", {
      strict: true,
    });
    if (!made.ok) throw new Error("no function");
    const object = engine.evalScript("({ x: 7 })", "o.js", { strict: true });
    if (!object.ok) throw new Error("no object");
    expect(take(engine.call(made.value, 1.5, "zwölf", true, object.value))).toBe('[1.5,"zwölf",true,7]');
    made.value.dispose();
    object.value.dispose();
  });

  test("lets code call host functions, which may throw values of the engine", () => {
    const host = engine.newFunction("host", (args) => {
      if (args.kind(0) === "number" && args.number(0) < 0) throw new EngineThrow(engine.toHandle("negative"));
      return `${args.kind(0)}:${args.string(0)}:${args.number(1)}:${args.length}`;
    });
    const made = engine.evalScript(
      "(host) => { try { host(-1) } catch (error) { return error + ' ' + host('x', 2) } }",
      "f.js",
      { strict: true },
    );
    if (!made.ok) throw new Error("no function");
    expect(take(engine.call(made.value, host))).toBe("negative string:x:2:2");
    made.value.dispose();
    host.dispose();
  });

  test("moves bytes both ways", () => {
    let seen: Uint8Array | undefined;
    const host = engine.newFunction("host", (args) => {
      seen = args.bytes(0);
      return Uint8Array.of(9, 8);
    });
    const made = engine.evalScript(
      "(host) => new Uint8Array(host(Uint8Array.of(1, 0, 255).buffer)).join()",
      "f.js",
      {
        strict: true,
      },
    );
    if (!made.ok) throw new Error("no function");
    expect(take(engine.call(made.value, host))).toBe("9,8");
    expect(seen).toEqual(Uint8Array.of(1, 0, 255));
    made.value.dispose();
    host.dispose();
  });

  test("reports rejections that nothing handles, also of async functions", () => {
    run("globalThis.late = Promise.reject('handled later'); (async () => { throw 'from async' })(); 1");
    run("late.catch(() => {})");
    while (engine.hasJobs()) expect(engine.runJobs(256).error).toBeUndefined();
    const reasons = engine.takeUnhandledRejections();
    expect(reasons.map((reason) => engine.toPrimitive(reason))).toEqual(["from async"]);
    for (const reason of reasons) reason.dispose();
  });

  test("stops code when the interrupt handler says so", () => {
    let asked = 0;
    engine.setInterruptHandler(() => ++asked > 3);
    expect(take(engine.evalScript("try { for (;;); } catch {} 1", "loop.js", { strict: true }))).not.toBe(1);
    engine.setInterruptHandler(() => false);
    expect(run("1 + 1")).toBe(2);
  });

  test("notices that memory ran out, and holds its cap", () => {
    run("try { const a = []; for (;;) a.push('x'.repeat(100000) + a.length) } catch {}");
    expect(engine.outOfMemoryCount).toBeGreaterThan(0);
    expect(engine.memoryBytes()).toBeLessThanOrEqual(32 * 1024 * 1024);
    expect(run("1 + 1")).toBe(2);
  });

  test("makes deep recursion a catchable error", () => {
    expect(run("(function f() { try { return f() } catch (error) { return error.name } })()")).toBe(
      "InternalError",
    );
  });

  test("loads modules through its loader", () => {
    engine.setModuleLoader({
      resolve: (importer, specifier) => `${importer}>${specifier}`,
      load: (key) => `export default ${JSON.stringify(key)};`,
    });
    const namespace = engine.evalModule("export { default as a } from 'x';", "main.mjs");
    if (!namespace.ok) throw new Error("did not load");
    const a = engine.getProperty(namespace.value, "a");
    expect(engine.toPrimitive(a)).toBe("main.mjs>x");
    a.dispose();
    namespace.value.dispose();
  });
});
