import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CliWorkspace } from "./testing/run-cli";

let workspace: CliWorkspace;
beforeEach(() => {
  workspace = new CliWorkspace();
});
afterEach(() => workspace.dispose());

const template = async (...args: string[]) => workspace.run(["template", ...args]);
const stored = (file: string) =>
  JSON.parse(readFileSync(join(workspace.root, "templates", file), "utf8")) as Record<string, unknown>;

describe("template", () => {
  it("create, list, show, rename, duplicate, delete", async () => {
    expect(await template("create", "Log report")).toMatchObject({ code: 0 });
    expect(stored("log-report.template.json")).toMatchObject({
      name: "Log report",
      modules: {},
      limits: { cpuMs: 2000 },
    });
    expect((await template("create", "LOG REPORT")).stderr).toContain("TEMPLATE_NAME_TAKEN");
    expect((await template("duplicate", "log report", "Copy")).code).toBe(0);
    expect((await template("rename", "copy", "Second")).code).toBe(0);
    const names = (await template("list", "--json")).json().map(({ name }) => name);
    expect(names).toEqual(["Log report", "Second"]);
    expect((await template("show", "second")).stdout).toMatch(/Second[\s\S]*Scripts may/);
    expect((await template("show", "second", "--json")).json()).toMatchObject([
      { state: "ok", name: "Second" },
    ]);
    expect((await template("delete", "Second")).code).toBe(0);
    expect((await template("show", "second")).code).toBe(2);
  });

  it("add and remove modules, libraries, limits and startup files", async () => {
    workspace.write("start.js", "1");
    workspace.write("other.js", "2");
    await template("create", "T");
    const file = "t.template.json";
    expect(
      (await template("add-module", "t", "fs", "--config", '{"roots":[{"path":"data","access":"read"}]}'))
        .code,
    ).toBe(0);
    expect((await template("add-library", "t", "lodash")).code).toBe(0);
    expect((await template("set-limit", "t", "cpuMs=500")).code).toBe(0);
    expect((await template("add-startup", "t", "start.js")).code).toBe(0);
    expect(
      (await template("add-startup", "t", "other.js", "--mode", "import", "--before", "start.js")).code,
    ).toBe(0);
    expect(stored(file)).toMatchObject({
      modules: { fs: { roots: [{ path: "data", access: "read" }] } },
      libraries: ["lodash"],
      limits: { cpuMs: 500 },
      startup: [{ path: "other.js", mode: "import" }, { path: "start.js" }],
    });
    expect((await template("remove-module", "t", "fs")).code).toBe(0);
    expect((await template("remove-library", "t", "lodash")).code).toBe(0);
    expect((await template("remove-startup", "t", "start.js")).code).toBe(0);
    expect(stored(file)).toMatchObject({ modules: {}, libraries: [], startup: [{ path: "other.js" }] });
  });

  it("validate, lint and diff say what is wrong or different", async () => {
    await template("create", "A");
    await template("create", "B");
    await template("set-limit", "B", "cpuMs=9000");
    expect(await template("validate", "A")).toMatchObject({ code: 0, stdout: "a.template.json: valid\n" });
    expect((await template("diff", "A", "B")).stdout).toMatch(/^\+ /m);
    workspace.write("templates/broken.template.json", '{ "name": "Broken",\n  "moduls": {} }');
    const broken = await template("validate", "broken");
    expect(broken.code).toBe(2);
    expect(broken.stderr).toMatch(/broken\.template\.json:2:\d+.*moduls.*modules/);
    expect((await template("lint")).code).toBe(2);
    expect((await template("list", "--json")).json().map(({ state }) => state)).toEqual([
      "ok",
      "ok",
      "broken",
    ]);
  });

  it("export, import with a dry run first, and into another name's way", async () => {
    await template("create", "One");
    await template("export", "One", "--out", "bundle.json");
    await template("delete", "One");
    expect((await template("import", "bundle.json", "--dry-run")).stdout).toContain("add One");
    expect((await template("list", "--json")).json()).toEqual([]);
    expect((await template("import", "bundle.json")).code).toBe(0);
    expect((await template("list", "--json")).json()).toMatchObject([{ name: "One" }]);
    expect((await template("import", "bundle.json")).stdout).toContain("skip One");
    expect((await template("import", "missing.json")).stderr).toContain("FILE_NOT_FOUND");
  });
});

describe("module and library", () => {
  it("list and show what the registry holds", async () => {
    const modules = (await workspace.run(["module", "list", "--json"])).json();
    expect(modules.map(({ name }) => name)).toContain("fs");
    const shown = (await workspace.run(["module", "show", "fs"])).stdout;
    for (const part of [
      "readFileSync",
      "native, risk: workspace",
      "roots  default",
      "throws ENOENT:",
      "gives: ",
      "Example:",
    ])
      expect(shown).toContain(part);
    expect((await workspace.run(["module", "show", "fs", "--dts"])).stdout).toContain('declare module "fs"');
    expect((await workspace.run(["module", "show", "fss"])).stderr).toContain('Did you mean "fs"?');
    const libraries = (await workspace.run(["library", "list", "--json"])).json();
    expect(libraries.map(({ id }) => id)).toContain("lodash");
  });
});
