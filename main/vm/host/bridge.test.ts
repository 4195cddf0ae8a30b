import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import fc from "fast-check";
import { z } from "zod";
import { defineModule, type HostContext, type WireValue } from "../../modules/record";
import { openTestSession, type TestSession } from "../testing";
import { setGuestHalf } from "./native-modules";

/** Guest half that passes everything on to the host half. */
const GUEST = `((bridge) => ({
  take: (...args) => bridge.call("take", ...args),
  give: () => bridge.call("give"),
  giveAsync: () => bridge.callAsync("give"),
  echo: (value) => bridge.call("echo", value),
  hold: (...args) => bridge.callAsync("hold", ...args),
}))`;

let session: TestSession;
let received: WireValue[] = [];
let answer: () => WireValue | Promise<WireValue> = () => undefined;
let context: HostContext | undefined;
let ended = 0;
let cleanUp: () => Promise<void> | void = () => undefined;

const probe = defineModule({
  name: "probe",
  aliases: [],
  summary: "Lets a test see what crosses.",
  risk: "workspace",
  allows: "nothing",
  typings: "",
  members: [],
  example: "",
  configSchema: z.strictObject({}),
  exampleConfig: {},
  effects: () => [],
  createHost: (_config, given: HostContext) => {
    context = given;
    return {
      functions: {
        take: (...args: WireValue[]) => {
          received = args;
        },
        give: () => answer(),
        echo: (value: WireValue) => value,
        hold: () => new Promise<void>((resolve) => setImmediate(resolve)),
      },
      executionEnded: () => {
        ended++;
        return cleanUp();
      },
    };
  },
});

beforeAll(async () => {
  setGuestHalf("probe", GUEST);
  session = await openTestSession({
    records: [probe],
    modules: { probe: {} },
    template: { limits: { cpuMs: 60_000, wallMs: 60_000 } },
  });
  await session.repl("const probe = require('probe')");
});
afterAll(() => session.dispose());
beforeEach(() => {
  received = [];
  answer = () => undefined;
});

/** What the host received when the script passed the value of this expression. */
async function pass(expression: string): Promise<WireValue> {
  expect(await session.repl(`probe.take(${expression})`)).toMatchObject({ status: "ok" });
  return received[0];
}

describe("calls that are under way", () => {
  test.each([
    ["bytes", "new Uint8Array(30e6)"],
    ["texts", "'x'.repeat(15e6)"],
    ["what is inside of objects", "{ list: [new Uint8Array(15e6), 'x'.repeat(7.5e6)] }"],
  ])(
    "hold no more than the session's memory, however often a script hands over the same %s",
    async (_what, value) => {
      // Twice: what has come back is free again.
      for (let round = 0; round < 2; round++) {
        const { result, error } = await session.repl(`
        const value = ${value};
        const calls = [];
        for (let i = 0; i < 20; i++) calls.push(probe.hold(value).then(() => "held", (e) => e.code));
        (await Promise.all(calls)).join()`);
        expect(error).toBeUndefined();
        // 128 MB hold four of 30 MB.
        expect(result?.json).toBe(
          [...Array<string>(4).fill("held"), ...Array<string>(16).fill("MEMORY_LIMIT_EXCEEDED")].join(),
        );
      }
    },
  );
});

describe("values on their way out", () => {
  test.each<[string, WireValue]>([
    ["undefined", undefined],
    ["null", null],
    ["true", true],
    ["-0", -0],
    ["NaN", NaN],
    ["-Infinity", -Infinity],
    ["2 ** 53", 2 ** 53],
    ["0.1", 0.1],
    ["123456789012345678901234567890n", 123456789012345678901234567890n],
    ["-1n", -1n],
    ["''", ""],
    ["'grüße 🎉'", "grüße 🎉"],
    ["'a\\0b'", "a\0b"],
    ["'\\uD800'", "\uD800"],
    ["'x\\uDC00y'", "x\uDC00y"],
    ["'\\uFFFD'", "\uFFFD"],
    ["'l'.repeat(5000) + '\\0' + 'm'", `${"l".repeat(5000)}\0m`],
    ["'ü'.repeat(5000) + '\\uD800'", `${"ü".repeat(5000)}\uD800`],
    ["'\\uFFFD'.repeat(2000)", "\uFFFD".repeat(2000)],
    ["Uint8Array.of(0, 255)", Uint8Array.of(0, 255)],
    ["new Uint8Array(Uint8Array.of(1, 2, 3, 4).buffer, 1, 2)", Uint8Array.of(2, 3)],
    ["new Uint8Array(0)", new Uint8Array(0)],
    ["Uint16Array.of(258)", Uint8Array.of(2, 1)],
    ["Uint8Array.of(7).buffer", Uint8Array.of(7)],
    ["[1, [undefined, null], 'x\\0', -0, 2n]", [1, [undefined, null], "x\0", -0, 2n]],
    ["({ a: 1, b: undefined, c: { d: NaN } })", { a: 1, b: undefined, c: { d: NaN } }],
    ["({ $: 1 })", { $: 1 }],
    ["({ $: ['u'] })", { $: ["u"] }],
    ["({ $: { $: undefined } })", { $: { $: undefined } }],
    ["({ '{\"$\":[': 1 })", { '{"$":[': 1 }],
    [
      "({ a: Uint8Array.of(1), b: [Uint8Array.of(2, 3)] })",
      { a: Uint8Array.of(1), b: [Uint8Array.of(2, 3)] },
    ],
    ["[]", []],
    ["({})", {}],
  ])("%s arrives as it is", async (expression, value) => {
    expect(await pass(expression)).toStrictEqual(value);
  });

  test("several arguments keep their order, whatever their kinds", async () => {
    await session.repl(
      "probe.take(1, 'x'.repeat(2000), { a: Uint8Array.of(1) }, 'y\\0', Uint8Array.of(2), undefined, 'z'.repeat(3000), [3n])",
    );
    expect(received).toStrictEqual([
      1,
      "x".repeat(2000),
      { a: Uint8Array.of(1) },
      "y\0",
      Uint8Array.of(2),
      undefined,
      "z".repeat(3000),
      [3n],
    ]);
  });

  test("a key __proto__ is a key and changes nothing", async () => {
    const value = await pass(
      'JSON.parse(\'{"__proto__": { "admin": true }, "constructor": 1, "prototype": 2}\')',
    );
    expect(Object.keys(value as object)).toEqual(["__proto__", "constructor", "prototype"]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect((value as { admin?: unknown }).admin).toBeUndefined();
  });

  test.each([
    ["a function", "() => {}"],
    ["a symbol", "Symbol('s')"],
    ["a cycle", "(() => { const a = []; a.push(a); return a })()"],
    ["a function deep inside", "({ a: [{ b() {} }] })"],
  ])("%s is refused with a TypeError", async (_name, expression) => {
    expect((await session.repl(`probe.take(${expression})`)).error).toMatchObject({ name: "TypeError" });
  });

  test("a chain that is too deep is an error, not a crash", async () => {
    const outcome = await session.repl(
      "let deep = {}; for (let i = 0; i < 1e5; i++) deep = { deep }; probe.take(deep)",
    );
    expect(outcome).toMatchObject({ status: "error" });
    expect(await session.repl("1")).toMatchObject({ status: "ok" });
  });
});

describe("values on their way in", () => {
  test.each<[string, WireValue, string]>([
    ["undefined", undefined, "value === undefined"],
    ["-0", -0, "Object.is(value, -0)"],
    ["NaN", NaN, "Object.is(value, NaN)"],
    ["text with NUL", "a\0b", "value === 'a\\0b'"],
    ["a lone surrogate", "\uD800", "value === '\\uD800' && value.length === 1"],
    ["long text", "ü".repeat(100_000), "value === 'ü'.repeat(100000)"],
    [
      "bytes",
      Uint8Array.of(1, 255),
      "value instanceof Uint8Array && value.constructor === Uint8Array && value.join() === '1,255'",
    ],
    ["bigint", 2n ** 70n, "value === 2n ** 70n"],
    [
      "nested",
      { a: [1, undefined, { b: Uint8Array.of(3) }], $: 1 },
      "value.a[1] === undefined && '1' in value.a && value.a[2].b[0] === 3 && value.$ === 1",
    ],
    ["only $", { $: ["u"] }, "value.$[0] === 'u'"],
    [
      "a key __proto__",
      JSON.parse('{"__proto__": {"x": 1}}') as WireValue,
      "Object.keys(value).join() === '__proto__' && value.x === undefined",
    ],
  ])("%s arrives as it is", async (_name, value, check) => {
    answer = () => value;
    expect(await session.repl(`(() => { const value = probe.give(); return ${check} })()`)).toMatchObject({
      result: { json: true },
    });
    expect(await session.repl(`probe.giveAsync().then((value) => ${check})`)).toMatchObject({
      result: { json: true },
    });
  });

  test("any value survives there and back", async () => {
    const wire = fc.letrec<{ value: WireValue }>((tie) => ({
      value: fc.oneof(
        { depthSize: "small" },
        fc.constantFrom<WireValue>(
          undefined,
          null,
          true,
          false,
          NaN,
          -0,
          Infinity,
          "",
          "\0",
          "\uD800",
          "__proto__",
        ),
        fc.double(),
        fc.bigInt(),
        fc.string({ unit: "binary" }),
        fc.uint8Array({ maxLength: 8 }),
        fc.array(tie("value"), { maxLength: 4 }),
        fc.dictionary(
          fc.oneof(fc.string(), fc.constantFrom("$", "__proto__", "toJSON", "constructor")),
          tie("value"),
          { maxKeys: 4, noNullPrototype: true },
        ),
      ),
    })).value;
    await fc.assert(
      fc.asyncProperty(wire, async (value) => {
        answer = () => value;
        const outcome = await session.repl("probe.take(probe.echo(probe.give()))");
        expect(outcome.status).toBe("ok");
        // Not the test runner's equality: it asks values for their constructor.
        expect(isDeepStrictEqual(received[0], value)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  test("what is no wire value is the host's mistake, and an error inside", async () => {
    answer = () => (() => 1) as unknown as WireValue;
    expect((await session.repl("probe.give()")).error).toMatchObject({ name: "TypeError" });
  });
});

describe("errors of the host", () => {
  test("keep class, message, code and own properties; never the host's stack", async () => {
    answer = () => {
      throw Object.assign(new RangeError("too far"), {
        code: "E_FAR",
        at: { x: 1n, bytes: Uint8Array.of(1) },
        secret: () => 1,
      });
    };
    const read =
      "[e instanceof RangeError, e.constructor === RangeError, e.message, e.code, e.at.x === 1n, e.at.bytes[0], 'secret' in e, e.stack.includes('.ts'), Object.keys(e).join()]";
    const expected = [true, true, "too far", "E_FAR", true, 1, false, false, "code,at"];
    expect(
      (await session.repl(`(() => { try { probe.give() } catch (e) { return ${read} } })()`)).result?.json,
    ).toEqual(expected);
    expect((await session.repl(`probe.giveAsync().catch((e) => ${read})`)).result?.json).toEqual(expected);
  });

  test("of a class that the VM does not have keep its name and their cause", async () => {
    answer = () => {
      const cause = Object.assign(new TypeError("inner"), { code: "E_INNER" });
      throw Object.assign(new Error("outer", { cause }), { name: "SqliteError" });
    };
    expect(
      (
        await session.repl(
          "(() => { try { probe.give() } catch (e) { return [e instanceof Error, e.name, String(e), e.cause instanceof TypeError, e.cause.code] } })()",
        )
      ).result?.json,
    ).toEqual([true, "SqliteError", "SqliteError: outer", true, "E_INNER"]);
  });

  test("may be anything", async () => {
    for (const thrown of ["text", undefined, null, { a: 1 }]) {
      answer = () => {
        // Packages throw all kinds of things.
        // eslint-disable-next-line @typescript-eslint/only-throw-error
        throw thrown;
      };
      expect((await session.repl("probe.give()")).error).toMatchObject({ name: "Error" });
    }
  });
});

describe("host promises", () => {
  test("settle in the order in which the host settles them", async () => {
    const settle: ((value: WireValue) => void)[] = [];
    answer = () => new Promise((resolve) => settle.push(resolve));
    const running = session.repl(
      "const seen = []; await Promise.all([1, 2].map((n) => probe.giveAsync().then((v) => seen.push(n + v)))); seen",
    );
    await vi.waitFor(() => expect(settle).toHaveLength(2));
    settle[1]?.("b");
    settle[0]?.("a");
    expect((await running).result?.json).toEqual(["2b", "1a"]);
  });

  test("are rejected, and the host is told, when the execution is stopped", async () => {
    const asked = vi.fn(() => new Promise<WireValue>(() => undefined));
    answer = asked;
    const before = ended;
    const running = session.repl(
      "globalThis.waiting = probe.giveAsync(); waiting.catch(() => {}); await waiting",
    );
    await vi.waitFor(() => expect(asked).toHaveBeenCalled());
    const signal = context?.executionSignal();
    expect(signal?.aborted).toBe(false);
    session.runtime.stop();
    expect(await running).toMatchObject({ status: "cancelled" });
    expect(signal?.aborted).toBe(true);
    expect(ended).toBe(before + 1);
    expect((await session.repl("waiting.catch((error) => [error.name, error.code])")).result?.json).toEqual([
      "AbortError",
      "EXECUTION_CANCELLED",
    ]);
  });

  test("that settle after the end change nothing", async () => {
    let settle: ((value: WireValue) => void) | undefined;
    answer = () => new Promise((resolve) => (settle = resolve));
    const running = session.repl("await probe.giveAsync(); console.log('never')");
    await vi.waitFor(() => expect(settle).toBeDefined());
    session.runtime.stop();
    await running;
    settle?.("late");
    await session.repl("await new Promise((resolve) => setTimeout(resolve, 5))");
    expect(session.lines).toEqual([]);
  });

  test("have a signal of their own execution each", async () => {
    await session.repl("1");
    const first = context?.executionSignal();
    expect(context?.mustStop()).toBe(true);
    expect(context?.remainingMs()).toBe(0);
    answer = () => {
      expect(context?.executionSignal()).not.toBe(first);
      expect(context?.executionSignal().aborted).toBe(false);
      expect(context?.mustStop()).toBe(false);
      expect(context?.remainingMs()).toBeGreaterThan(1000);
      context?.emit({ type: "stdout", text: "from the host", source: "probe" });
      return undefined;
    };
    expect(await session.repl("probe.give()")).toMatchObject({ status: "ok" });
    expect(session.events).toContainEqual(
      expect.objectContaining({ type: "stdout", payload: { text: "from the host", source: "probe" } }),
    );
  });
});

describe("a module that does not end what an execution left behind", () => {
  test(
    "costs the session its engine, and the execution says which module it was",
    { timeout: 30_000 },
    async () => {
      const other = await openTestSession({ records: [probe], modules: { probe: {} } });
      cleanUp = () => new Promise(() => undefined);
      try {
        const outcome = await other.run("require('probe'); console.log('kept'); 1");
        expect(outcome).toMatchObject({ status: "crashed", error: { code: "ENGINE_CRASHED" } });
        expect(outcome.error?.message).toContain("probe did not end");
        expect(other.events.map(({ type }) => type)).toEqual(["console", "value", "system"]);
        expect(outcome.metrics.events).toBe(3);
        expect(await other.run("1")).toMatchObject({ status: "crashed" });
      } finally {
        cleanUp = () => undefined;
        await other.dispose();
      }
    },
  );

  test("one that throws does not matter", async () => {
    const other = await openTestSession({ records: [probe], modules: { probe: {} } });
    cleanUp = () => {
      throw new Error("no");
    };
    try {
      expect(await other.run("require('probe'); 1")).toMatchObject({ status: "ok" });
    } finally {
      cleanUp = () => undefined;
      await other.dispose();
    }
  });
});
