import { execFileSync } from "node:child_process";
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
    const deleted = await template("delete", "Second");
    expect((await template("show", "second")).code).toBe(2);
    const token = /template restore (\S+)/.exec(deleted.stdout)?.[1] ?? "";
    expect((await template("restore", token)).stdout).toBe(
      '"Second" is back in templates/copy.template.json.\n',
    );
    expect((await template("show", "second")).code).toBe(0);
  });

  it("show what a file grants, whatever control characters it holds, and no name holds any", async () => {
    const hidden = "data\u001b[2K\u001b[1A\u202e";
    const text = (name: string) =>
      JSON.stringify({
        name,
        description: hidden,
        modules: { fs: { roots: [{ path: hidden, access: "read-write" }] } },
        startup: [{ path: hidden }],
      });
    workspace.write("templates/t.template.json", text("T"));
    workspace.write("other.json", text("Other"));
    for (const args of [["show", "T"], ["list"], ["lint"], ["import", "other.json", "--dry-run"]]) {
      const { stdout, stderr } = await template(...args);
      expect(stdout + stderr, args.join(" ")).not.toMatch(/[\u001b\u202e]/);
    }
    expect((await template("show", "T")).stdout).toContain("data\\x1b[2K\\x1b[1A\\u202e");
    workspace.write("templates/n.template.json", text("T\u001b[2K"));
    expect((await template("list", "--json")).json().map(({ state }) => state)).toContain("broken");
    expect((await template("create", "one\ntwo")).stderr).toContain(
      "A name is one line of visible characters",
    );
  });

  it("changes that several command lines make at the same time are all there afterwards", async () => {
    await template("create", "T");
    const modules = ["yaml", "csv", "path", "url", "util", "events", "time", "timer"];
    const results = await Promise.all(modules.map((module) => template("add-module", "T", module)));
    expect(results.map(({ code, stderr }) => [code, stderr])).toEqual(modules.map(() => [0, ""]));
    expect(Object.keys(stored("t.template.json")["modules"] as object).sort()).toEqual(modules.sort());
    // A name is given away once.
    const created = await Promise.all([1, 2, 3, 4].map(() => template("create", "Same name")));
    expect(created.map(({ code }) => code).sort()).toEqual([0, 2, 2, 2]);
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
    expect((await template("add-library", "t", "other.js", "--global", "Other")).code).toBe(0);
    expect((await template("set-limit", "t", "cpuMs=500")).code).toBe(0);
    expect((await template("add-startup", "t", "start.js")).code).toBe(0);
    expect(
      (await template("add-startup", "t", "other.js", "--mode", "import", "--before", "start.js")).code,
    ).toBe(0);
    expect(stored(file)).toMatchObject({
      modules: { fs: { roots: [{ path: "data", access: "read" }] } },
      libraries: ["lodash", { path: "other.js", global: "Other" }],
      limits: { cpuMs: 500 },
      startup: [{ path: "other.js", mode: "import" }, { path: "start.js" }],
    });
    expect((await template("remove-module", "t", "fs")).code).toBe(0);
    expect((await template("remove-library", "t", "lodash")).code).toBe(0);
    expect((await template("remove-library", "t", "other.js")).code).toBe(0);
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

describe("review", () => {
  const risky = '{ "name": "Risky", "modules": { "exec": { "commands": ["*"] } } }';

  it("validate and lint say what to look at, of files anywhere too, and how severe it must be is the caller's choice", async () => {
    await template("create", "Plain");
    workspace.write("draft.json", risky);
    const valid = await template("validate", "./draft.json");
    expect(valid).toMatchObject({ code: 0 });
    expect(valid.stdout).toMatch(/draft\.json: valid\n.*warning \[exec\/every-command\]/);
    expect((await template("lint", "./draft.json")).code).toBe(0);
    expect((await template("lint", "./draft.json", "--fail-on", "warning")).code).toBe(2);
    expect((await template("lint", "--fail-on", "info")).code).toBe(0);
  });

  it("diff compares names, files, the last commit and a session's snapshot, in words and as text", async () => {
    await template("create", "A");
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@example.org", ...args], {
        cwd: workspace.root,
      });
    expect((await template("diff", "git:A", "A")).stderr).toContain("TEMPLATE_NOT_FOUND");
    git("init", "--quiet");
    git("add", ".");
    git("commit", "--quiet", "-m", "Templates");
    await template("set-limit", "A", "memoryMb=256");
    const words = "+ memory 128 → 256 MB\n";
    expect((await template("diff", "git:A", "A")).stdout).toBe(words);

    await workspace.run(["eval", "1", "--template", "A"]);
    const [execution] = (await workspace.run(["history", "list", "--json"])).json();
    await template("set-limit", "A", "memoryMb=512");
    for (const id of [execution?.["id"], execution?.["sessionId"]])
      expect((await template("diff", `session:${String(id)}`, "A")).stdout).toBe("+ memory 256 → 512 MB\n");
    expect((await template("diff", "session:none", "A")).stderr).toContain("SESSION_NOT_FOUND");

    const { stdout } = await template("diff", "git:A", "A", "--text");
    expect(stdout).toContain('-    "memoryMb": 128,\n+    "memoryMb": 512,');
    workspace.write("draft.json", risky);
    const [told] = (await template("diff", "A", "./draft.json", "--json")).json();
    expect(told).toMatchObject({
      before: "A",
      after: "Risky",
      text: expect.stringContaining("+++ ./draft.json"),
    });
    expect((await template("diff", "A", "A")).stdout).toBe("They permit the same.\n");
  });

  it("suggest names what scripts load and the template lacks, and what nobody loads", async () => {
    workspace.write("a.js", 'require("yaml")');
    await template("create", "T");
    await template("add-module", "T", "path");
    expect((await template("suggest", "T")).stdout).toBe(
      "missing  yaml, which a.js loads\nunused   path: no script of the workspace loads it\n",
    );
    expect((await template("suggest", "T", "--json")).json()).toEqual([
      { file: "t.template.json", missing: [{ module: "yaml", scripts: ["a.js"] }], unused: ["path"] },
    ]);
  });
});

describe("what goes wrong has a code and a sentence", () => {
  it.each([
    [["set-limit", "T", "cpuMs=fast"], 'cpuMs takes a number, not "fast".'],
    [["set-limit", "T", "cpuMs=1.5"], "cpuMs: A whole number is expected."],
    [["set-limit", "T", "memoryMb=1"], "memoryMb: At least 16."],
    [["set-limit", "T", "memory=64"], "Did you mean memoryMb?"],
    [["add-module", "T", "fs", "--config", "[1]"], "It must be a JSON object"],
    [["add-module", "T", "fs", "--config", "{"], "It must be JSON"],
    [["add-library", "T", "lib/gone.js"], "FILE_NOT_FOUND"],
    [["add-startup", "T", "gone.js"], "FILE_NOT_FOUND"],
    [["restore", "nothing"], "FILE_NOT_FOUND"],
    [["create", "U", "--from-preset", "nope"], "Allowed choices are"],
    [["create", "U", "--from-script", "gone.js"], "FILE_NOT_FOUND"],
    [["lint", "--fail-on", "never"], "Allowed choices are"],
  ])("%j", async (args, sentence) => {
    await template("create", "T");
    expect(await template(...args)).toMatchObject({ code: 2, stderr: expect.stringContaining(sentence) });
  });

  it("a place that cannot be written is no internal error", async () => {
    await template("create", "T");
    expect(await template("export", "T", "--out", "gone/bundle.json")).toMatchObject({
      code: 4,
      stderr: expect.stringContaining("STORAGE_UNAVAILABLE: gone/bundle.json cannot be written"),
    });
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
