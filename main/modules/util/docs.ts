import type { MemberDoc } from "../../../shared/model/module";

const argType = (when: string) => ({ code: "ERR_INVALID_ARG_TYPE", when });

/** Docs of the members of `util`. */
export const members: readonly MemberDoc[] = [
  {
    name: "inspect",
    signature: "inspect(value: unknown, options?: InspectOptions): string",
    summary:
      "The text that `console.log` shows for a value, with options for depth, width, colours and order. `inspect.custom` names a method with which an object decides its own text.",
    params: [
      { name: "value", doc: "Anything." },
      { name: "options", doc: "`depth`, `breakLength`, `compact`, `sorted`, `showHidden`, `colors` …" },
    ],
    returns: "The text.",
    errors: [argType("an option is of another type")],
    example: `const util = require("util");
console.log(util.inspect({ a: { b: { c: { d: 1 } } } }, { depth: 0 }));
console.log(util.inspect(new Map([["k", [1, 2]]]), { compact: false }));

class Money {
  constructor(amount) {
    this.amount = amount;
  }
  [util.inspect.custom]() {
    return \`\${this.amount} €\`;
  }
}
console.log(util.inspect(new Money(5)));`,
  },
  {
    name: "format",
    signature: "format(format?: unknown, ...values: unknown[]): string",
    summary: "Puts values into a text: `%s %d %i %f %j %o %O %%`; further values follow after a space.",
    params: [
      { name: "format", doc: "Text with placeholders, or a first value." },
      { name: "values", doc: "What is put in." },
    ],
    returns: "The text.",
    errors: [],
    example: `const { format } = require("util");
console.log(format("%s has %d items: %j", "cart", 2, ["a", "b"]));`,
  },
  {
    name: "formatWithOptions",
    signature:
      "formatWithOptions(inspectOptions: InspectOptions, format?: unknown, ...values: unknown[]): string",
    summary: "As `format`, with options for the values that are inspected.",
    params: [
      { name: "inspectOptions", doc: "Options as for `inspect`." },
      { name: "format", doc: "Text with placeholders, or a first value." },
      { name: "values", doc: "What is put in." },
    ],
    returns: "The text.",
    errors: [argType("inspectOptions is no object")],
    example: `const { formatWithOptions } = require("util");
console.log(formatWithOptions({ compact: true }, "%O", { a: { b: 1 } }));`,
  },
  {
    name: "promisify",
    signature:
      "promisify(original: (...args, callback: (error, value) => void) => void): (...args) => Promise",
    summary:
      "Makes a function that gives a promise from one that takes a callback. A function may bring its own form under `promisify.custom`.",
    params: [{ name: "original", doc: "The function; its callback comes last." }],
    returns: "The promise form.",
    errors: [argType("original is no function")],
    example: `const { promisify } = require("util");
const later = (ms, callback) => setTimeout(() => callback(null, ms * 2), ms);
console.log(await promisify(later)(5));`,
  },
  {
    name: "callbackify",
    signature: "callbackify(original: (...args) => Promise): (...args, callback) => void",
    summary: "Makes a function that takes a callback from one that gives a promise.",
    params: [{ name: "original", doc: "The async function." }],
    returns: "The callback form.",
    errors: [
      argType("original or the callback is no function"),
      {
        code: "ERR_FALSY_VALUE_REJECTION",
        when: "the promise was rejected with a falsy value; given to the callback",
      },
    ],
    example: `const { callbackify } = require("util");
const double = callbackify(async (n) => n * 2);
double(21, (error, value) => console.log(error, value));`,
  },
  {
    name: "inherits",
    signature: "inherits(constructor: Function, superConstructor: Function): void",
    summary: "Lets a constructor function inherit from another; new code uses `class … extends`.",
    params: [
      { name: "constructor", doc: "The one that inherits." },
      { name: "superConstructor", doc: "The one that it inherits from." },
    ],
    returns: "Nothing.",
    errors: [argType("one of them is missing or has no prototype")],
    example: `const { inherits } = require("util");
function Base() {}
Base.prototype.hello = () => "hello";
function Derived() {}
inherits(Derived, Base);
console.log(new Derived().hello());`,
  },
  {
    name: "deprecate",
    signature: "deprecate(fn: Function, message: string, code?: string): Function",
    summary: "Makes a function that prints a warning when it is called for the first time.",
    params: [
      { name: "fn", doc: "The function." },
      { name: "message", doc: "The warning." },
      { name: "code", doc: "Functions with the same code warn once together." },
    ],
    returns: "The function with the warning.",
    errors: [argType("fn is no function or code no string")],
    example: `const { deprecate } = require("util");
const old = deprecate(() => 1, "old() goes away: use fresh()");
console.log(old(), old());`,
  },
  {
    name: "types",
    signature: "types.isMap(value): boolean · types.isPromise(value): boolean …",
    summary:
      "Tests of what a value really is, whatever its prototype says: isDate, isRegExp, isMap, isProxy, isPromise, isTypedArray …",
    params: [{ name: "value", doc: "Anything." }],
    returns: "True or false.",
    errors: [],
    example: `const { types } = require("util");
console.log(types.isMap(new Map()), types.isProxy(new Proxy({}, {})), types.isUint8Array(new Uint16Array(1)));`,
  },
  {
    name: "isDeepStrictEqual",
    signature: "isDeepStrictEqual(a: unknown, b: unknown): boolean",
    summary:
      "Whether two values are equal in everything that can be seen: types, prototypes, properties, contents of maps and sets.",
    params: [
      { name: "a", doc: "One value." },
      { name: "b", doc: "The other." },
    ],
    returns: "True when they are.",
    errors: [],
    example: `const { isDeepStrictEqual } = require("util");
console.log(isDeepStrictEqual({ a: [1, new Set([2])] }, { a: [1, new Set([2])] }));
console.log(isDeepStrictEqual([1], ["1"]));`,
  },
  {
    name: "stripVTControlCharacters",
    signature: "stripVTControlCharacters(str: string): string",
    summary: "Takes colours and other terminal sequences out of a text.",
    params: [{ name: "str", doc: "The text." }],
    returns: "The text without them.",
    errors: [argType("str is no string")],
    example: `const { stripVTControlCharacters } = require("util");
console.log(stripVTControlCharacters("\\u001b[31mred\\u001b[0m"));`,
  },
  {
    name: "toUSVString",
    signature: "toUSVString(value: string): string",
    summary: "Replaces halves of surrogate pairs that stand alone.",
    params: [{ name: "value", doc: "The text." }],
    returns: "Well-formed text.",
    errors: [],
    example: `const { toUSVString } = require("util");
console.log(toUSVString("a\\ud800b") === "a\\ufffdb");`,
  },
  {
    name: "TextEncoder",
    signature: "class TextEncoder",
    summary: "Turns text into UTF-8; the global class.",
    params: [],
    returns: "An encoder.",
    errors: [],
    example: `const { TextEncoder } = require("util");
console.log(new TextEncoder().encode("é"));`,
  },
  {
    name: "TextDecoder",
    signature: "class TextDecoder",
    summary: "Turns bytes into text; the global class.",
    params: [
      { name: "label", doc: "Name of the encoding; utf-8 when left out." },
      { name: "options", doc: "`fatal`: malformed bytes throw; `ignoreBOM`." },
    ],
    returns: "A decoder.",
    errors: [{ code: "RangeError", when: "there is no such encoding" }],
    example: `const { TextDecoder } = require("util");
console.log(new TextDecoder().decode(new Uint8Array([195, 169])));`,
  },
];
