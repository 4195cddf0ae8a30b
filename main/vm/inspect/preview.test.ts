import { inspect } from "node:util";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { valuePreviewSchema, type PropertyPreview, type ValuePreview } from "../../../shared/model/value";
import type { Description, PropertyDescription } from "./descriptor";
import { previewOf, previewOfPlain, propertyPreviews } from "./preview";
import { TestVm } from "./testing/vm";

let vm: TestVm;
beforeAll(async () => {
  vm = await TestVm.create();
});
afterAll(() => vm.dispose());

function preview(source: string): ValuePreview {
  const found = previewOf(vm.describe(`(${source})`, { keep: true, custom: true }));
  expect(valuePreviewSchema.parse(found)).toEqual(found);
  return found;
}

function properties(objectId: string | undefined, start = 0, count = 100): PropertyPreview[] {
  const listed = JSON.parse(
    vm.call("describer", "properties", objectId, start, count),
  ) as PropertyDescription[];
  return propertyPreviews(listed);
}

describe("a preview of a value that was not described", () => {
  it.each([
    "undefined",
    "null",
    "true",
    "false",
    "0",
    "-0",
    "NaN",
    "Infinity",
    "-Infinity",
    "1.5",
    "-7",
    "1e21",
  ])("is that of the described one: %s", (source) => {
    const values: Readonly<Record<string, undefined | null | boolean>> = {
      undefined: undefined,
      null: null,
      true: true,
      false: false,
    };
    const value = Object.hasOwn(values, source) ? values[source] : Number(source);
    expect(previewOfPlain(value)).toEqual(previewOf(vm.describe(source, { keep: true, custom: true })));
  });
});

describe("a preview", () => {
  it.each([
    ["undefined", { type: "undefined", preview: "undefined" }],
    ["null", { type: "null", preview: "null", json: null }],
    ["42", { type: "number", preview: "42", json: 42 }],
    ["-0", { type: "number", preview: "-0" }],
    ["NaN", { type: "number", preview: "NaN" }],
    ["10n", { type: "bigint", preview: "10n" }],
    ["'text'", { type: "string", preview: "'text'", json: "text", size: 4 }],
    ["Symbol('s')", { type: "symbol", preview: "Symbol(s)" }],
    ["true", { type: "boolean", preview: "true", json: true }],
  ])("of %s", (source, expected) => expect(preview(source)).toEqual(expected));

  it.each([
    ["[1, 2]", "object", "array", "Array", 2],
    ["new Map([[1, 2]])", "object", "map", "Map", 1],
    ["new Set()", "object", "set", "Set", 0],
    ["new Date(0)", "object", "date", "Date", undefined],
    ["/x/", "object", "regexp", "RegExp", undefined],
    ["new Uint8Array(3)", "object", "typedarray", "Uint8Array", 3],
    ["new ArrayBuffer(8)", "object", "arraybuffer", "ArrayBuffer", 8],
    ["new TypeError('x')", "object", "error", "TypeError", undefined],
    ["Promise.resolve(1)", "object", "promise", "Promise", undefined],
    ["new (class Invoice {})()", "object", undefined, "Invoice", undefined],
    ["class Account {}", "function", "class", "Function", undefined],
    ["() => {}", "function", undefined, "Function", undefined],
    ["async () => {}", "function", "async", "AsyncFunction", undefined],
    ["new Proxy([1], {})", "object", "proxy", "Array", 1],
    ["Object.create(null)", "object", undefined, undefined, undefined],
    ["new WeakMap()", "object", "weakmap", "WeakMap", undefined],
    ["Object('s')", "object", "boxed", "String", 1],
    ["(function* () {})()", "object", "generator", "Object", undefined],
    ["new (class M extends Map {})()", "object", "map", "M", 0],
  ])("names the kind of %s", (source, type, subtype, className, size) => {
    const found = preview(source);
    expect([found.type, found.subtype, found.className, found.size]).toEqual([
      type,
      subtype,
      className,
      size,
    ]);
    expect(found.objectId).toMatch(/^o\d+$/);
  });

  it("carries plain data, deeper than its text shows", () => {
    expect(preview("({ a: { b: { c: { d: [1, { e: 'x' }] } } } })").json).toEqual({
      a: { b: { c: { d: [1, { e: "x" }] } } },
    });
    expect(preview("Array.from({ length: 500 }, (_, i) => i)").json).toHaveLength(500);
    expect(preview("Object.assign(Object.create(null), { a: 1 })").json).toEqual({ a: 1 });
  });

  it.each([
    "new Date(0)",
    "({ a: undefined })",
    "({ f() {} })",
    "[, 1]",
    "({ get a() { return 1; } })",
    "new (class A { x = 1 })()",
    "({ [Symbol()]: 1 })",
    "new Map()",
    "(() => { const a = {}; a.a = a; return a; })()",
    "[NaN]",
    "'x'.repeat(1e6)",
    "Array.from({ length: 5000 })",
  ])("claims no data for %s", (source) => expect(preview(source).json).toBeUndefined());

  it("lists first properties", () => {
    expect(preview("({ a: 1, get b() { return 2; }, [Symbol('s')]: 'x' })").properties).toEqual([
      { name: "a", kind: "property", enumerable: true, value: { type: "number", preview: "1" } },
      {
        name: "b",
        kind: "accessor",
        enumerable: true,
        value: { type: "undefined", subtype: "accessor", preview: "[Getter]" },
      },
      {
        name: "[Symbol(s)]",
        kind: "property",
        enumerable: true,
        value: { type: "string", preview: "'x'", size: 1 },
      },
    ]);
    expect(preview("new Map([[{ k: 1 }, [1, [2]]]])").properties).toMatchObject([
      { name: "{ k: 1 }", kind: "entry", value: { preview: "[ 1, [Array] ]" }, key: { preview: "{ k: 1 }" } },
    ]);
    expect(
      preview("Object.fromEntries(Array.from({ length: 100 }, (_, i) => ['k' + i, i]))").properties,
    ).toHaveLength(20);
  });

  it("names private things as developers know them", () => {
    expect(preview("Promise.resolve(5)").properties).toMatchObject([
      { name: "[[PromiseState]]", value: { preview: "fulfilled" } },
      { name: "[[PromiseResult]]", value: { preview: "5" } },
    ]);
  });

  it("shows a class as the class shows itself, only when that is wanted", () => {
    const source = "({ [Symbol.for('nodejs.util.inspect.custom')]() { return 'ITSELF'; } })";
    expect(preview(source).preview).toBe("ITSELF");
    expect(previewOf(vm.describe(source)).preview).toContain("Function");
  });

  it("holds a result of a megabyte within the caps", () => {
    const found = preview("'é'.repeat(1 << 20)");
    expect(found).toMatchObject({ size: 1 << 20, truncated: true });
    expect(JSON.stringify(found).length).toBeLessThan(256 * 1024);
  });
});

describe("kept objects", () => {
  it.each([
    "{ parts: { bulb: { watts: 9 } } }",
    "{ parts: { list: [1, 2], empty: [], none: {}, map: new Map([[1, 2]]), set: new Set([1]), made: new (class Lamp { on = true })() } }",
    "{ parts: { error: Object.assign(new RangeError('no'), { stack: 'RangeError: no', code: 1 }), f() {}, d: new Date(0) } }",
  ])("show what is too deep by its name, as Node does: %s", (source) => {
    const { objectId } = preview(`{ lamp: ${source} }`);
    const lamp = properties(objectId).find(({ name }) => name === "lamp");
    // What is asked for is described one level deep.
    const expected = inspect(runInNewContext(`(${source})`), { depth: 1 });
    expect(lamp?.value?.preview).toBe(expected);
    expect(properties(lamp?.value?.objectId).find(({ name }) => name === "parts")?.value?.preview).toBe(
      inspect(runInNewContext(`(${source}).parts`), { depth: 1 }),
    );
  });

  it("open level by level, without running a getter", () => {
    const root = preview(
      "({ list: [1, { deep: { deeper: true } }], get never() { throw new Error('ran'); } })",
    );
    const [list, never, prototype] = properties(root.objectId);
    expect(list).toMatchObject({ name: "list", kind: "property", value: { subtype: "array", size: 2 } });
    expect(never).toMatchObject({ name: "never", kind: "accessor", value: { preview: "[Getter]" } });
    expect(prototype).toMatchObject({ name: "[[Prototype]]", kind: "internal" });
    const inside = properties(list?.value?.objectId);
    expect(inside.map(({ name }) => name)).toEqual(["0", "1", "length", "[[Prototype]]"]);
    expect(properties(properties(inside[1]?.value?.objectId)[0]?.value?.objectId)[0]).toMatchObject({
      name: "deeper",
      value: { json: true },
    });
  });

  it("run a getter on request", () => {
    const { objectId } = preview(
      "({ n: 20, get twice() { return this.n * 2; }, get [Symbol('s')]() { return 's'; }, get bad() { throw new Error('from the getter'); } })",
    );
    expect(
      previewOf(JSON.parse(vm.call("describer", "invokeGetter", objectId, "twice")) as Description).json,
    ).toBe(40);
    expect(
      previewOf(JSON.parse(vm.call("describer", "invokeGetter", objectId, "[Symbol(s)]")) as Description)
        .json,
    ).toBe("s");
    expect(() => vm.call("describer", "invokeGetter", objectId, "bad")).toThrow("from the getter");
    expect(() => vm.call("describer", "invokeGetter", objectId, "n")).toThrow("no getter");
  });

  it("page through long lists", () => {
    const array = preview("Array.from({ length: 1e6 }, (_, i) => i * 2)");
    expect(properties(array.objectId, 999_998, 3).map(({ name, value }) => [name, value?.json])).toEqual([
      ["999998", 1_999_996],
      ["999999", 1_999_998],
      ["length", 1_000_000],
    ]);
    const map = preview("new Map(Array.from({ length: 1000 }, (_, i) => ['k' + i, { i }]))");
    expect(properties(map.objectId, 500, 2)).toMatchObject([
      { kind: "entry", key: { json: "k500" }, value: { json: { i: 500 } } },
      { key: { json: "k501" } },
    ]);
    expect(properties(preview("new Set([1, 2, 3])").objectId, 1, 1)).toMatchObject([
      { kind: "entry", value: { json: 2 } },
    ]);
    expect(properties(preview("new Uint8Array([7, 8, 9])").objectId, 1, 1)).toMatchObject([
      { name: "1", value: { json: 8 } },
    ]);
  });

  it("show target and handler of a proxy", () => {
    expect(
      properties(preview("new Proxy({ t: 1 }, { get: null })").objectId).map(({ name, value }) => [
        name,
        value?.preview,
      ]),
    ).toEqual([
      ["[[Target]]", "{ t: 1 }"],
      ["[[Handler]]", "{ get: null }"],
    ]);
  });

  it("have one id each, and lose it when they are released", () => {
    vm.run("same = { kept: 1 }; undefined");
    const first = preview("same");
    expect(preview("same").objectId).toBe(first.objectId);
    vm.call("describer", "release", [first.objectId]);
    expect(() => properties(first.objectId)).toThrow("no longer kept");
    expect(preview("same").objectId).not.toBe(first.objectId);
  });

  it("are bounded in number and weight", () => {
    const ids = Array.from({ length: 300 }, () => preview("Array.from({ length: 5000 }, () => 0)").objectId);
    expect(() => properties(ids[0])).toThrow("no longer kept");
    expect(properties(ids.at(-1), 0, 1)).toHaveLength(1);
    vm.run("console.log(Array.from({ length: 100000 }))");
    expect(() => properties(vm.console.at(-1)?.args?.[0]?.objectId)).toThrow("no longer kept");
  });
});
