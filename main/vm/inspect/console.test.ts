import { Console } from "node:console";
import { Writable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { consolePayloadSchema } from "../../../shared/model/event";
import { TestVm } from "./testing/vm";

let vm: TestVm;
beforeEach(async () => {
  vm = await TestVm.create();
});
afterEach(() => vm.dispose());

/** What Node's own console writes for the same calls. */
function inNode(source: string): string {
  let written = "";
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      written += chunk.toString();
      done();
    },
  });
  const console = new Console({ stdout: stream, stderr: stream, colorMode: false });
  // Run with Node's console in place of the global one.
  const run = (0, eval)(`(console) => { ${source} }`) as (given: Console) => void;
  run(console);
  return written;
}

function inSession(source: string): string {
  vm.run(`${source}\n;undefined`);
  for (const payload of vm.console) consolePayloadSchema.parse(payload);
  // A stream writes UTF-8, which has no lone surrogates.
  return Buffer.from(vm.console.map(({ text }) => `${text}\n`).join("")).toString();
}

describe("the console writes what Node's console writes", () => {
  it.each([
    "console.log()",
    "console.log('')",
    "console.log('plain')",
    "console.log('a', 'b', 1, -0, 2n, true, null, undefined, Symbol('s'))",
    "console.log('sum', 20)",
    "console.log(1, 'x')",
    "console.log({ a: 1 }, [1, 2], 'x')",
    "console.log('%s is %d', 'x', 5)",
    "console.log('%s', { a: { b: 1 } })",
    "console.log('%s', [1, [2, [3]]])",
    "console.log('%s %s', 'one')",
    "console.log('%s', 'one', 'two', { three: 3 })",
    "console.log('100%', 5)",
    "console.log('%%', 1)",
    "console.log('%%')",
    "console.log('a%', 1)",
    "console.log('%x %s', 1)",
    "console.log('%d %i %f', '42.5', '42.5', '42.5')",
    "console.log('%d', {})",
    "console.log('%d %i %f', Symbol('x'), Symbol('x'), Symbol('x'))",
    "console.log('%d %i', 5n, 6n)",
    "console.log('%d', -0)",
    "console.log('%i', -0.5)",
    "console.log('%f', 'x')",
    "console.log('%j', { a: [1, undefined] })",
    "console.log('%j', undefined)",
    "(() => { const a = {}; a.a = a; console.log('%j', a); })()",
    "console.log('%j', { toJSON() { return 'own'; } })",
    "console.log('%o', { a: { b: { c: { d: { e: {} } } } } })",
    "console.log('%o', [1, 2])",
    "const f = (a, b) => 1; console.log('%o %o', f, { m() {} })",
    "console.log('%O', { a: { b: { c: { d: 1 } } } })",
    "console.log('%o', 'text')",
    "console.log('%O', 'text')",
    "console.log('%o|%O', 5, -0)",
    "console.log('%c styled', 'color: red')",
    "console.log('%c', 'x', 'y')",
    "console.log('%s', () => 1)",
    "console.log('%s', class A {})",
    "console.log('%s', Symbol('s'))",
    "console.log('%s', -0)",
    "console.log('%s', 12n)",
    "console.log('%s', null, undefined)",
    "console.log('%s', { toString() { return 'own'; } })",
    "console.log('%s', new (class A { toString() { return 'class'; } })())",
    "console.log('%s', new (class A {})())",
    "console.log('%s', new Date(0))",
    "console.log('%s', Object.create(null))",
    "console.log('%s', { [Symbol.toPrimitive]() { return 'prim'; } })",
    "console.log('%s', new Map([[1, 2]]))",
    "console.log('%s', new (class E extends Array {})(3))",
    "console.log('%s', 'x'.repeat(11000))",
    "console.log({ s: 'x'.repeat(11000) })",
    "console.log('x'.repeat(20000))",
    "console.info('info')",
    "console.debug('debug', 1)",
    "console.warn('warn')",
    "console.error('error', { a: 1 })",
    "console.dir({ a: { b: { c: { d: 1 } } } })",
    "console.dir({ a: { b: { c: { d: 1 } } } }, { depth: 0 })",
    "console.dir({ a: 1, [Symbol('x')]: 2 }, { showHidden: true })",
    "console.dirxml({ a: 1 }, [2])",
    "console.dir('text')",
    "console.assert(true, 'no')",
    "console.assert(false)",
    "console.assert(false, 'yes', 1)",
    "console.assert(false, '%s!', 'x')",
    "console.assert(0, { a: 1 })",
    "console.count(); console.count(); console.count('x'); console.countReset(); console.count()",
    "console.count(5)",
    "console.group('G'); console.log('in'); console.group(); console.log('two\\nlines'); console.log({ a: 1, b: 'x'.repeat(80) }); console.groupEnd(); console.log('back'); console.groupEnd(); console.groupEnd(); console.log('out')",
    "console.groupCollapsed('C', 1); console.warn('w'); console.groupEnd()",
    "console.group(); console.table([[1]]); console.groupEnd()",
    "console.table([{ a: 1, b: 'x' }, { a: 2, c: true }])",
    "console.table([[1, 2], [3, 4]])",
    "console.table([1, 'two', { three: 3 }])",
    "console.table([{ a: 1, b: 2 }], ['b'])",
    "console.table([{ a: 1 }], ['none'])",
    "console.table(new Map([['k', 1], ['l', { x: 1 }]]))",
    "console.table(new Set([1, 'b']))",
    "console.table(new Map([['k', 1], ['l', { x: 1 }]]).entries())",
    "console.table(new Map([['k', 1], ['l', 1]]).values())",
    "console.table(new Set([1, 'b']).values())",
    "console.table({ x: { a: 1 }, y: { a: 2 } })",
    "console.table('text')",
    "console.table(5)",
    "console.table(null)",
    "console.table([])",
    "console.table({})",
    "console.table([{ deep: { a: { b: 1 } }, list: [1, 2, 3, 4, 5] }])",
    "console.table([{ 'ü€': '日本' }])",
    "console.table([[], [1]])",
    "console.table([Symbol('x'), () => {}])",
    "console.log(new Proxy({ a: 1 }, {}))",
    "console.log([,'x'])",
    "console.log(new Map([[{ a: 1 }, new Set([1])]]))",
    "console.log({ [Symbol.for('nodejs.util.inspect.custom')]() { return 'CUSTOM'; } })",
    "console.log([{ [Symbol.for('nodejs.util.inspect.custom')]() { return { other: 'value' }; } }])",
    "console.log({ a: { [Symbol.for('nodejs.util.inspect.custom')](depth, options) { return 'depth ' + depth + ' ' + options.depth; } } })",
    "console.log({ a: { [Symbol.for('nodejs.util.inspect.custom')](depth, options, inspect) { return 'x\\ny ' + inspect({ z: 1 }, options); } } })",
    "console.log(class A { static [Symbol.for('nodejs.util.inspect.custom')]() { return 'static'; } })",
    "console.dir({ [Symbol.for('nodejs.util.inspect.custom')]() { return 'CUSTOM'; } })",
    "console.log({ [Symbol.for('nodejs.util.inspect.custom')]() { return this; }, a: 1 })",
    "console.log({ [Symbol.for('nodejs.util.inspect.custom')]() { return 42; } })",
    "console.log('\\u0000 nul and \\ud800 lone', { s: '\\ud800\\u0000' })",
    "console.clear()",
    "const { log } = console; log('unbound')",
    "console.log(...Array.from({ length: 120 }, (_, i) => i))",
  ])("%s", (source) => {
    expect(inSession(source)).toBe(inNode(source));
  });

  it("throws what a custom inspection throws", () => {
    expect(() =>
      vm.run("console.log({ [Symbol.for('nodejs.util.inspect.custom')]() { throw new Error('mine'); } })"),
    ).toThrow("mine");
  });

  it("measures times, and says when a label is missing", () => {
    vm.run(
      "console.time('t'); console.timeLog('t', { a: 1 }, 'x'); console.timeEnd('t'); console.timeEnd('t'); console.time(); console.time(); console.timeEnd()",
    );
    expect(vm.console.map(({ text, level, method }) => `${level} ${method} ${text}`)).toEqual([
      expect.stringMatching(/^log timeLog t: [\d.]+ms \{ a: 1 \} x$/),
      expect.stringMatching(/^log timeEnd t: [\d.]+ms$/),
      "warn timeEnd Warning: No such label 't' for console.timeEnd()",
      "warn time Warning: Label 'default' already exists for console.time()",
      expect.stringMatching(/^log timeEnd default: [\d.]+ms$/),
    ]);
  });

  it("traces with the caller's frames", () => {
    vm.run(
      "function outer() { inner(); } function inner() { console.trace('here %d', 5, { a: 1 }); } outer();",
    );
    expect(vm.console[0]).toMatchObject({ level: "error", method: "trace" });
    expect(vm.console[0]?.text).toMatch(/^Trace: here 5 \{ a: 1 \}\n +at inner .*\n +at outer /);
  });
});

describe("console payloads", () => {
  it("carry level, method and group", () => {
    vm.run(
      "console.group('g'); console.warn('w'); console.info('i'); console.debug('d'); console.error('e')",
    );
    expect(vm.console).toEqual([
      { level: "log", method: "group", text: "g" },
      { level: "warn", method: "warn", text: "  w", group: 1 },
      { level: "info", method: "info", text: "  i", group: 1 },
      { level: "debug", method: "debug", text: "  d", group: 1 },
      { level: "error", method: "error", text: "  e", group: 1 },
    ]);
  });

  it("carry previews of objects with ids, and nothing for plain text", () => {
    vm.run("console.log('plain', 1); console.log('object', { a: 1 })");
    expect(vm.console[0]).not.toHaveProperty("args");
    expect(vm.console[1]?.args).toMatchObject([
      { type: "string", preview: "'object'" },
      {
        type: "object",
        className: "Object",
        preview: "{ a: 1 }",
        objectId: expect.stringMatching(/^o\d+$/) as string,
        json: { a: 1 },
      },
    ]);
  });

  it("carry the data of tables", () => {
    vm.run(
      "console.table([{ a: 1, b: 'x' }, { b: 'y' }]); console.table(new Map([['k', 1]])); console.table([1])",
    );
    expect(vm.console.map(({ table }) => table)).toEqual([
      {
        columns: ["(index)", "a", "b"],
        rows: [
          ["0", "1", "'x'"],
          ["1", "", "'y'"],
        ],
      },
      { columns: ["(iteration index)", "Key", "Values"], rows: [["0", "'k'", "1"]] },
      { columns: ["(index)", "Values"], rows: [["0", "1"]] },
    ]);
  });

  it("come with a stack to locate the caller, but not in a flood", () => {
    vm.run("function caller() { console.log('x'); }\ncaller();");
    expect(vm.stacks[0]).toMatch(/at caller \(script\.js:1/);
    vm.run("for (let i = 0; i < 12_000; i++) console.log('flood')");
    expect(vm.stacks.filter((stack) => stack !== "").length).toBeLessThan(10_000);
  });

  it("restores the margin between executions", () => {
    vm.run("console.group(); console.group(); undefined");
    vm.call("controls", "reset");
    vm.run("console.log('margin'); undefined");
    expect(vm.console.at(-1)).toEqual({ level: "log", method: "log", text: "margin" });
  });

  it("has every function of Node's console that needs no terminal", () => {
    const missing = Object.keys(console)
      .filter(
        (name) => !["Console", "profile", "profileEnd", "timeStamp", "context", "createTask"].includes(name),
      )
      .filter(
        (name) => vm.run(`typeof console[${JSON.stringify(name)}]`) !== "function" && !name.startsWith("_"),
      );
    expect(missing).toEqual([]);
    expect(vm.run("Object.prototype.toString.call(console) + console.log.name + console.warn.name")).toBe(
      "[object console]logwarn",
    );
  });
});
