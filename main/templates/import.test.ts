import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { failure } from "../testing/failure";
import { temporaryFolder } from "../testing/temporary-folder";
import { bundleOfFiles, exportBundle, exportFolder } from "./bundle";
import { importTemplates, previewImport } from "./import";
import { migrateWorkspace } from "./migrate-workspace";
import type { TemplateStore } from "./store";
import { openTestStore } from "./testing/test-store";

let base: string;
let store: TemplateStore;
let other: TemplateStore;
beforeEach(() => {
  base = temporaryFolder();
  store = openTestStore(join(base, "here"));
  other = openTestStore(join(base, "there"));
});

function put(file: string, text: string): void {
  writeFileSync(join(store.workspaceRoot, "templates", file), text);
}

const codeOf = async (promise: Promise<unknown>) => (await failure(promise)).code;

const filesHere = () => readdirSync(join(store.workspaceRoot, "templates")).sort();

describe("export and import", () => {
  test("templates arrive as they were, with a valid checksum", async () => {
    await other.create({ name: "A", preset: "plain" });
    const b = await other.create({ name: "B" });
    await other.addModule(b.file, "yaml");
    const bundle = exportBundle(await other.list());

    const items = await previewImport(bundle, store);
    expect(
      items.map(({ name, conflict, checksum, problems }) => ({ name, conflict, checksum, problems })),
    ).toEqual([
      { name: "A", conflict: "none", checksum: "valid", problems: [] },
      { name: "B", conflict: "none", checksum: "valid", problems: [] },
    ]);
    expect(items[1]?.effects).toContain("load yaml (computes only)");
    expect(filesHere()).toEqual([]);

    const imported = await importTemplates(
      bundle,
      [
        { name: "A", action: "add" },
        { name: "B", action: "skip" },
      ],
      store,
    );
    expect(imported.map((entry) => entry.template)).toEqual([(await other.find("A")).template]);
    expect(filesHere()).toEqual(["a.template.json"]);
  });

  test("a template changed on its way is told by its checksum; formatting is no change", async () => {
    await other.create({ name: "A" });
    const bundle = exportBundle(await other.list());
    expect(
      (await previewImport(bundle.replace('"memoryMb": 128', '"memoryMb": 512'), store))[0]?.checksum,
    ).toBe("changed");
    expect((await previewImport(JSON.stringify(JSON.parse(bundle)), store))[0]?.checksum).toBe("valid");
    expect((await previewImport('{"name":"A"}', store))[0]?.checksum).toBe("absent");
  });

  test("as a folder, the authors' own texts travel, and one bad file hides nothing", async () => {
    writeFileSync(join(other.workspaceRoot, "templates", "mine.template.json"), '{"name":   "Mine"}');
    const files = exportFolder(await other.list());
    expect(files.map((each) => each.file)).toEqual(["mine.template.json", "checksums.json"]);
    const items = await previewImport(
      bundleOfFiles([...files, { file: "bad.template.json", content: "{ no" }]),
      store,
    );
    expect(items.map(({ name, checksum, problems }) => [name, checksum, problems.length > 0])).toEqual([
      ["Mine", "valid", false],
      ["bad", "absent", true],
    ]);
  });

  test("several files of any kind are one import", async () => {
    const { source } = await other.create({ name: "Alone" });
    const text = bundleOfFiles([
      { file: "alone.json", content: source },
      { file: "bundle.json", content: exportBundle(await other.list()).replaceAll("Alone", "Bundled") },
      { file: "list.json", content: '[{"name":"One"},{"name":"Two"}]' },
      { file: "old.json", content: '{"name":"Old","exposed_modules":["json"]}' },
      { file: "junk.json", content: "{ no" },
    ]);
    const items = await previewImport(text, store);
    expect(items.map(({ name, checksum, problems }) => [name, checksum, problems.length])).toEqual([
      ["Alone", "absent", 0],
      ["Bundled", "changed", 0],
      ["One", "absent", 0],
      ["Two", "absent", 0],
      ["Old", "absent", 0],
      ["junk.json", "absent", expect.any(Number)],
    ]);
  });

  test("a conflict shows what replacing would change, in words", async () => {
    const mine = await store.create({ name: "A" });
    await store.setLimit(mine.file, "memoryMb", 256);
    const theirs = mine.source.replace('"modules": {}', '"modules": { "yaml": {} }');
    const [item] = await previewImport(theirs, store);
    expect(item).toMatchObject({ conflict: "sameId" });
    expect(item?.changes.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
      "widens: now may load yaml (computes only)",
      "narrows: memory 256 → 128 MB",
    ]);

    const [named] = await previewImport('{"name":"a","modules":{"yaml":{}}}', store);
    expect(named?.conflict).toBe("nameTaken");
  });

  test("replacing keeps the identity, adding never takes another's", async () => {
    const mine = await store.create({ name: "A" });
    const [replaced] = await importTemplates(
      '{"name":"a","modules":{"yaml":{}}}',
      [{ name: "a", action: "replace" }],
      store,
    );
    expect(replaced).toMatchObject({
      file: mine.file,
      name: "a",
      template: { id: mine.template?.id, modules: { yaml: {} } },
    });

    const [added] = await importTemplates(
      mine.source,
      [{ name: "A", action: "add", newName: "A again" }],
      store,
    );
    expect(added).toMatchObject({ state: "ok", name: "A again" });
    expect(added?.template?.id).not.toBe(mine.template?.id);
    expect((await store.list()).map((entry) => entry.state)).toEqual(["ok", "ok"]);
  });

  test("a name that is taken, or twice in one import, is refused before anything is written", async () => {
    await store.create({ name: "A" });
    const text = '[{"name":"New"},{"name":"A"}]';
    expect(
      await codeOf(
        importTemplates(
          text,
          [
            { name: "New", action: "add" },
            { name: "A", action: "add" },
          ],
          store,
        ),
      ),
    ).toBe("TEMPLATE_NAME_TAKEN");
    expect(
      await codeOf(
        importTemplates(
          '[{"name":"N"},{"name":"n"}]',
          [
            { name: "N", action: "add" },
            { name: "n", action: "add" },
          ],
          store,
        ),
      ),
    ).toBe("TEMPLATE_NAME_TAKEN");
    expect(await codeOf(importTemplates(text, [{ name: "Nope", action: "add" }], store))).toBe(
      "TEMPLATE_NOT_FOUND",
    );
    expect(filesHere()).toEqual(["a.template.json"]);
  });

  test("what may not be listed is refused by import, too; built-ins go and are reported", async () => {
    const [item] = await previewImport('{"name":"X","modules":{"JSON":{},"yml":{}}}', store);
    expect(item).toMatchObject({
      migration: ['modules: "JSON" removed (MODULE_NOT_ALLOWED); JSON is a built-in and always available'],
      problems: [{ error: { code: "MODULE_NOT_ALLOWED" } }],
    });
    expect(
      await codeOf(
        importTemplates('{"name":"X","modules":{"yml":{}}}', [{ name: "X", action: "add" }], store),
      ),
    ).toBe("MODULE_NOT_ALLOWED");
    expect(filesHere()).toEqual([]);
  });

  test.each([
    "",
    "{",
    "[1",
    "nonsense",
    '"text"',
    '{"format":"vm-workbench-templates","version":9,"templates":[]}',
    '{"format":"vm-workbench-templates","version":1}',
  ])("%j is refused with a reason", async (text) =>
    expect(await codeOf(previewImport(text, store))).toBe("INVALID_REQUEST"),
  );

  test("a received file name never chooses where something is written", async () => {
    const bundle = JSON.stringify({
      format: "vm-workbench-templates",
      version: 1,
      templates: [{ file: "../../evil.template.json", template: { name: "Evil" } }],
    });
    await importTemplates(bundle, [{ name: "Evil", action: "add" }], store);
    expect(filesHere()).toEqual(["evil.template.json"]);
    expect(readdirSync(base).sort()).toEqual(["here", "there"]);
  });
});

const older = {
  id: "tmpl-1",
  name: "Old one",
  engine: "goja",
  exposed_modules: ["console", "json", "path", "node:path", "yaml", " Math "],
  libraries: ["lodash-4.17.21", { name: "dayjs" }],
  startup_files: [
    { path: "b.js", order_index: 2 },
    { path: "a.js", order_index: 1, mode: "import" },
  ],
  settings: {
    limits: { cpu_ms: 1500, wall_ms: 4000, mem_mb: 4, max_events: 100, colour: 1 },
    resolver: { roots: ["lib"], extensions: [".js"], allow_absolute_repo_imports: true },
    runtime: { esm: true, strict: false, console: true },
  },
};

describe("the older form", () => {
  test("is migrated with an exact report, and nothing is widened", async () => {
    const [item] = await previewImport(JSON.stringify(older), store);
    expect(item?.problems).toEqual([]);
    expect(item?.template).toMatchObject({
      name: "Old one",
      modules: { path: {}, yaml: {} },
      libraries: ["lodash", "dayjs"],
      startup: [
        { path: "a.js", mode: "import" },
        { path: "b.js", mode: "eval" },
      ],
      limits: { cpuMs: 1500, wallMs: 4000, memoryMb: 16, maxEvents: 100 },
      resolver: { roots: ["lib"], extensions: [".js"] },
      runtime: { strict: false, console: true },
    });
    expect(item?.migration).toEqual([
      'id: "tmpl-1" → a new one (ids are UUIDs)',
      'modules: "console" removed (MODULE_NOT_ALLOWED); console is a built-in and always available',
      'modules: "json" removed (MODULE_NOT_ALLOWED); JSON is a built-in and always available',
      'modules: "path" kept',
      'modules: "node:path" removed; path is listed already',
      'modules: "yaml" kept',
      'modules: " Math " removed (MODULE_NOT_ALLOWED); Math is a built-in and always available',
      'libraries: "lodash-4.17.21" → "lodash", in the version that the application ships',
      "startup: a.js, b.js, in the order of order_index",
      "limits.cpu_ms → limits.cpuMs: 1500",
      "limits.wall_ms → limits.wallMs: 4000",
      "limits.mem_mb: 4 is off the scale here, so limits.memoryMb is 16",
      "limits.max_events → limits.maxEvents: 100",
      "limits.colour: left out, it has no meaning here",
      "settings.resolver.roots → resolver.roots",
      "settings.resolver.extensions → resolver.extensions",
      "settings.resolver.allow_absolute_repo_imports: left out, it has no meaning here",
      "settings.runtime.esm: left out, it has no meaning here",
      "settings.runtime.strict → runtime.strict: false",
      "settings.runtime.console → runtime.console: true",
      "engine: left out, it has no meaning here",
    ]);
  });

  test("is understood as the older API wraps it, and as its web page spells it", async () => {
    const { exposed_modules, startup_files, settings, ...rest } = older;
    const wrapped = { template: { ...rest, exposed_modules }, settings, capabilities: null, startup_files };
    const camel = {
      ...rest,
      exposedModules: exposed_modules,
      startupFiles: [{ path: "a.js", orderIndex: 1, mode: "eval" }],
      settings,
    };
    const items = await previewImport(JSON.stringify([wrapped, camel]), store);
    expect(
      items.map(({ template, problems }) => [
        Object.keys(template?.modules ?? {}),
        template?.limits.cpuMs,
        template?.startup[0]?.path,
        problems,
      ]),
    ).toEqual([
      [["path", "yaml"], 1500, "a.js", []],
      [["path", "yaml"], 1500, "a.js", []],
    ]);
  });

  test("several come as a list", async () => {
    const items = await previewImport(
      JSON.stringify({ templates: [older, { ...older, name: "Second" }] }),
      store,
    );
    expect(items.map((item) => item.name)).toEqual(["Old one", "Second"]);
  });

  test("in the workspace: a dry run writes nothing, a real one keeps the original in the trash", async () => {
    put("old.template.json", JSON.stringify(older));
    put("builtins.template.json", '{ "name": "B", "modules": { "json": {}, "yaml": {} } }');
    put("hopeless.template.json", '{ "name": "H", "modules": { "json": {}, "nope": {} } }');
    put("junk.template.json", "junk");
    const texts = () =>
      filesHere().map((file) => readFileSync(join(store.workspaceRoot, "templates", file), "utf8"));
    const before = texts();
    const dry = await migrateWorkspace(store, { dryRun: true });
    expect(dry.map(({ file, report, problem }) => [file, report.length, problem?.code])).toEqual([
      ["builtins.template.json", 1, undefined],
      ["hopeless.template.json", 1, "MODULE_NOT_ALLOWED"],
      ["old.template.json", 21, undefined],
    ]);
    expect(texts()).toEqual(before);
    await migrateWorkspace(store, { dryRun: false });
    expect((await store.list()).map(({ name, state }) => [name, state])).toEqual([
      ["B", "ok"],
      ["H", "broken"],
      ["junk", "broken"],
      ["Old one", "ok"],
    ]);
    const kept = readdirSync(join(store.workspaceRoot, ".trash"), { recursive: true, encoding: "utf8" });
    expect(kept.filter((path) => path.endsWith(".template.json"))).toHaveLength(2);
  });
});
