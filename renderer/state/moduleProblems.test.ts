import { describe, expect, test } from "vitest";
import { makeTemplate } from "../testing/memory-api";
import { findModuleProblems, type ModuleFacts } from "./moduleProblems";

const facts: ModuleFacts = {
  template: makeTemplate("Reports", { yaml: {} }),
  modules: [
    { name: "fs", aliases: ["node:fs"] },
    { name: "yaml", aliases: [] },
  ],
  libraries: [{ id: "lodash" }],
  files: ["scripts/report.js", "lib/util.js", "lib/data/index.js"],
};
const problems = (text: string, change: Partial<ModuleFacts> = {}) =>
  findModuleProblems("scripts/report.js", text, { ...facts, ...change });

describe("requires that the chosen template refuses", () => {
  test("a module that the template lacks can be enabled", () => {
    const [problem] = problems('require("node:fs")');
    expect(problem).toMatchObject({
      code: "MODULE_NOT_ENABLED",
      fix: { kind: "enable", missing: { kind: "module", name: "fs" } },
    });
    expect(problem?.message).toContain("Reports");
  });

  test("modules of the template, workspace files and folders are fine", () => {
    expect(
      problems('require("yaml"); require("../lib/util"); require("../lib/data"); require("lib/util.js")'),
    ).toEqual([]);
  });

  test("a misspelt relative path is corrected", () => {
    expect(problems('require("../lib/utli.js")')).toMatchObject([
      { code: "MODULE_NOT_FOUND", fix: { kind: "replace", with: "../lib/util.js" } },
    ]);
  });

  test("a misspelt relative path without an extension gets the file's whole name", () => {
    expect(problems('require("../lib/utl")')).toMatchObject([
      {
        message: "There is no file “../lib/utl”. Did you mean “../lib/util.js”?",
        fix: { kind: "replace", with: "../lib/util.js" },
      },
    ]);
  });

  test("a misspelt module is corrected", () => {
    expect(problems('require("yamll")')).toMatchObject([{ fix: { kind: "replace", with: "yaml" } }]);
  });

  test("a misspelt file is named as the template's roots find it, and only what can be loaded is named", () => {
    const resolver = { roots: ["lib"], extensions: [".js"], npm: false };
    const template = { ...makeTemplate("Rooted"), resolver };
    const files = ["lib/helpers.js", "lib/colours.ts", "reports.js"];
    expect(problems('require("helpres")', { template, files })).toMatchObject([
      { fix: { kind: "replace", with: "helpers" } },
    ]);
    for (const specifier of ["colour", "report", "../lib/colour"]) {
      const [problem] = problems(`require("${specifier}")`, { template, files });
      expect(problem?.code, specifier).toBe("MODULE_NOT_FOUND");
      expect(problem?.fix, specifier).toBeUndefined();
    }
  });

  test("a library that is not listed says where to add it", () => {
    const [problem] = problems('require("lodash")');
    expect(problem).toMatchObject({
      code: "MODULE_NOT_ENABLED",
      message: expect.stringContaining("Libraries") as string,
      fix: { kind: "enable", missing: { kind: "library", name: "lodash" } },
    });
  });

  test("without a template one can be made for it", () => {
    const [problem] = problems('require("fs")', { template: null });
    expect(problem?.message).toContain("choose one in the run bar");
    expect(problem?.fix).toEqual({ kind: "enable", missing: { kind: "module", name: "fs" } });
  });

  test("packages of node_modules are left to the resolver when the template allows them", () => {
    const template = { ...makeTemplate("Npm"), resolver: { roots: ["."], extensions: [".js"], npm: true } };
    expect(problems('require("left-pad")', { template })).toEqual([]);
  });
});
