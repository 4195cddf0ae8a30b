import { inspect } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TestVm } from "./testing/vm";
import { ERRORS, VALUES } from "./testing/values";

let vm: TestVm;
// The test runner formats stacks itself, in another way than Node.
const formatStack = Reflect.get(Error, "prepareStackTrace") as unknown;
beforeAll(async () => {
  vm = await TestVm.create();
  Reflect.set(Error, "prepareStackTrace", undefined);
});
afterAll(() => {
  Reflect.set(Error, "prepareStackTrace", formatStack);
  vm.dispose();
});

/** What Node makes of the same source; indirect, so that it runs in sloppy global code as in the session. */
function inNode(source: string): unknown {
  return (0, eval)(`(${source})`) as unknown;
}

/** Frames name other files and functions in the two engines. */
function withoutFrames(text: string): string {
  return text
    .replace(/\n\s+at .*/g, "\n<frame>")
    .replace(/(\n<frame>)+/g, "\n<frames>")
    .replace(/\n\s+\.\.\. \d+ lines matching cause stack trace \.\.\./g, "")
    .replace(/(\n<frames>)+/g, "\n<frames>");
}

describe("the text of a value equals Node's util.inspect", () => {
  it("has at least 150 values in its table", () => {
    expect(VALUES.length + ERRORS.length).toBeGreaterThanOrEqual(150);
  });

  it.each(VALUES)("%s", (source) => {
    expect(vm.inspect(`(${source})`)).toBe(inspect(inNode(source)));
  });

  it.each(ERRORS)("%s, its frames apart", (source) => {
    expect(withoutFrames(vm.inspect(`(${source})`))).toBe(withoutFrames(inspect(inNode(source))));
  });
});

describe("where the text differs from Node's on purpose", () => {
  it.each([
    [
      "a Symbol.toStringTag getter is not run",
      "new (class A { get [Symbol.toStringTag]() { return 'T'; } })()",
      "A {}",
      "A [T] {}",
    ],
    [
      "a static name getter is not run",
      "class A { static get name() { return 'T'; } }",
      "[class A]",
      "[class T]",
    ],
    [
      "only V8 remembers the class of an object without prototype",
      "(() => { class A {} return Object.setPrototypeOf(new A(), null); })()",
      "[Object: null prototype] {}",
      "[A: null prototype] {}",
    ],
    ["the engine's Array.prototype is no array", "Array.prototype", "{}", "Object(0) []"],
  ])("%s", (_why, source, session, node) => {
    expect(inspect(inNode(source))).toBe(node);
    expect(vm.inspect(`(${source})`)).toBe(session);
  });
});
