import { describe, expect, test } from "vitest";
import { argumentsFor, coerceArgument, resolveArguments } from "./arguments";
import type { Declaration, Parameter, ParameterType } from "./parameters";

const parameter = (name: string, type: ParameterType, more: Partial<Parameter> = {}): Parameter => ({
  name,
  type,
  presence: "required",
  description: "",
  line: 1,
  ...more,
});
const plain = (kind: "string" | "number" | "integer" | "boolean" | "date" | "file" | "folder") => ({ kind });
const level: ParameterType = { kind: "choice", choices: ["info", "warn"] };
const numbers: ParameterType = { kind: "list", of: { kind: "number" } };

describe("a value for a parameter", () => {
  test.each([
    [plain("string"), "", ""],
    [plain("string"), "7", "7"],
    [plain("number"), "7", 7],
    [plain("number"), " -1.5e3 ", -1500],
    [plain("number"), 0.5, 0.5],
    [plain("integer"), "12", 12],
    [plain("boolean"), "true", true],
    [plain("boolean"), "false", false],
    [plain("boolean"), true, true],
    [plain("date"), "2024-02-29", "2024-02-29"],
    [plain("file"), "./data/../a.log", "a.log"],
    [plain("file"), "data\\a.log", "data/a.log"],
    [plain("folder"), ".", "."],
    [plain("folder"), "a/", "a"],
    [level, "warn", "warn"],
    [numbers, ["1", 2], [1, 2]],
    [numbers, "3", [3]],
    [numbers, [], []],
  ])("%j takes %j as %j", (type, given, value) => {
    expect(coerceArgument(type, given)).toEqual(value);
    expect(coerceArgument(type, value)).toEqual(value);
  });

  test.each([
    [plain("string"), 7],
    [plain("string"), null],
    [plain("number"), ""],
    [plain("number"), "0x10"],
    [plain("number"), "1e999"],
    [plain("number"), true],
    [plain("integer"), "1.5"],
    [plain("integer"), 2 ** 53],
    [plain("boolean"), "yes"],
    [plain("boolean"), 1],
    [plain("date"), "2023-02-29"],
    [plain("date"), "12/03/2026"],
    [plain("file"), ""],
    [plain("file"), "."],
    [plain("file"), "../a"],
    [plain("file"), "a/../../b"],
    [plain("file"), "a\\..\\..\\b"],
    [plain("file"), "/etc/passwd"],
    [plain("file"), "C:\\a"],
    [plain("file"), "a\0b"],
    [level, "Info"],
    [numbers, ["1", "x"]],
    [numbers, [[1]]],
  ])("%j refuses %j", (type, given) => {
    expect(coerceArgument(type, given)).toBeUndefined();
  });
});

describe("arguments", () => {
  const parameters = [
    parameter("top", plain("integer")),
    parameter("level", level, { presence: "optional", default: "info" }),
    parameter("verbose", plain("boolean"), { presence: "optional" }),
    parameter("tags", { kind: "list", of: { kind: "string" } }, { presence: "optional" }),
    parameter("note", plain("string"), { presence: "optional" }),
  ];

  test("have the defaults filled in; an optional one without a default is left out", () => {
    expect(resolveArguments(parameters, { top: "3" })).toEqual({
      args: { top: 3, level: "info", verbose: false, tags: [] },
      problems: [],
    });
  });

  test("stay as they are when they are resolved again", () => {
    const { args } = resolveArguments(parameters, { top: "3", tags: "a", note: "" });
    expect(resolveArguments(parameters, args)).toEqual({ args, problems: [] });
  });

  test("name each parameter that is missing, wrong or unknown, and what it takes", () => {
    const { problems } = resolveArguments(parameters, { level: "loud", Top: 1 });
    expect(problems.map(({ kind, message }) => [kind, message])).toEqual([
      ["missing", "top is missing: give a whole number."],
      ["wrong", 'level must be one of info, warn, not "loud".'],
      ["unknown", "Top is not one of its parameters: top, level, verbose, tags, note."],
    ]);
  });

  test("names of every object are not mistaken for given ones", () => {
    const odd = [parameter("constructor", plain("string")), parameter("toString", plain("string"))];
    expect(resolveArguments(odd, {}).problems.map(({ name }) => name)).toEqual(["constructor", "toString"]);
    expect(resolveArguments(odd, { constructor: "a", toString: "b" }).problems).toEqual([]);
  });

  test("a required list needs an entry", () => {
    const required = [parameter("numbers", numbers)];
    expect(resolveArguments(required, { numbers: [] }).problems).toMatchObject([{ kind: "missing" }]);
    expect(resolveArguments(required, { numbers: [1] }).problems).toEqual([]);
  });
});

describe("the arguments that a script gets", () => {
  const declaration = (more: Partial<Declaration>): Declaration => ({
    description: "",
    parameters: [],
    problems: [],
    ...more,
  });

  test("are whatever is given when it declares none", () => {
    expect(argumentsFor("a.js", declaration({}), [1, "two"])).toEqual([1, "two"]);
    expect(argumentsFor("a.js", declaration({}), undefined)).toBeUndefined();
  });

  const declared = declaration({ parameters: [parameter("top", plain("integer"))] });

  test.each([[[1]], ["text"], [7]])("must be an object when it declares some, not %j", (given) => {
    expect(() => argumentsFor("a.js", declared, given)).toThrow("a.js declares parameters");
  });

  test("are refused with the script, the parameters and what was given", () => {
    expect(() => argumentsFor("a.js", declared, { top: "x" })).toThrow(
      expect.objectContaining({
        code: "VALIDATION_ERROR",
        message: 'a.js: top must be a whole number, not "x".',
        details: { script: "a.js", parameters: ["top"], given: { top: "x" } },
      }),
    );
  });

  test("are refused with the line of a declaration that cannot be understood", () => {
    const broken = declaration({ problems: [{ line: 3, column: 4, message: "No type." }] });
    expect(() => argumentsFor("a.js", broken, undefined)).toThrow(
      expect.objectContaining({
        code: "VALIDATION_ERROR",
        message: "a.js:3: No type.",
        details: { script: "a.js", line: 3, column: 4 },
      }),
    );
  });
});
