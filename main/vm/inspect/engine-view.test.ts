import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DENSE_ARRAY, ELEMENTS_ONLY, ENGINE_CLASS } from "./engine-classes";
import { createEngineView } from "./engine-view";
import { TestVm } from "./testing/vm";

const SOURCES: Readonly<Record<keyof typeof ENGINE_CLASS, string>> = {
  object: "({})",
  array: "[, 1]",
  error: "new TypeError()",
  number: "Object(1)",
  string: "Object.assign(Object('s'), { extra: 1 })",
  boolean: "Object(true)",
  symbol: "Object(Symbol())",
  strictArguments: "(function () { 'use strict'; return arguments; })()",
  arguments: "(function () { return arguments; })()",
  date: "new Date()",
  moduleNamespace: "namespace",
  nativeFunction: "Math.max",
  function: "(() => {})",
  boundFunction: "(() => {}).bind()",
  generatorFunction: "(function* () {})",
  regexp: "/x/",
  arrayBuffer: "new ArrayBuffer(1)",
  sharedArrayBuffer: "new SharedArrayBuffer(1)",
  firstTypedArray: "Object.assign(new Uint8ClampedArray(1), { extra: 1 })",
  lastTypedArray: "Object.assign(new Float64Array(1), { extra: 1 })",
  dataView: "new DataView(new ArrayBuffer(1))",
  bigint: "Object(1n)",
  map: "new Map()",
  set: "new Set()",
  weakMap: "new WeakMap()",
  weakSet: "new WeakSet()",
  mapIterator: "new Map().keys()",
  setIterator: "new Set().keys()",
  generator: "(function* () {})()",
  global: "globalThis",
  proxy: "new Proxy({}, {})",
  promise: "Promise.resolve()",
  asyncFunction: "(async () => {})",
  asyncGeneratorFunction: "(async function* () {})",
  asyncGenerator: "(async function* () {})()",
  weakRef: "new WeakRef({})",
};

describe("the engine's view of values", () => {
  let vm: TestVm;
  beforeAll(async () => {
    vm = await TestVm.create();
    const view = createEngineView(vm.context, vm.memory);
    vm.context.setProp(vm.context.global, "view", view);
    view.dispose();
    const namespace = vm.context.unwrapResult(
      vm.context.evalCode("export const x = 1", "m.mjs", { type: "module" }),
    );
    vm.context.setProp(vm.context.global, "namespace", namespace);
    namespace.dispose();
  });
  afterAll(() => vm.dispose());

  it.each(Object.entries(SOURCES))("knows the class %s of %s", (name, source) => {
    expect(vm.run(`view.classOf(${source})`)).toBe(ENGINE_CLASS[name as keyof typeof ENGINE_CLASS]);
  });

  it.each(["Int8", "Uint8", "Int16", "Uint16", "Int32", "Uint32", "Float32", "BigInt64", "BigUint64"])(
    "finds %sArray among the typed arrays",
    (name) => {
      const found = Number(vm.run(`view.classOf(new ${name}Array(1)) & 255`));
      expect(found).toBeGreaterThanOrEqual(ENGINE_CLASS.firstTypedArray);
      expect(found).toBeLessThanOrEqual(ENGINE_CLASS.lastTypedArray);
    },
  );

  it("gives 0 for primitives", () => {
    expect(vm.run("[1, 'x', 1n, null, undefined, true, Symbol()].map(view.classOf).join()")).toBe(
      "0,0,0,0,0,0,0",
    );
  });

  it("knows what an iterator goes over, what it gives, and how far it is", () => {
    vm.run("map = new Map([[1, 2], [3, 4], [5, 6]]); set = new Set([1]); keys = map.keys(); undefined");
    const look = (prepare: string, iterator = "keys"): unknown =>
      vm.run(
        `${prepare}; at = ${iterator}; [view.iterated(at) === map, view.iteratorKind(at), view.entriesGiven(at)].join()`,
      );
    expect(look("0")).toBe("true,0,0");
    expect(look("keys.next(); keys.next()")).toBe("true,0,2");
    expect(look("map.delete(1)")).toBe("true,0,1");
    // The entry at which it stands goes: the engine keeps it, emptied.
    expect(look("map.delete(3)")).toBe("true,0,0");
    expect(look("map.set(7, 8); keys.next()")).toBe("true,0,1");
    expect(look("keys.next(); keys.next()")).toBe("false,0,0");
    expect(look("0", "map.values()")).toBe("true,1,0");
    expect(look("0", "map.entries()")).toBe("true,2,0");
    expect(vm.run("view.iterated(set.values()) === set")).toBe(true);
    expect(vm.run("[view.iterated({}), view.iteratorKind({}), view.entriesGiven(1)].join()")).toBe(",-1,0");
  });

  it("tells dense arrays and objects with elements only", () => {
    const plain = ENGINE_CLASS.array + DENSE_ARRAY + ELEMENTS_ONLY;
    expect(vm.run("view.classOf([1, 2])")).toBe(plain);
    expect(vm.run("view.classOf(Object.assign([1], { extra: 1 }))")).toBe(ENGINE_CLASS.array + DENSE_ARRAY);
    expect(vm.run("view.classOf(Object.defineProperty([1], 0, { get() {} }))")).toBe(ENGINE_CLASS.array);
    expect(vm.run("view.classOf(new Uint8Array(3)) & 512")).toBe(ELEMENTS_ONLY);
    expect(vm.run("view.classOf(Object('abc')) & 512")).toBe(ELEMENTS_ONLY);
    expect(vm.run("(() => { const a = [1]; a.x = 1; delete a.x; return view.classOf(a); })()")).toBe(plain);
  });

  it("sees proxies without running a trap", () => {
    vm.run(`target = { inside: 1 }; ran = 0;
      handler = new Proxy({}, { get() { ran++; } });
      hostile = new Proxy(target, handler);
      undefined;`);
    expect(
      vm.run("view.proxyTarget(hostile) === target && view.proxyHandler(hostile) === handler && ran === 0"),
    ).toBe(true);
    expect(vm.run("view.proxyTarget({}) === undefined && view.proxyTarget(1) === undefined")).toBe(true);
    expect(
      vm.run(
        "(() => { const r = Proxy.revocable({}, {}); r.revoke(); return view.proxyTarget(r.proxy) === null; })()",
      ),
    ).toBe(true);
  });

  it("keeps a proxy's target alive when it hands it out", () => {
    vm.run("for (let i = 0; i < 10000; i++) view.proxyTarget(hostile); hostile = undefined;");
    expect(vm.run("target.inside")).toBe(1);
  });

  it("knows the state of promises", () => {
    expect(vm.run("view.promiseState(new Promise(() => {}))")).toBe(0);
    expect(vm.run("view.promiseResult(Promise.resolve(7))")).toBe(7);
    expect(
      vm.run(
        "(() => { const p = Promise.reject('no'); p.catch(() => {}); return view.promiseState(p) + view.promiseResult(p); })()",
      ),
    ).toBe("2no");
    expect(vm.run("view.promiseState({ then() {} })")).toBe(-1);
  });

  it("still reads memory after it has grown", () => {
    vm.run("grown = []; for (let i = 0; i < 40; i++) grown.push(new Uint8Array(1 << 20));");
    expect(vm.run("view.classOf(new Map())")).toBe(ENGINE_CLASS.map);
    vm.run("grown = undefined");
  });
});
