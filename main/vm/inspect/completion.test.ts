import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Completion } from "../session-runtime";
import { findPlace } from "../repl/place";
import { TestVm } from "./testing/vm";

let vm: TestVm;
beforeAll(async () => {
  vm = await TestVm.create();
  vm.run(`
    var invoice = { total: 5, pay() {}, "odd key": 1, nested: { deep: { deepest: true } }, list: [1, { inList: 1 }], get never() { throw new Error("ran"); } };
    class Account { constructor() { this.owner = "x"; } deposit() {} get balance() { throw new Error("ran"); } static open() {} }
    globalThis.Account = Account; globalThis.account = new Account();
    var trapped = new Proxy({ visible: 1 }, new Proxy({}, { get() { throw new Error("trap"); } }));
    var bytes = new Uint8Array(1e6); var large = Array.from({ length: 1e6 }); var text = "hello";
    undefined;`);
});
afterAll(() => vm.dispose());

function complete(source: string, context?: object): { from: number; items: Completion[] } {
  const place = findPlace(source);
  const args = [JSON.stringify(place), ...(context === undefined ? [] : [JSON.stringify(context)])];
  const found = JSON.parse(vm.call("completer", "complete", ...args)) as { items: Completion[] };
  return { from: source.length - ("prefix" in place ? place.prefix.length : 0), items: found.items };
}
const labels = (source: string, context?: object): string[] =>
  complete(source, context).items.map(({ label }) => label);

describe("completion from live values", () => {
  it("lists members, the object's own first", () => {
    expect(labels("invoice.").slice(0, 5)).toEqual(["total", "pay", "nested", "list", "never"]);
    expect(complete("1 + invoice.to").from).toBe(12);
    expect(complete("1 + invoice.to").items[0]).toEqual({
      label: "total",
      kind: "property",
      detail: "number",
    });
    expect(complete("invoice.pa").items).toEqual([{ label: "pay", kind: "method", detail: "function" }]);
  });

  it.each([
    ["invoice.nested.deep.", "deepest"],
    ["invoice?.nested?.deep.", "deepest"],
    ["invoice['nested'].deep.d", "deepest"],
    ["invoice.list[1].", "inList"],
    ["invoice . nested . ", "deep"],
    ["foo(invoice.nes", "nested"],
    ["[...invoice.nes", "nested"],
    ["x = `${invoice.nes", "nested"],
    ["text.toUp", "toUpperCase"],
    ["'lit'.toUp", "toUpperCase"],
    ["[].fla", "flatMap"],
    ["Math.ma", "max"],
    ["account.dep", "deposit"],
    ["Account.op", "open"],
    ["this.invo", "invoice"],
    ["globalThis.invo", "invoice"],
    ["trapped.", "visible"],
    ["bytes.subar", "subarray"],
    ["large.leng", "length"],
    ["text.len", "length"],
    ["[1, 2].ma", "map"],
    ["[[1], {}].ma", "map"],
    ["x = [1,\n 2]\n  .fil", "filter"],
    ["'abc'.sl", "slice"],
    ['"a.b(c".sl', "slice"],
    ["`a ${[1, `b`].length} c`.sl", "slice"],
    ["`${invoice.to", "total"],
    ["`${1} ${invoice.nested.d", "deep"],
    ["(5).toF", "toFixed"],
    ["5..toF", "toFixed"],
    ["1.5.toF", "toFixed"],
    ["5n.toS", "toString"],
    ["true.val", "valueOf"],
    ["/a[/]b/g.te", "test"],
    ["({ a: 1 }).has", "hasOwnProperty"],
    ["new Map().s", "set"],
    ["new Map([[1, 2]]).s", "set"],
    ["new Account(1, (2)).dep", "deposit"],
    ["new Date().getF", "getFullYear"],
    ["new Map().set.ca", "call"],
    ["invoice.list[0].toF", "toFixed"],
    ["invoice?.list?.[1].in", "inList"],
    ["invoice?.['list'][1].in", "inList"],
    ["(invoice).nes", "nested"],
    ["((invoice.nested)).d", "deep"],
    ["await invoice.nes", "nested"],
    ["(await invoice).nes", "nested"],
    ["invoice.total / invoice.nes", "nested"],
    ["if (invoice) invoice.nes", "nested"],
    ["const x: Foo = invoice.nes", "nested"],
    ["return [invoice.nes", "nested"],
    ["const s = 'it'\ninvoice.nes", "nested"],
    ["@nonsense\ninvoice.nes", "nested"],
  ])("%s finds %s", (source, label) => expect(labels(source)).toContain(label));

  it("runs no getter and no trap", () => {
    expect(complete("account.bal").items).toEqual([{ label: "balance", kind: "property", detail: "getter" }]);
    expect(labels("account.balance.")).toEqual([]);
    expect(labels("invoice.never.")).toEqual([]);
    expect(labels("trapped.visible.toFix")).toEqual(["toFixed"]);
  });

  it("runs no call", () => {
    expect(labels("invoice.pay().")).toEqual([]);
    for (const source of [
      "pay(invoice).",
      "invoice.pay(1)[0].",
      "invoice.pay?.(1).",
      "invoice.list.map(String)[0].",
      "invoice.pay`x`.",
      "(invoice, 1).",
      "(1 + invoice).",
      "invoice[text].",
      "new Map().get(1).",
      "new account.deposit().x.",
      "function f() {}.",
      "super.",
    ])
      expect(labels(source), source).toEqual([]);
  });

  it("completes quoted keys, also those that are no identifiers", () => {
    expect(labels('invoice["od')).toEqual(["odd key"]);
    expect(labels("invoice['")).toContain("odd key");
    expect(labels("invoice.odd")).toEqual([]);
  });

  it("completes names: globals, declared names, keywords", () => {
    expect(complete("Acc").items).toEqual([{ label: "Account", kind: "class", detail: "class" }]);
    expect(labels("invo")).toEqual(["invoice"]);
    expect(complete("wh").items).toEqual([{ label: "while", kind: "keyword" }]);
    expect(labels("decl", { names: ["declared"] })).toEqual(["declared"]);
    expect(labels("setT").concat(labels("struct"))).toContain("structuredClone");
  });

  it("completes modules inside require and import", () => {
    const context = { modules: ["fs", "path", "lodash"] };
    expect(labels('require("', context)).toEqual(["fs", "path", "lodash"]);
    expect(labels("const x = require('pa", context)).toEqual(["path"]);
    expect(labels('import fs from "f', context)).toEqual(["fs"]);
    expect(labels('await import("lo', context)).toEqual(["lodash"]);
    expect(labels('import "', context)).toHaveLength(3);
  });

  it("says nothing inside strings, comments and numbers", () => {
    for (const source of [
      "'invoice.",
      "// invoice.",
      "/* invoice.",
      "12.",
      "`invoice.",
      "`${1} invoice.",
      "12.to",
      "x = 'a' // invoice.",
      "/invoice.",
    ])
      expect(labels(source)).toEqual([]);
    expect(labels("'done'; invoice.pa")).toEqual(["pay"]);
    expect(labels("/* x */ invoice.pa")).toEqual(["pay"]);
  });

  it("is bounded", () => {
    vm.run(
      "var wide = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => ['key' + i, i])); undefined",
    );
    expect(labels("wide.")).toHaveLength(200);
    labels("large.");
    labels(`${"x = 1;\n".repeat(100_000)}invoice.`);
  });

  it("survives replaced intrinsics", async () => {
    const other = await TestVm.create();
    other.run(
      "var kept = { a: 1 }; Reflect.ownKeys = Object.keys = String.prototype.startsWith = RegExp.prototype.exec = () => { throw new Error('reached'); }; undefined",
    );
    expect(other.call("completer", "complete", JSON.stringify(findPlace("kept.")))).toContain('"label":"a"');
    other.dispose();
  });
});
