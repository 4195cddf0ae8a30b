import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { failure } from "../testing/failure";
import type { TemplateStore } from "./store";
import { openTestStore, TestTemplates } from "./testing/test-store";

const ID_A = "6f1c7d3e-58b5-4a3c-9d26-0d9f7c1f0a01";
const ID_B = "6f1c7d3e-58b5-4a3c-9d26-0d9f7c1f0a02";

let templates: TestTemplates;
let store: TemplateStore;
beforeEach(() => {
  templates = new TestTemplates();
  store = templates.store;
});

describe("listing", () => {
  test("a workspace without templates has an empty list", async () => {
    rmSync(join(templates.root, "templates"), { recursive: true });
    expect(await store.list()).toEqual([]);
  });

  test("a file with only a name has the documented defaults and a stable id", async () => {
    templates.put("mini.template.json", { name: "Mini" });
    const entry = await templates.only();
    expect(entry).toMatchObject({ state: "ok", name: "Mini", problems: [], readOnly: false });
    expect(entry.template).toMatchObject({
      version: 1,
      modules: {},
      libraries: [],
      startup: [],
      limits: { cpuMs: 2000, wallMs: 5000, memoryMb: 128, stackKb: 256, maxEvents: 50000, maxOutputKb: 256 },
      resolver: { roots: ["."], extensions: [".js", ".mjs", ".cjs", ".ts", ".mts", ".json"], npm: false },
      runtime: { console: true, strict: true, typescript: true },
    });
    expect((await openTestStore(templates.root).list())[0]?.template?.id).toBe(entry.template?.id);
  });

  test("a file that is no JSON is broken, with the place and the reason", async () => {
    templates.put("bad.template.json", '{\n  "name": "Bad",\n  "modules": {},\n}\n');
    const entry = await templates.only();
    expect(entry).toMatchObject({ state: "broken", name: "bad" });
    expect(entry.problems[0]).toMatchObject({ line: 4, column: 1, error: { code: "TEMPLATE_INVALID" } });
    expect(entry.problems[0]?.error.message).toContain("no comma after the last entry");
  });

  test("an unknown key is named with the nearest valid one, at its place", async () => {
    templates.put(
      "bad.template.json",
      '{\n  "name": "Bad",\n  "limits": {\n    "cpuMS": 5\n  },\n  "module": {}\n}\n',
    );
    const entry = await templates.only();
    expect(entry.state).toBe("broken");
    expect(entry.name).toBe("Bad");
    expect(
      entry.problems.map(({ error, line, column }) => [error.code, error.message, line, column]),
    ).toEqual([
      ["VALIDATION_ERROR", 'limits.cpuMS: Unknown key "cpuMS". Did you mean "cpuMs"?', 4, 5],
      ["VALIDATION_ERROR", 'module: Unknown key "module". Did you mean "modules"?', 6, 3],
    ]);
  });

  test("built-ins and unknown modules are refused with MODULE_NOT_ALLOWED", async () => {
    templates.put("old.template.json", {
      name: "Old",
      modules: { json: {}, " Math ": {}, yml: {}, __proto__x: {} },
    });
    templates.put("proto.template.json", '{ "name": "Proto", "modules": { "__proto__": {} } }');
    const [old, proto] = await store.list();
    expect(old?.problems.map(({ error }) => error.code)).toEqual(Array(4).fill("MODULE_NOT_ALLOWED"));
    expect(old?.problems[2]?.error.message).toContain('Did you mean "yaml"?');
    expect(proto).toMatchObject({
      state: "broken",
      problems: [{ error: { code: "MODULE_NOT_ALLOWED" }, line: 1 }],
    });
  });

  test("an unknown library and a path that leads out are refused at their places", async () => {
    templates.put("bad.template.json", {
      name: "Bad",
      libraries: ["lodahs", { path: "/etc/x.js" }],
      startup: [{ path: "../x.js" }],
      resolver: { roots: ["..", "."] },
    });
    expect((await templates.only()).problems.map(({ error, path }) => [error.code, path])).toEqual([
      ["LIBRARY_NOT_FOUND", ["libraries", 0]],
      ["INVALID_PATH", ["libraries", 1, "path"]],
      ["INVALID_PATH", ["startup", 0, "path"]],
      ["INVALID_PATH", ["resolver", "roots", 0]],
    ]);
  });

  test("a newer version is shown read-only and never rewritten", async () => {
    const text = templates.put("new.template.json", { version: 2, name: "Future", wonders: true });
    const entry = await templates.only();
    expect(entry).toMatchObject({ state: "newer", name: "Future", readOnly: true });
    for (const attempt of [
      store.save(entry.file, JSON.stringify({ name: "x" }), entry.hash),
      store.rename(entry.file, "x"),
      store.addModule(entry.file, "yaml"),
      store.removeBuiltins(entry.file),
    ]) {
      expect((await failure(attempt)).message).toContain("version 2");
    }
    expect(templates.onDisk("new.template.json")).toBe(text);
  });

  test("two files with one id, or one name in any case, are both listed and say so", async () => {
    templates.put("a.template.json", { id: ID_A, name: "Alpha" });
    templates.put("b.template.json", { id: ID_A, name: "Beta" });
    templates.put("c.template.json", { id: ID_B, name: "BETA" });
    const entries = await store.list();
    expect(
      entries.map(({ file, state, problems }) => [file, state, problems.map(({ error }) => error.code)]),
    ).toEqual([
      ["a.template.json", "duplicate", ["TEMPLATE_CONFLICT"]],
      ["b.template.json", "duplicate", ["TEMPLATE_CONFLICT", "TEMPLATE_NAME_TAKEN"]],
      ["c.template.json", "duplicate", ["TEMPLATE_NAME_TAKEN"]],
    ]);
    await store.rename("c.template.json", "Gamma");
    await store.delete("b.template.json");
    expect((await store.list()).map((entry) => entry.state)).toEqual(["ok", "ok"]);
  });

  test.skipIf(process.platform !== "linux")(
    "two files whose names differ only in case are both listed and say so",
    async () => {
      templates.put("a.template.json", { id: ID_A, name: "Alpha" });
      templates.put("A.template.json", { id: ID_B, name: "Beta" });
      const entries = await store.list();
      expect(entries.map(({ name, state, problems }) => [name, state, problems[0]?.error.code])).toEqual([
        ["Alpha", "duplicate", "TEMPLATE_CONFLICT"],
        ["Beta", "duplicate", "TEMPLATE_CONFLICT"],
      ]);
    },
  );

  test("a folder, a link that leads out and a file that is not text are broken, not fatal", async () => {
    mkdirSync(templates.path("folder.template.json"));
    symlinkSync("/etc/passwd", templates.path("link.template.json"));
    writeFileSync(templates.path("binary.template.json"), Buffer.from([0xff, 0xfe, 0x00, 0x80]));
    templates.put("big.template.json", `"${"x".repeat(1_100_000)}"`);
    templates.put("deep.template.json", "[".repeat(200_000));
    templates.put("fine.template.json", { name: "Fine" });
    templates.put("notes.txt", "not a template");
    expect((await store.list()).map(({ name, state }) => [name, state])).toEqual([
      ["big", "broken"],
      ["binary", "broken"],
      ["deep", "broken"],
      ["Fine", "ok"],
      ["folder", "broken"],
      ["link", "broken"],
    ]);
  });

  test("a byte order mark is no fault", async () => {
    templates.put("bom.template.json", `\uFEFF${JSON.stringify({ name: "Bom" })}`);
    expect(await templates.only()).toMatchObject({ state: "ok", name: "Bom" });
  });

  test("a workspace that is gone says so", async () => {
    const gone = openTestStore(join(templates.root, "gone"));
    rmSync(join(templates.root, "gone"), { recursive: true });
    expect((await failure(gone.list())).code).toBe("WORKSPACE_UNAVAILABLE");
  });
});

describe("finding", () => {
  test("by name in any case, by file, by file without its ending", async () => {
    const { file } = await store.create({ name: "Log report" });
    for (const ref of ["log REPORT", file, "log-report"]) expect((await store.find(ref)).file).toBe(file);
    const error = await failure(store.find("nope"));
    expect(error).toMatchObject({ code: "TEMPLATE_NOT_FOUND" });
    expect(error.message).toContain("Log report");
  });

  test("a broken one cannot be used and says why", async () => {
    templates.put("a.template.json", { name: "A", modules: { json: {} } });
    templates.put("b.template.json", "{");
    expect((await failure(store.resolve({ file: "a.template.json" }))).code).toBe("MODULE_NOT_ALLOWED");
    expect((await failure(store.resolve({ file: "b.template.json" }))).code).toBe("TEMPLATE_INVALID");
    expect((await failure(store.resolve({ source: "{" }))).code).toBe("TEMPLATE_INVALID");
    const large = JSON.stringify({ name: "Large", description: "x".repeat(1_100_000) });
    expect((await failure(store.resolve({ source: large }))).message).toContain("larger than 1 MB");
    expect(await store.resolve({ source: '{"name":"New"}' })).toMatchObject({
      unsaved: true,
      template: { name: "New" },
    });
  });
});

describe("watching", () => {
  test("changes on the disk appear, own writes once, and a folder that is made later too", async () => {
    rmSync(join(templates.root, "templates"), { recursive: true });
    const seen: string[][] = [];
    const changes = (count: number) => expect.poll(() => seen.length, { timeout: 10_000 }).toBe(count);
    const end = store.subscribe((templates) => seen.push(templates.map((entry) => entry.name)));
    await store.watch();
    mkdirSync(join(templates.root, "templates"));
    templates.put("a.template.json", { id: ID_A, name: "A" });
    await changes(1);
    await store.create({ name: "B" });
    await changes(2);
    templates.put("a.template.json", { id: ID_A, name: "A2" });
    await changes(3);
    rmSync(templates.path("a.template.json"));
    await changes(4);
    expect(seen).toEqual([["A"], ["A", "B"], ["A2", "B"], ["B"]]);
    end();
  });
});

describe("a workspace with a thousand templates", () => {
  const many = () => {
    for (let index = 0; index < 1000; index++)
      templates.put(`t${index}.template.json`, {
        name: `Template ${index}`,
        modules: { yaml: {}, path: {} },
      });
  };

  test("is listed whole, and meanwhile other work gets its turn", async () => {
    many();
    let turns = 0;
    let isListing = true;
    const work = () => {
      turns += 1;
      if (isListing) setImmediate(work);
    };
    setImmediate(work);
    expect(await store.list()).toHaveLength(1000);
    isListing = false;
    expect(turns).toBeGreaterThan(10);
  });

  test("what did not change is not read again", async () => {
    many();
    const first = new Map((await store.list()).map((entry) => [entry.file, entry]));
    templates.put("t7.template.json", { name: "Changed" });
    const again = await store.list();
    expect(again.filter((entry) => first.get(entry.file) !== entry).map(({ name }) => name)).toEqual([
      "Changed",
    ]);
  });
});
