import { describe, expect, test } from "vitest";
import { findSpecifiers } from "./requires";

const names = (text: string) => findSpecifiers(text).map(({ specifier }) => specifier);

describe("specifiers of a script", () => {
  test("every way to load a module is found", () => {
    const text = `
      const fs = require("fs");
      import yaml, { parse } from 'yaml';
      import "./setup.js";
      export * from "./other";
      const late = await import("late");
    `;
    expect(names(text)).toEqual(["fs", "yaml", "./setup.js", "./other", "late"]);
  });

  test("comments, templates and other strings are not taken for a require", () => {
    const text = `
      // require("a")
      /* import "b" */
      const s = 'require("c")';
      const t = \`import "d"\`;
      console.log("from", "e");
    `;
    expect(names(text)).toEqual([]);
  });

  test("the offset is that of the first character after the quote", () => {
    const text = 'const x = require("path");';
    const [found] = findSpecifiers(text);
    expect(text.slice(found?.offset, (found?.offset ?? 0) + 4)).toBe("path");
  });

  test("a file that ends inside a string or comment does not hang", () => {
    expect(names('require("open')).toEqual([]);
    expect(names("/* open")).toEqual([]);
    expect(names("`open")).toEqual([]);
  });
});
