import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { previewOf } from "./preview";
import { TestVm } from "./testing/vm";
import { SLACK_MS } from "../../testing/slack";

let vm: TestVm;
beforeAll(async () => {
  vm = await TestVm.create();
});
afterAll(() => vm.dispose());

/** Describes and previews soon, whatever the value is. */
function preview(source: string): ReturnType<typeof previewOf> {
  const started = performance.now();
  const found = previewOf(vm.describe(source, { keep: true }));
  expect(performance.now() - started).toBeLessThan(SLACK_MS);
  return found;
}

describe("values that cross the boundary are plain and capped", () => {
  it.each([
    ["throwing getters", "({ get a() { throw new Error('never'); } })", "{ a: [Getter] }"],
    ["endless getters", "({ get a() { for (;;); } })", "{ a: [Getter] }"],
    ["endless toJSON", "({ toJSON() { for (;;); } })", "{ toJSON: [Function: toJSON] }"],
    [
      "endless Symbol.toStringTag",
      "({ get [Symbol.toStringTag]() { for (;;); } })",
      "{ [Symbol(Symbol.toStringTag)]: [Getter] }",
    ],
    ["an endless static name", "class Given { static get name() { for (;;); } }", "[class Given]"],
    [
      "an instance of a class with an endless static name",
      "new (class Given { static get name() { for (;;); } })()",
      "Given {}",
    ],
    ["a static name that is a method", "class Given { static name() {} }", "[class Given]"],
    ["endless Symbol.hasInstance", "new (class A { static [Symbol.hasInstance]() { for (;;); } })()", "A {}"],
    ["a constructor that is a getter", "({ get constructor() { for (;;); } })", "{ constructor: [Getter] }"],
    ["a length that is huge", "({ length: 2 ** 53 - 1 })", "{ length: 9007199254740991 }"],
  ])("runs nothing for %s", (_name, source, text) => {
    vm.limit(5_000);
    expect(preview(`(${source})`).preview).toBe(text);
    vm.limit(0);
  });

  it("runs no trap of a proxy, whatever traps it has", () => {
    vm.run(`ran = [];
      hostile = new Proxy({ a: 1 }, new Proxy({}, { get(_, trap) { ran.push(trap); for (;;); } }));
      undefined;`);
    expect(preview("hostile").preview).toBe("{ a: 1 }");
    expect(preview("hostile").subtype).toBe("proxy");
    expect(preview("[hostile, { hostile }]").preview).toBe("[ { a: 1 }, { hostile: { a: 1 } } ]");
    expect(preview("Object.create(hostile)").preview).toContain("{}");
    expect(
      preview("class_ = class extends Object {}; Object.setPrototypeOf(new class_(), hostile)").preview,
    ).toContain("{}");
    expect(vm.inspect("hostile", { showProxy: true, depth: 0 })).toBe("Proxy [ [Object], Proxy [Array] ]");
    expect(
      vm.inspect("(() => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy; })()", {
        showProxy: true,
      }),
    ).toBe("<Revoked Proxy>");
    expect(vm.run("ran.length")).toBe(0);
  });

  it("survives a proxy of a proxy of a proxy …", () => {
    vm.run("chain = {}; for (let i = 0; i < 5000; i++) chain = new Proxy(chain, {}); undefined");
    expect(preview("chain").preview).toBe("<Revoked Proxy>");
  });

  it("cuts a chain of a million objects", () => {
    vm.run("deep = null; for (let i = 0; i < 1e6; i++) deep = { next: deep }; undefined");
    expect(preview("deep")).toMatchObject({
      preview: "{ next: { next: { next: [Object] } } }",
      truncated: true,
    });
    expect(vm.inspect("deep", { depth: null }).length).toBeLessThan(2_000_000);
    vm.run("while (deep) { const next = deep.next; deep.next = null; deep = next; }");
  });

  it("cuts prototypes in a row", () => {
    vm.run("protos = {}; for (let i = 0; i < 1e5; i++) protos = Object.create(protos); undefined");
    expect(preview("protos").preview).toContain("{}");
    vm.run(
      "while (protos && Object.getPrototypeOf(protos)) { const next = Object.getPrototypeOf(protos); Object.setPrototypeOf(protos, null); protos = next; }",
    );
  });

  it("cuts a string of a hundred megabytes", () => {
    const found = preview("'x'.repeat(100 * 1024 * 1024)");
    expect(found.size).toBe(100 * 1024 * 1024);
    expect(found.preview.length).toBeLessThan(20_000);
    expect(found.preview).toMatch(/\.\.\. \d+ more characters$/);
    expect(found).toMatchObject({ truncated: true });
    expect(found.json).toBeUndefined();
  });

  it("cuts many long strings", () => {
    const found = preview("Array.from({ length: 1000 }, () => 'y'.repeat(100000))");
    expect(found.preview.length).toBeLessThan(1_100_000);
    expect(found.truncated).toBe(true);
  });

  it("cuts breadth: long arrays, large maps, objects with many keys", () => {
    expect(preview("Array.from({ length: 1e5 }, (_, i) => i)").preview).toContain("... 99900 more items");
    expect(preview("new Map(Array.from({ length: 1e5 }, (_, i) => [i, i]))").preview).toMatch(
      /^Map\(100000\) {[^]*\.\.\. 99900 more items/,
    );
    expect(preview("new Set(Array.from({ length: 1e5 }, (_, i) => i))").preview).toMatch(
      /^Set\(100000\) {[^]*\.\.\. 99900 more items/,
    );
    expect(preview("new Uint8Array(2e7)").preview).toMatch(
      /^Uint8Array\(20000000\) [^]*\.\.\. 19999900 more items/,
    );
    expect(
      preview("Object.fromEntries(Array.from({ length: 1e5 }, (_, i) => ['k' + i, i]))").preview,
    ).toContain("'99000 more properties'");
  });

  it("does not write a shared object out a billion times", () => {
    vm.run("bomb = []; for (let i = 0; i < 40; i++) bomb = [bomb, bomb]; undefined");
    const started = performance.now();
    expect(vm.inspect("bomb", { depth: null }).length).toBeLessThan(10_000_000);
    expect(performance.now() - started).toBeLessThan(SLACK_MS);
  });

  it("keeps hostile names to themselves", () => {
    const found = preview(
      'JSON.parse(\'{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}\')',
    );
    expect(found.json).toEqual(
      JSON.parse('{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}'),
    );
    expect(Reflect.get({}, "polluted")).toBeUndefined();
    expect(
      preview("({ __defineGetter__: 1, hasOwnProperty: 2, toString: 3, valueOf: 4, then: 5 })").preview,
    ).toContain("hasOwnProperty: 2");
  });

  it("calls nothing of the script on the host: a then, a toString, an inspect function", () => {
    expect(preview("Promise.resolve([{ then: 1 }])").preview).toBe("Promise { [ { then: 1 } ] }");
    expect(preview("({ [Symbol.for('nodejs.util.inspect.custom')]: () => { for (;;); } })").preview).toBe(
      "{\n  [Symbol(nodejs.util.inspect.custom)]: [Function: [nodejs.util.inspect.custom]]\n}",
    );
  });

  it("survives scripts that replace intrinsics", async () => {
    const ruined = await TestVm.create();
    ruined.run(`
      const kept = new Map([[1, new Set([2])]]);
      const { ownKeys, defineProperty } = Reflect;
      const evil = () => { throw new Error("reached"); };
      const owners = [Array.prototype, String.prototype, Map.prototype, Set.prototype, WeakMap.prototype, WeakRef.prototype,
        Function.prototype, Number.prototype, Object.getPrototypeOf(new Map().entries()), Object.getPrototypeOf([].values()),
        Object.getPrototypeOf(new Set().values()), Symbol.prototype, RegExp.prototype, Date.prototype, Object, Reflect, JSON, Math];
      for (let o = 0; o < owners.length; o++) {
        const keys = ownKeys(owners[o]);
        for (let k = 0; k < keys.length; k++) {
          if (keys[k] !== "constructor" && keys[k] !== "length") defineProperty(owners[o], keys[k], { value: evil });
        }
      }
      undefined;`);
    ruined.run(
      "console.log({ a: [1, kept] }, 'x', 5); console.table([{ a: 1 }]); console.log('%s|%j|%d', 1, 2, 3)",
    );
    expect(ruined.console.map(({ text }) => text)[0]).toBe("{ a: [ 1, Map(1) { 1 => [Set] } ] } x 5");
    expect(ruined.console.map(({ text }) => text)[2]).toBe("1|2|3");
    expect(previewOf(ruined.describe("({ a: [1, kept], b: { c: 'x' } })")).preview).toBe(
      "{ a: [ 1, Map(1) { 1 => [Set] } ], b: { c: 'x' } }",
    );
    ruined.dispose();
  });

  it("survives a polluted Object.prototype and Array.prototype", async () => {
    const polluted = await TestVm.create();
    polluted.run(`
      const bare = (o) => Object.setPrototypeOf(o, null);
      for (const name of ["value", "get", "set", "enumerable", "k", "n", "v", "toJSON", "done", "writable", "p", "c", "d", "x", "keep", "custom"]) {
        Object.defineProperty(Object.prototype, name, bare({ configurable: true, get() { throw new Error("reached " + name); }, set() { throw new Error("set " + name); } }));
      }
      undefined;`);
    polluted.run(
      "console.log('%s %o', { a: 1 }, [1]); console.log([1, { b: 2 }]); console.dir({ a: 1 }); console.table([{ a: 1 }]); console.group(); console.count(); console.groupEnd()",
    );
    expect(polluted.console.map(({ text }) => text)).toEqual(
      expect.arrayContaining(["[ 1, { b: 2 } ]", "{ a: 1 }"]),
    );
    expect(polluted.run("try { console.table([], 5); } catch (error) { error.code; }")).toBe(
      "ERR_INVALID_ARG_TYPE",
    );
    polluted.run(`
      for (const index of [0, 1, 2, 3]) {
        Object.defineProperty(Array.prototype, index, bare({ configurable: true, get() { throw new Error("reached"); }, set() { throw new Error("set"); } }));
      }
      undefined;`);
    const found = previewOf(
      polluted.describe("({ a: 1, list: [1, , 3], m: new Map([[1, { z: 2 }]]), e: new Error('x'), f() {} })"),
    );
    expect(found.preview).toContain("list: [ 1, <1 empty item>, 3 ]");
    expect(polluted.inspect("[{ a: 1 }]", {})).toBe("[ { a: 1 } ]");
    polluted.dispose();
  });

  it("stops at the deadline while it reads a value that takes long", () => {
    vm.limit(200);
    const started = performance.now();
    expect(() =>
      vm.run("console.log({ [Symbol.for('nodejs.util.inspect.custom')]() { for (;;); } })"),
    ).toThrow();
    expect(performance.now() - started).toBeLessThan(SLACK_MS);
    vm.limit(0);
    expect(preview("1 + 1").preview).toBe("2");
  });
});
