import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { beforeEach, expect, test } from "vitest";
import { temporaryFolder } from "../testing/temporary-folder";
import { applicationRules } from "./rules";
import { analyzeScript } from "./script-analysis";
import { scriptNeeds } from "./script-needs";

const rules = applicationRules(["lodash"]);
let root: string;
beforeEach(() => {
  root = temporaryFolder();
});

function needs(source: string, path = "main.js") {
  put(path, source);
  return scriptNeeds(root, path, rules);
}

function put(path: string, source: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), source);
}

test("every way of loading is found, in modules, scripts and TypeScript", () => {
  const specifiers = (source: string, path = "a.js") => analyzeScript(source, path)?.specifiers;
  expect(
    specifiers('import fs from "fs"; export * from "./a"; export { b } from "./b"; await import("yaml")'),
  ).toEqual(["fs", "./a", "./b", "yaml"]);
  expect(specifiers('with ({}) { var x = require("fs"); }')).toEqual(["fs"]);
  expect(specifiers("#!/usr/bin/env node\nconst x = require(`path`); return x;")).toEqual(["path"]);
  expect(
    specifiers('import type { A } from "csv"; import yaml from "yaml"; const x: A = yaml.parse("");', "a.ts"),
  ).toEqual(["yaml"]);
  expect(specifiers('const name = "fs"; require(name); require(prefix + "x"); notRequire("path")')).toEqual([
    "fs",
  ]);
  expect(specifiers("this is no script")).toBeUndefined();
  expect(specifiers("interface { no", "a.ts")).toBeUndefined();
});

test("roots are the folders that constant paths lie in, with the least access", () => {
  expect(
    needs(`
      import fs, { promises, writeFileSync as write } from "node:fs";
      const out = "out";
      fs.readFileSync("data/in/a.csv");
      promises.readFile("./data/b.csv");
      await require("fs").promises.appendFile(\`logs/\${Date.now()}.txt\`, "");
      write(require("path").join(out, "report.md"), "");
      fs.readdirSync("pictures");
      fs.readFileSync(unknown); fs.readFileSync("/etc/passwd"); fs.readFileSync("../x");
    `).modules.fs,
  ).toEqual({
    roots: [
      { path: "data", access: "read" },
      { path: "logs", access: "read-write" },
      { path: "out", access: "read-write" },
      { path: "pictures", access: "read" },
    ],
  });
});

test("copying reads its first and writes its second argument", () => {
  expect(needs('require("fs").copyFileSync("in/a", "out/a")').modules.fs).toEqual({
    roots: [
      { path: "in", access: "read" },
      { path: "out", access: "read-write" },
    ],
  });
});

test("what nothing constant tells gets the module's defaults", () => {
  expect(needs('require("yaml").parse(text)').modules).toEqual({ yaml: {} });
});

test("files of the workspace are followed, once, also in circles", () => {
  put("lib/a.js", 'require("../main"); require("./b"); require("timer")');
  put("lib/b/index.ts", 'import _ from "lodash"; export { sleep } from "timer"; export default _;');
  expect(needs('require("./lib/a.js"); require("fss"); require("./gone"); require("vm:args")')).toEqual({
    script: "main.js",
    modules: { timer: {} },
    libraries: ["lodash"],
    unknown: ["./gone", "fss"],
  });
});

test("any text gives an answer", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.constantFrom("a.js", "a.ts"), (source, path) => {
      analyzeScript(source, path);
    }),
  );
  expect(analyzeScript("(".repeat(50_000), "a.js")).toBeUndefined();
  expect(() => analyzeScript(`x=${"[".repeat(3000)}${"]".repeat(3000)}`, "a.js")).not.toThrow();
});
