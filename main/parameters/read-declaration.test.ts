import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Parameter } from "../../shared/model/parameters";
import { readDeclaration } from "./read-declaration";

const header = (...lines: string[]) => `/**\n${lines.map((line) => ` * ${line}\n`).join("")} */\n`;
const one = (line: string): Parameter => {
  const { parameters, problems } = readDeclaration(header(line));
  expect(problems).toEqual([]);
  const [parameter] = parameters;
  if (parameter === undefined) throw new Error("nothing was declared");
  return parameter;
};
const problemOf = (line: string) => readDeclaration(header(line)).problems[0]?.message;

describe("a script's declaration", () => {
  test("names, types, defaults, descriptions and lines come from the comment at the top", () => {
    const source = `#!/usr/bin/env vm-workbench
// A licence.
"use strict";
/**
 * Lists the slowest
 * requests.
 *
 * @param {integer} args.top - How many
 *   to list.
 * @param {file} [args.log=data/access.log] The log.
 * @param {"info" | 'warn'} [args.level="info"]
 * @returns {object} something
 */
const x = 1;`;
    expect(readDeclaration(source)).toEqual({
      description: "Lists the slowest requests.",
      parameters: [
        {
          name: "top",
          type: { kind: "integer" },
          presence: "required",
          description: "How many to list.",
          line: 8,
        },
        {
          name: "log",
          type: { kind: "file" },
          presence: "optional",
          default: "data/access.log",
          description: "The log.",
          line: 10,
        },
        {
          name: "level",
          type: { kind: "choice", choices: ["info", "warn"] },
          presence: "optional",
          default: "info",
          description: "",
          line: 11,
        },
      ],
      problems: [],
    });
  });

  test.each([
    ["an ES module", 'import fs from "fs";'],
    ["TypeScript", "interface Item { readonly name: string }"],
    ["a decorator, which is no JavaScript yet", "@sealed class A {}"],
    ["a script that does not parse", "const = ;"],
    ["nothing", ""],
  ])("is read before %s", (_, code) => {
    expect(readDeclaration(header("@param {string} args.name") + code).parameters).toHaveLength(1);
  });

  test.each([
    ["a later comment", `const a = 1;\n${header("@param {string} args.name")}`],
    ["an ordinary comment", "/* @param {string} args.name */"],
    ["a function's documentation", `${header("@param {string} name")}function f(name) {}`],
    [
      "the properties of a function's own parameter",
      `${header("@param {object} args", "@param {string} args.name")}function f(args) {}`,
    ],
    ["a string", '"/** @param {string} args.name */"'],
  ])("is not %s", (_, source) => {
    expect(readDeclaration(source)).toEqual({ description: "", parameters: [], problems: [] });
  });

  test.each([
    ["{string}", { kind: "string" }],
    ["{ number }", { kind: "number" }],
    ["{date}", { kind: "date" }],
    ["{folder}", { kind: "folder" }],
    ["{string[]}", { kind: "list", of: { kind: "string" } }],
    ['{("a" | "b c")[]}', { kind: "list", of: { kind: "choice", choices: ["a", "b c"] } }],
    ['{"only"}', { kind: "choice", choices: ["only"] }],
  ])("has the type %s", (text, type) => {
    expect(one(`@param ${text} args.x`).type).toEqual(type);
  });

  test.each([
    ["{number} [args.x=-1.5e3]", -1500],
    ["{boolean} [args.x=true]", true],
    ["{string} [args.x=two words]", "two words"],
    ["{string} [args.x=' kept ']", " kept "],
    ['{string[]} [args.x=["a","b"]]', ["a", "b"]],
    ["{integer[]} [args.x=[1,2]]", [1, 2]],
    ["{folder} [args.x=.]", "."],
    ["{file} [args.x=a/../b.js]", "b.js"],
  ])("has the default of %s", (text, value) => {
    expect(one(`@param ${text}`)).toMatchObject({ presence: "optional", default: value });
  });

  test("a boolean is never required", () => {
    expect(one("@param {boolean} args.verbose").presence).toBe("optional");
  });

  test.each([
    ["@param {string args.x", "unpaired curlies"],
    ["@param {string} [args.x", "unpaired brackets"],
    ["@param {string} [args.x=]", "empty default"],
    ["@param args.x", "Its type is missing"],
    ["@param {text} args.x", "There is no type {text}. There are: string,"],
    ["@param {string | number} args.x", "There is no type"],
    ['@param {"a" | "a"} args.x', "There is no type"],
    ["@param {boolean[]} args.x", "list of booleans"],
    ["@param {string} args.x.y", "“args.x.y” is not the name of a parameter"],
    ["@param {string} args.", "is not the name"],
    ["@param {string} args.help", "cannot be called help"],
    ["@param {string} args.__proto__", "cannot be called __proto__"],
    ["@param {integer} [args.x=1.5]", "The default 1.5 of x does not fit its type {integer}"],
    ["@param {string[]} [args.x=a]", "Write a list as JSON"],
    ['@param {"a"} [args.x=b]', "does not fit"],
  ])("%s is a problem that says so", (line, message) => {
    expect(problemOf(line)).toContain(message);
  });

  test("a problem names its line and column; the others are declared all the same", () => {
    const { parameters, problems } = readDeclaration(
      `\n${header("@param {string} args.a", "@param {nope} args.b", "@param {string} args.a")}`,
    );
    expect(parameters.map(({ name }) => name)).toEqual(["a"]);
    expect(problems).toEqual([
      { line: 4, column: 4, message: expect.stringContaining("There is no type {nope}") },
      { line: 5, column: 4, message: "The parameter a is declared twice." },
    ]);
  });

  test("whatever the text, it never throws and gives what its schema promises", () => {
    const piece = fc.constantFrom(
      "/**",
      "*/",
      "\n * ",
      "@param ",
      "{string}",
      "{",
      "}",
      "[",
      "]",
      "=",
      "args.x",
      "args.",
      "[args.y=1]",
      '"a"|"b"',
      "\\",
      "`",
      "\u2028",
      "```",
      "//",
      "#!",
      "\r",
    );
    const junk = fc
      .array(fc.oneof({ weight: 4, arbitrary: piece }, fc.string({ unit: "binary", maxLength: 8 })))
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.boolean(), junk, (isComment, text) => {
        const { parameters, problems } = readDeclaration(isComment ? `/** @param ${text} */` : text);
        for (const { name } of parameters) expect(name).toMatch(/^[\w$]+$/);
        for (const { line, column } of problems) expect(Math.min(line, column)).toBeGreaterThan(0);
      }),
      { numRuns: 1000 },
    );
  });
});
