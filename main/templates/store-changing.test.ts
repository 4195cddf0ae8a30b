import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { failure } from "../testing/failure";
import type { TemplateStore } from "./store";
import { TestTemplates } from "./testing/test-store";

const ID_A = "6f1c7d3e-58b5-4a3c-9d26-0d9f7c1f0a01";
const ID_B = "6f1c7d3e-58b5-4a3c-9d26-0d9f7c1f0a02";

let templates: TestTemplates;
let store: TemplateStore;
beforeEach(() => {
  templates = new TestTemplates();
  store = templates.store;
});

test("a replacement that cannot be written leaves the broken file where it was", async () => {
  // The new text would stand under a longer name first, for which there is no room.
  const file = `${"a".repeat(236)}.template.json`;
  const text = templates.put(file, { name: "Old", modules: { json: {} } });
  const { hash, state } = await store.get(file);
  expect(state).toBe("broken");
  expect((await failure(store.replaceBroken(file, '{"name":"New"}', hash))).code).toBe("INVALID_PATH");
  expect(templates.onDisk(file)).toBe(text);
});

describe("creating", () => {
  test("the file is readable, named after the template, and has every default written out", async () => {
    const entry = await store.create({ name: "Tägliche Berichte!" });
    expect(entry).toMatchObject({
      state: "ok",
      file: "tagliche-berichte.template.json",
      name: "Tägliche Berichte!",
    });
    expect(Object.keys(JSON.parse(templates.onDisk(entry.file)))).toEqual([
      "version",
      "id",
      "name",
      "description",
      "modules",
      "libraries",
      "startup",
      "limits",
      "resolver",
      "runtime",
    ]);
    expect(templates.onDisk(entry.file)).toMatch(/^\{\n {2}"version": 1,\n[\s\S]*\}\n$/);
  });

  test("names are unique in any case, and refused ones leave nothing behind", async () => {
    await store.create({ name: "Reports" });
    expect((await failure(store.create({ name: " REPORTS " }))).code).toBe("TEMPLATE_NAME_TAKEN");
    expect((await failure(store.create({ name: "  " }))).code).toBe("VALIDATION_ERROR");
    expect((await failure(store.create({ name: "x".repeat(121) }))).code).toBe("VALIDATION_ERROR");
    expect((await failure(store.create({ name: "P", preset: "nope" }))).code).toBe("INVALID_REQUEST");
    expect(readdirSync(join(templates.root, "templates"))).toEqual(["reports.template.json"]);
  });

  test("two names with the same letters get two files, and device names are avoided", async () => {
    expect((await store.create({ name: "a b" })).file).toBe("a-b.template.json");
    expect((await store.create({ name: "a-b" })).file).toBe("a-b-2.template.json");
    expect((await store.create({ name: "CON" })).file).toBe("con-template.template.json");
    expect((await store.create({ name: "日本" })).file).toBe("template.template.json");
  });

  test("two at the same time with one name: exactly one succeeds", async () => {
    const results = await Promise.allSettled([store.create({ name: "One" }), store.create({ name: "one" })]);
    expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await store.list()).toHaveLength(1);
  });

  test("from a script, it gets the modules and libraries that the script and its files load", async () => {
    mkdirSync(join(templates.root, "lib"));
    writeFileSync(
      join(templates.root, "main.ts"),
      'import type { X } from "csv";\nimport { helper } from "./lib/helper";\nimport _ from "lodash";\nexport const x: X = helper(_);\n',
    );
    writeFileSync(
      join(templates.root, "lib", "helper.js"),
      'const yaml = require("yaml");\nexports.helper = () => yaml.parse("a: 1");\n',
    );
    const entry = await store.create({ name: "From script", fromScript: "./main.ts" });
    expect(entry.template).toMatchObject({
      modules: { yaml: {} },
      libraries: ["lodash"],
      description: "For main.ts.",
    });
    expect((await failure(store.create({ name: "Other", fromScript: "gone.js" }))).code).toBe(
      "FILE_NOT_FOUND",
    );
  });
});

describe("saving", () => {
  test("keeps the text as it stands", async () => {
    templates.put("a.template.json", { id: ID_A, name: "A" });
    const { hash } = await templates.only();
    const text = `{"name":"A",    "id":"${ID_A}",\r\n\t"description": "mine"}`;
    expect(await store.save("a.template.json", text, hash)).toMatchObject({ state: "ok", source: text });
    expect(templates.onDisk("a.template.json")).toBe(text);
  });

  test("a change on the disk meanwhile is a conflict and loses nothing", async () => {
    templates.put("a.template.json", { id: ID_A, name: "A" });
    const { hash } = await templates.only();
    const theirs = templates.put("a.template.json", { id: ID_A, name: "A", description: "theirs" });
    expect(
      (
        await failure(
          store.save("a.template.json", JSON.stringify({ id: ID_A, name: "A", description: "mine" }), hash),
        )
      ).code,
    ).toBe("TEMPLATE_CONFLICT");
    expect(templates.onDisk("a.template.json")).toBe(theirs);
  });

  test("a file deleted meanwhile is a conflict; saving it as new brings it back", async () => {
    const text = templates.put("a.template.json", { id: ID_A, name: "A" });
    const { hash } = await templates.only();
    rmSync(templates.path("a.template.json"));
    expect((await failure(store.save("a.template.json", text, hash))).details).toMatchObject({
      deleted: true,
    });
    expect(await store.save("a.template.json", text, "")).toMatchObject({ state: "ok" });
  });

  test.each([
    ["no JSON", "{", "TEMPLATE_INVALID"],
    ["an unknown key", '{"name":"A","nmae":1}', "TEMPLATE_INVALID"],
    ["a built-in", '{"name":"A","modules":{"JSON":{}}}', "MODULE_NOT_ALLOWED"],
    ["an unknown library", '{"name":"A","libraries":["nope"]}', "LIBRARY_NOT_FOUND"],
    ["a limit off the scale", '{"name":"A","limits":{"memoryMb":1}}', "TEMPLATE_INVALID"],
  ])("%s is refused and not stored", async (_what, text, code) => {
    const before = templates.put("a.template.json", { name: "A" });
    const { hash } = await templates.only();
    expect((await failure(store.save("a.template.json", text, hash))).code).toBe(code);
    expect(templates.onDisk("a.template.json")).toBe(before);
  });

  test("the name of another template, its id, and a strange file name are refused", async () => {
    templates.put("a.template.json", { id: ID_A, name: "A" });
    templates.put("b.template.json", { id: ID_B, name: "B" });
    const hash = (await store.get("b.template.json")).hash;
    expect(
      (await failure(store.save("b.template.json", JSON.stringify({ id: ID_B, name: "a" }), hash))).code,
    ).toBe("TEMPLATE_NAME_TAKEN");
    expect(
      (await failure(store.save("b.template.json", JSON.stringify({ id: ID_A, name: "B" }), hash))).code,
    ).toBe("TEMPLATE_CONFLICT");
    for (const file of [
      "../x.template.json",
      "x.json",
      "/x.template.json",
      ".template.json",
      "a\0.template.json",
    ]) {
      expect((await failure(store.save(file, JSON.stringify({ name: "X" }), ""))).code, file).toBe(
        "INVALID_PATH",
      );
    }
  });

  test("a file marked read-only is not written", async () => {
    const text = templates.put("a.template.json", { name: "A" });
    chmodSync(templates.path("a.template.json"), 0o444);
    const entry = await templates.only();
    expect(entry.readOnly).toBe(true);
    for (const attempt of [
      store.save(entry.file, JSON.stringify({ name: "B" }), entry.hash),
      store.rename(entry.file, "B"),
      store.addModule(entry.file, "yaml"),
      store.setLimit(entry.file, "memoryMb", 256),
    ]) {
      expect((await failure(attempt)).code).toBe("PERMISSION_DENIED");
    }
    expect(templates.onDisk(entry.file)).toBe(text);
  });
});

describe("changing", () => {
  const handwritten = `{
    "name": "Mine",
    "limits": { "cpuMs": 100 },
    "modules": {
        "timer": {}
    }
}
`;

  test("adding a module touches nothing else of the text", async () => {
    templates.put("mine.template.json", handwritten);
    await store.addModule("mine.template.json", "yaml");
    expect(templates.onDisk("mine.template.json")).toBe(
      handwritten.replace('"timer": {}', '"timer": {},\n        "yaml": {}'),
    );
    await store.removeModule("mine.template.json", "yaml");
    expect(templates.onDisk("mine.template.json")).toBe(handwritten);
  });

  test("a module is listed once, however often and under whichever name it is added", async () => {
    const { file } = await store.create({ name: "A" });
    await store.addModule(file, "path");
    await store.addModule(file, "node:path");
    const entry = await store.addModule(file, " path ");
    expect(Object.keys(entry.template?.modules ?? {})).toEqual(["path"]);
    expect(templates.onDisk(file).match(/path"/g)).toHaveLength(1);
  });

  test("an alias in the file is found under the canonical name", async () => {
    templates.put("a.template.json", { name: "A", modules: { "node:path": {} } });
    expect((await templates.only()).template?.modules).toEqual({ path: {} });
    expect((await store.removeModule("a.template.json", "path")).template?.modules).toEqual({});
  });

  test("an invalid configuration is refused and not stored", async () => {
    const { file } = await store.create({ name: "A" });
    expect((await failure(store.addModule(file, "yaml", { indent: 2 }))).code).toBe("VALIDATION_ERROR");
    expect((await store.get(file)).template?.modules).toEqual({});
  });

  test("built-ins of older data go in one step", async () => {
    templates.put("old.template.json", {
      name: "Old",
      modules: { json: {}, yaml: {}, Math: {}, " console ": {} },
    });
    const { entry, removed } = await store.removeBuiltins("old.template.json");
    expect(removed).toEqual(["json", "Math", " console "]);
    expect(entry).toMatchObject({ state: "ok", template: { modules: { yaml: {} } } });
  });

  test("a broken file is not changed when something else stays wrong with it", async () => {
    const text = templates.put("old.template.json", { name: "Old", modules: { json: {}, nope: {} } });
    expect((await failure(store.removeBuiltins("old.template.json"))).code).toBe("MODULE_NOT_ALLOWED");
    expect(templates.onDisk("old.template.json")).toBe(text);
    expect((await failure(store.addModule("old.template.json", "yaml"))).code).toBe("MODULE_NOT_ALLOWED");
  });

  test("libraries are added by id or file, and an unknown id is refused", async () => {
    writeFileSync(join(templates.root, "mine.js"), "");
    const { file } = await store.create({ name: "A" });
    await store.addLibrary(file, "lodash");
    await store.addLibrary(file, "lodash");
    const entry = await store.addLibrary(file, { path: "./mine.js", global: "Mine" });
    expect(entry.template?.libraries).toEqual(["lodash", { path: "mine.js", global: "Mine" }]);
    expect((await failure(store.addLibrary(file, "lodahs"))).message).toContain('Did you mean "lodash"?');
    expect((await store.removeLibrary(file, "mine.js")).template?.libraries).toEqual(["lodash"]);
    expect((await failure(store.removeLibrary(file, "dayjs"))).code).toBe("LIBRARY_NOT_FOUND");
  });

  test("limits are set on the scale and by their names", async () => {
    const { file } = await store.create({ name: "A" });
    expect((await store.setLimit(file, "memoryMb", 256)).template?.limits.memoryMb).toBe(256);
    expect((await failure(store.setLimit(file, "memory", 1))).code).toBe("VALIDATION_ERROR");
    expect((await failure(store.setLimit(file, "memoryMb", 1))).message).toContain("limits.memoryMb");
    expect((await store.get(file)).template?.limits.memoryMb).toBe(256);
  });

  test("startup files are added at the end, before another, moved and removed", async () => {
    for (const name of ["a.js", "b.js", "c.js"]) writeFileSync(join(templates.root, name), "");
    const { file } = await store.create({ name: "A" });
    await store.addStartup(file, { path: "a.js", mode: "eval" });
    await store.addStartup(file, { path: "./x/../b.js", mode: "import" });
    await store.addStartup(file, { path: "c.js", mode: "eval" }, "b.js");
    expect((await store.get(file)).template?.startup.map((each) => each.path)).toEqual([
      "a.js",
      "c.js",
      "b.js",
    ]);
    await store.addStartup(file, { path: "b.js", mode: "eval" }, "a.js");
    expect((await store.get(file)).template?.startup).toEqual([
      { path: "b.js", mode: "eval" },
      { path: "a.js", mode: "eval" },
      { path: "c.js", mode: "eval" },
    ]);
    expect((await store.removeStartup(file, "a.js")).template?.startup).toHaveLength(2);
    for (const [path, code] of [
      ["", "FILE_NOT_FOUND"],
      [".", "FILE_NOT_FOUND"],
      ["gone.js", "FILE_NOT_FOUND"],
      ["/a.js", "INVALID_PATH"],
      ["../a.js", "INVALID_PATH"],
      ["templates", "INVALID_PATH"],
    ] as const) {
      expect((await failure(store.addStartup(file, { path, mode: "eval" }))).code, path).toBe(code);
    }
    expect((await store.get(file)).template?.startup).toHaveLength(2);
  });

  test("a rename keeps the file and refuses a taken name", async () => {
    const { file } = await store.create({ name: "A" });
    await store.create({ name: "B" });
    expect(await store.rename(file, "C")).toMatchObject({ file, name: "C" });
    expect((await failure(store.rename(file, "b"))).code).toBe("TEMPLATE_NAME_TAKEN");
  });

  test("a duplicate has its own id and the same policy", async () => {
    templates.put("mine.template.json", handwritten);
    const copy = await store.duplicate("mine.template.json", "Yours");
    const original = await store.get("mine.template.json");
    expect(copy).toMatchObject({ state: "ok", name: "Yours", effects: original.effects });
    expect(copy.template?.id).not.toBe(original.template?.id);
    expect(templates.onDisk(copy.file)).toContain('    "limits": { "cpuMs": 100 },\n');
  });

  test("a deletion can be undone, of a broken file too, unless its place is taken", async () => {
    const text = templates.put("broken.template.json", "{ not json");
    const { undoToken } = await store.delete("broken.template.json");
    expect(existsSync(templates.path("broken.template.json"))).toBe(false);
    templates.put("broken.template.json", "{}");
    expect((await failure(store.undoDelete(undoToken))).code).toBe("FILE_CONFLICT");
    rmSync(templates.path("broken.template.json"));
    expect(await store.undoDelete(undoToken)).toMatchObject({ state: "broken", source: text });
    expect((await failure(store.undoDelete(undoToken))).code).toBe("FILE_NOT_FOUND");
    expect((await failure(store.undoDelete("../../etc"))).code).toBe("FILE_NOT_FOUND");
  });
});
