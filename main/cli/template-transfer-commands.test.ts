import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { CliWorkspace } from "./testing/run-cli";

let workspace: CliWorkspace;
beforeEach(() => {
  workspace = new CliWorkspace();
});
afterEach(() => workspace.dispose());

const template = async (...args: string[]) => workspace.run(["template", ...args]);

it("a folder is exported as the files themselves, and imported again", async () => {
  await template("create", "One");
  await template("create", "Two");
  await template("export", "One", "Two", "--out", "shared/");
  await template("delete", "One");
  await template("delete", "Two");
  expect((await template("import", "shared")).code).toBe(0);
  expect((await template("list", "--json")).json().map(({ name }) => name)).toEqual(["One", "Two"]);
});

it("a bundle goes by standard output and input, too", async () => {
  await template("create", "One");
  const { stdout } = await template("export", "One", "--out", "-");
  await template("delete", "One");
  expect((await workspace.run(["template", "import", "-"], stdout)).stdout).toMatch(/^add One\n/);
  expect((await template("list", "--json")).json().map(({ name }) => name)).toEqual(["One"]);
});

it("migrate shows its report in a dry run, then writes; what cannot be migrated stays and says why", async () => {
  const old = JSON.stringify({
    name: "Old",
    exposed_modules: ["json", "url"],
    settings: { limits: { cpu_ms: 900 } },
  });
  workspace.write("templates/old.template.json", old);
  workspace.write("templates/odd.template.json", '{ "name": "Odd", "exposed_modules": ["nope"] }');
  const text = () => readFileSync(join(workspace.root, "templates", "old.template.json"), "utf8");
  const dry = await template("migrate", "--dry-run");
  expect(dry.stdout).toContain(
    'old.template.json: modules: "json" removed (MODULE_NOT_ALLOWED); JSON is a built-in and always available',
  );
  expect(text()).toBe(old);
  const done = await template("migrate");
  expect(done).toMatchObject({ code: 2 });
  expect(done.stderr).toContain("odd.template.json stays as it is: MODULE_NOT_ALLOWED");
  expect(JSON.parse(text())).toMatchObject({ name: "Old", modules: { url: {} }, limits: { cpuMs: 900 } });
  expect((await template("list", "--json")).json()).toMatchObject([
    { state: "broken" },
    { name: "Old", state: "ok" },
  ]);
});
