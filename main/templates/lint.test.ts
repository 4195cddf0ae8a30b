import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { type TemplateInput, templateSchema } from "../../shared/model/template";
import { temporaryFolder } from "../testing/temporary-folder";
import { lintTemplate } from "./lint";
import { applicationRules } from "./rules";
import { ScriptIndex } from "./suggest";

const rules = applicationRules(["lodash"]);
let root: string;
beforeEach(() => {
  root = temporaryFolder();
});

function lint(input: Partial<TemplateInput>): string[] {
  const template = templateSchema.parse({ id: "0a7d7c52-6f0e-4a53-8a0b-6d7f1f7c1e01", name: "T", ...input });
  return lintTemplate(template, rules, root).map(({ severity, rule }) => `${severity} ${rule}`);
}

test("a plain template has no remarks", () => {
  expect(lint({})).toEqual([]);
  expect(lint({ modules: { yaml: {}, fs: { roots: [{ path: "data" }] } } })).toEqual([]);
});

test("grants that reach far are pointed at", () => {
  expect(lint({ modules: { exec: { commands: ["*"] } } })).toEqual(["warning exec/every-command"]);
  expect(lint({ modules: { fs: { roots: [{ path: "/" }] } } })).toEqual(["warning fs/root-is-everything"]);
  expect(lint({ modules: { fs: { roots: [{ path: join(root, "..") }] } } })).toEqual([
    "warning fs/root-outside-workspace",
  ]);
  expect(lint({ modules: { fs: { roots: [{ path: ".", access: "read-write" }] } } })).toEqual([
    "warning fs/whole-workspace-writable",
  ]);
});

test("what a configuration grants twice, or what undoes it, is pointed at", () => {
  const roots = (...grants: [path: string, access?: "read" | "read-write"][]) =>
    lint({ modules: { fs: { roots: grants.map(([path, access = "read"]) => ({ path, access })) } } });
  expect(roots(["data"], ["data/in"])).toEqual(["info fs/root-redundant"]);
  expect(roots(["."], ["data"])).toEqual(["info fs/root-redundant"]);
  expect(roots(["data"], ["./data/"])).toEqual(["info fs/root-redundant"]);
  expect(roots(["data", "read-write"], ["data/in", "read-write"])).toEqual(["info fs/root-redundant"]);
  expect(roots(["data"], ["data", "read-write"])).toEqual(["info fs/root-redundant"]);
  expect(roots(["data"], ["data/out", "read-write"])).toEqual([]);
  expect(roots(["data"], ["database"])).toEqual([]);
  // Each of these protects a folder, or opens it again: taking it out would change what scripts may do.
  expect(roots(["data", "read-write"], ["data/in"])).toEqual([]);
  expect(roots(["."], ["data", "read-write"], ["data/in"])).toEqual([]);
  expect(roots(["data", "read-write"], ["data/in"], ["data/in/new", "read-write"])).toEqual([]);
  expect(lint({ modules: { exec: { commands: ["*", "git"] } } })).toEqual([
    "warning exec/every-command",
    "info exec/commands-redundant",
  ]);
  const origins = ["*", "https://example.org", "http://localhost:8080"];
  expect(lint({ modules: { fetch: { origins } } })).toEqual([
    "warning fetch/every-origin",
    "info fetch/origins-redundant",
    "info fetch/plain-http",
  ]);
  const exec = { commands: ["git"] };
  expect(lint({ modules: { exec } })).toEqual([]);
  expect(lint({ modules: { exec, "node:fs": { roots: [{ path: "data" }] } } })).toEqual([
    "info exec/reaches-beyond-fs",
  ]);
});

test("of two roots for one folder the one that only reads holds, and the other is the pointless one", () => {
  for (const accesses of [
    ["read", "read-write"],
    ["read-write", "read"],
  ] as const) {
    const template = templateSchema.parse({
      id: "0a7d7c52-6f0e-4a53-8a0b-6d7f1f7c1e01",
      name: "T",
      modules: { fs: { roots: accesses.map((access) => ({ path: "data", access })) } },
    });
    expect(lintTemplate(template, rules, root).map(({ message }) => message)).toEqual([
      "The root ./data grants no writing: another root says that it may only be read.",
    ]);
  }
});

test("files that are missing, lead out or are no files are errors", () => {
  mkdirSync(join(root, "folder"));
  symlinkSync(tmpdir(), join(root, "out"));
  writeFileSync(join(root, "a.js"), "");
  const startup = ["gone.js", "folder", "out/x.js", "a.js"].map((path) => ({ path }));
  expect(lint({ startup, libraries: [{ path: "gone.js" }] })).toEqual([
    "error library-missing",
    "error startup-missing",
    "error startup-missing",
    "error startup-missing",
  ]);
});

test("what stands twice or contradicts itself is pointed at", () => {
  writeFileSync(join(root, "a.ts"), "");
  expect(lint({ startup: [{ path: "a.ts" }, { path: "a.ts" }], libraries: ["lodash", "lodash"] })).toEqual([
    "warning library-twice",
    "warning startup-twice",
  ]);
  expect(lint({ startup: [{ path: "a.ts" }], runtime: { typescript: false } })).toEqual([
    "error startup-typescript-off",
  ]);
  expect(lint({ runtime: { console: false } })).toEqual(["info console-off"]);
  expect(lint({ resolver: { roots: ["gone"], extensions: [] } })).toEqual([
    "warning resolver-root-missing",
    "info resolver-no-extensions",
  ]);
});

test("a folder that takes the name of a native module is not it", () => {
  mkdirSync(join(root, "modules", "yaml"), { recursive: true });
  writeFileSync(join(root, "modules", "yaml", "index.js"), "");
  expect(lint({ modules: { yaml: {} } })).toEqual(["warning workspace-module-unused"]);
  expect(lint({})).toEqual([]);
});

test("limits off the usual scale are pointed at", () => {
  expect(lint({ limits: { cpuMs: 3_600_000, wallMs: 3_600_000 } })).toEqual([
    "warning limit-high",
    "warning limit-high",
  ]);
  expect(lint({ limits: { memoryMb: 16 } })).toEqual(["warning limit-low"]);
  expect(lint({ limits: { cpuMs: 4000, wallMs: 3000 } })).toEqual(["warning limit-order"]);
});

test("modules that scripts require and a template lacks are suggested, and unused ones named", async () => {
  writeFileSync(join(root, "a.js"), 'require("node:fs"); require("yaml")');
  writeFileSync(join(root, "b.ts"), 'import fs from "fs";');
  writeFileSync(join(root, "broken.js"), "require('exec'");
  writeFileSync(join(root, "notes.md"), 'require("exec")');
  const index = new ScriptIndex(root);
  const files = ["a.js", "b.ts", "broken.js", "notes.md", "gone.js"];
  const suggest = () => index.suggest('{"name":"T","modules":{"yaml":{},"timer":{}}}', files, rules);
  expect(await suggest()).toEqual({ missing: [{ module: "fs", scripts: ["a.js"] }], unused: ["timer"] });
  writeFileSync(join(root, "b.ts"), 'import fs from "fs"; fs.readFileSync("x");');
  expect(await suggest()).toEqual({
    missing: [{ module: "fs", scripts: ["a.js", "b.ts"] }],
    unused: ["timer"],
  });
  await expect(index.suggest("{", files, rules)).rejects.toMatchObject({ code: "TEMPLATE_INVALID" });
});
