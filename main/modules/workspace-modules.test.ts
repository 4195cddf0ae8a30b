import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { TemplateStore } from "../templates/store";
import { workspaceRules } from "../templates/workspace-rules";
import { Trash } from "../workspace/trash";
import { describeModule } from "./descriptor";
import { registry } from "./registry";
import { findWorkspaceModules, workspaceModuleEntry, workspaceRegistry } from "./workspace-modules";

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "modules-")));
});
afterEach(() => rmSync(root, { recursive: true }));

function put(path: string, content = ""): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

test("a folder with code and typings is a module of kind workspace", () => {
  put("modules/tax/index.js", "exports.gross = (net) => net * 1.19;");
  put(
    "modules/tax/index.d.ts",
    "/** Taxes of our shop. */\n\n/** Price with tax. */\nexport declare function gross(net: number): number;\nexport const rate: number;\n",
  );
  const view = workspaceRegistry(root);
  const record = view.find("tax");
  if (record === undefined) throw new Error("It is not there.");
  expect(view.kindOf(record)).toBe("workspace");
  const descriptor = describeModule(record, "workspace");
  expect(descriptor).toMatchObject({
    name: "tax",
    summary: "Taxes of our shop.",
    risk: "pure",
    configDefaults: {},
  });
  expect(descriptor.members.map(({ name, signature, summary }) => [name, signature, summary])).toEqual([
    ["gross", "gross(net: number): number", "Price with tax."],
    ["rate", "rate: number", ""],
  ]);
  expect(descriptor.typings).toContain('declare module "tax" {');
  expect(descriptor.typings).toContain("  export function gross(net: number): number;");
  expect(workspaceModuleEntry(root, "tax")).toBe("modules/tax/index.js");
  expect(registry.find("tax")).toBeUndefined();
});

test.each([
  ["many comments that do not end", "/**\nexport declare const a: number;\n".repeat(25_000)],
  ["nothing but lines", "\n".repeat(900_000)],
  ["one comment of a megabyte", `/** ${"*".repeat(900_000)} */\nexport const a: 1;\n`],
  ["words without end", `export ${" ".repeat(900_000)}`],
])("typings made to keep the window waiting are read at once: %s", (_what, typings) => {
  put("modules/slow/index.js");
  put("modules/slow/index.d.ts", typings);
  expect(findWorkspaceModules(root).modules.map(({ name }) => name)).toEqual(["slow"]);
  put("modules/slow/index.d.ts", " ".repeat(1024 * 1024 + 1));
  expect(findWorkspaceModules(root).problems[0]?.error.message).toContain("typings of more than 1 MB");
});

test("a module without typings can be listed all the same", () => {
  put("modules/plain/index.ts", "export const x = 1;");
  expect(findWorkspaceModules(root).modules.map(({ name, entry }) => [name, entry])).toEqual([
    ["plain", "modules/plain/index.ts"],
  ]);
});

test("no native name, alias, library or built-in can be shadowed", () => {
  for (const name of ["fs", "FS", "yaml", "json", "Math", "console", "lodash", "Zod"])
    put(`modules/${name}/index.js`);
  const { modules, problems } = findWorkspaceModules(root);
  expect(modules).toEqual([]);
  expect(problems.map(({ folder, error }) => [folder, error.code])).toEqual(
    ["FS", "Math", "Zod", "console", "fs", "json", "lodash", "yaml"].map((name) => [
      `modules/${name}`,
      "MODULE_NOT_ALLOWED",
    ]),
  );
  expect(workspaceModuleEntry(root, "fs")).toBeUndefined();
  expect(workspaceModuleEntry(root, "json")).toBeUndefined();
  expect(workspaceModuleEntry(root, "lodash")).toBeUndefined();
});

test("strange names, folders without code and links that lead out are no modules", () => {
  mkdirSync(join(root, "modules", "empty"), { recursive: true });
  put("modules/sp ace/index.js");
  put("modules/.hidden/index.js");
  mkdirSync(join(root, "elsewhere"));
  symlinkSync(tmpdir(), join(root, "modules", "out"));
  const { modules, problems } = findWorkspaceModules(root);
  expect(modules).toEqual([]);
  expect(problems.map(({ folder }) => folder)).toEqual(["modules/empty", "modules/out", "modules/sp ace"]);
  for (const name of ["../elsewhere", "a/b", "", ".", "out"])
    expect(workspaceModuleEntry(root, name)).toBeUndefined();
});

test("a template lists it like any other, and is broken without it", async () => {
  const store = new TemplateStore({
    workspaceRoot: root,
    rules: workspaceRules(root, () => []),
    trash: new Trash(join(root, ".trash")),
  });
  const { file } = await store.create({ name: "T" });
  await expect(store.addModule(file, "tax")).rejects.toMatchObject({ code: "MODULE_NOT_ALLOWED" });
  put("modules/tax/index.js");
  const entry = await store.addModule(file, "tax");
  expect(entry).toMatchObject({ state: "ok", template: { modules: { tax: {} } } });
  expect(entry.effects).toContain("load the workspace's own module tax");
  rmSync(join(root, "modules"), { recursive: true });
  expect(await store.get(file)).toMatchObject({
    state: "broken",
    problems: [{ error: { code: "MODULE_NOT_ALLOWED" } }],
  });
});

test("the rules are one object as long as nothing changes", () => {
  const rules = workspaceRules(root, () => []);
  const first = rules();
  expect(rules()).toBe(first);
  put("modules/tax/index.js");
  expect(rules()).not.toBe(first);
});
