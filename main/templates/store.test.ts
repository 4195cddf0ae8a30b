import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { TemplateEntry } from "../../shared/ipc/templates";
import { WorkbenchError } from "../../shared/model/error";
import { Trash } from "../workspace/trash";
import { applicationRules } from "./rules";
import { TemplateStore } from "./store";

const rules = applicationRules(["lodash", "dayjs"]);
let root: string;
let store: TemplateStore;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "templates-")));
  mkdirSync(join(root, "templates"));
  store = newStore();
});
afterEach(async () => {
  await store.dispose();
  rmSync(root, { recursive: true });
});

function newStore(): TemplateStore {
  return new TemplateStore({
    workspaceRoot: root,
    rules: () => rules,
    trash: new Trash(join(root, ".trash")),
  });
}

function put(file: string, content: unknown): string {
  const text = typeof content === "string" ? content : `${JSON.stringify(content, null, 2)}\n`;
  writeFileSync(join(root, "templates", file), text);
  return text;
}

function onDisk(file: string): string {
  return readFileSync(join(root, "templates", file), "utf8");
}

async function failure(promise: Promise<unknown>): Promise<WorkbenchError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof WorkbenchError) return error;
    throw error;
  }
  throw new Error("It succeeded.");
}

async function only(): Promise<TemplateEntry> {
  const entries = await store.list();
  expect(entries).toHaveLength(1);
  const [entry] = entries;
  if (entry === undefined) throw new Error("The list is empty.");
  return entry;
}

const ID_A = "6f1c7d3e-58b5-4a3c-9d26-0d9f7c1f0a01";
const ID_B = "6f1c7d3e-58b5-4a3c-9d26-0d9f7c1f0a02";

describe("listing", () => {
  test("a workspace without templates has an empty list", async () => {
    rmSync(join(root, "templates"), { recursive: true });
    expect(await store.list()).toEqual([]);
  });

  test("a file with only a name has the documented defaults and a stable id", async () => {
    put("mini.template.json", { name: "Mini" });
    const entry = await only();
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
    expect((await newStore().list())[0]?.template?.id).toBe(entry.template?.id);
  });

  test("a file that is no JSON is broken, with the place and the reason", async () => {
    put("bad.template.json", '{\n  "name": "Bad",\n  "modules": {},\n}\n');
    const entry = await only();
    expect(entry).toMatchObject({ state: "broken", name: "bad" });
    expect(entry.problems[0]).toMatchObject({ line: 4, column: 1, error: { code: "TEMPLATE_INVALID" } });
    expect(entry.problems[0]?.error.message).toContain("no comma after the last entry");
  });

  test("an unknown key is named with the nearest valid one, at its place", async () => {
    put("bad.template.json", '{\n  "name": "Bad",\n  "limits": {\n    "cpuMS": 5\n  },\n  "module": {}\n}\n');
    const entry = await only();
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
    put("old.template.json", { name: "Old", modules: { json: {}, " Math ": {}, yml: {}, __proto__x: {} } });
    put("proto.template.json", '{ "name": "Proto", "modules": { "__proto__": {} } }');
    const [old, proto] = await store.list();
    expect(old?.problems.map(({ error }) => error.code)).toEqual(Array(4).fill("MODULE_NOT_ALLOWED"));
    expect(old?.problems[2]?.error.message).toContain('Did you mean "yaml"?');
    expect(proto).toMatchObject({
      state: "broken",
      problems: [{ error: { code: "MODULE_NOT_ALLOWED" }, line: 1 }],
    });
  });

  test("an unknown library and a path that leads out are refused at their places", async () => {
    put("bad.template.json", {
      name: "Bad",
      libraries: ["lodahs", { path: "/etc/x.js" }],
      startup: [{ path: "../x.js" }],
      resolver: { roots: ["..", "."] },
    });
    expect((await only()).problems.map(({ error, path }) => [error.code, path])).toEqual([
      ["LIBRARY_NOT_FOUND", ["libraries", 0]],
      ["INVALID_PATH", ["libraries", 1, "path"]],
      ["INVALID_PATH", ["startup", 0, "path"]],
      ["INVALID_PATH", ["resolver", "roots", 0]],
    ]);
  });

  test("a newer version is shown read-only and never rewritten", async () => {
    const text = put("new.template.json", { version: 2, name: "Future", wonders: true });
    const entry = await only();
    expect(entry).toMatchObject({ state: "newer", name: "Future", readOnly: true });
    for (const attempt of [
      store.save(entry.file, JSON.stringify({ name: "x" }), entry.hash),
      store.rename(entry.file, "x"),
      store.addModule(entry.file, "yaml"),
      store.removeBuiltins(entry.file),
    ]) {
      expect((await failure(attempt)).message).toContain("version 2");
    }
    expect(onDisk("new.template.json")).toBe(text);
  });

  test("two files with one id, or one name in any case, are both listed and say so", async () => {
    put("a.template.json", { id: ID_A, name: "Alpha" });
    put("b.template.json", { id: ID_A, name: "Beta" });
    put("c.template.json", { id: ID_B, name: "BETA" });
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
      put("a.template.json", { id: ID_A, name: "Alpha" });
      put("A.template.json", { id: ID_B, name: "Beta" });
      const entries = await store.list();
      expect(entries.map(({ name, state, problems }) => [name, state, problems[0]?.error.code])).toEqual([
        ["Alpha", "duplicate", "TEMPLATE_CONFLICT"],
        ["Beta", "duplicate", "TEMPLATE_CONFLICT"],
      ]);
    },
  );

  test("a folder, a link that leads out and a file that is not text are broken, not fatal", async () => {
    mkdirSync(join(root, "templates", "folder.template.json"));
    symlinkSync("/etc/passwd", join(root, "templates", "link.template.json"));
    writeFileSync(join(root, "templates", "binary.template.json"), Buffer.from([0xff, 0xfe, 0x00, 0x80]));
    put("big.template.json", `"${"x".repeat(1_100_000)}"`);
    put("deep.template.json", "[".repeat(200_000));
    put("fine.template.json", { name: "Fine" });
    put("notes.txt", "not a template");
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
    put("bom.template.json", `\uFEFF${JSON.stringify({ name: "Bom" })}`);
    expect(await only()).toMatchObject({ state: "ok", name: "Bom" });
  });

  test("a workspace that is gone says so", async () => {
    const gone = new TemplateStore({
      workspaceRoot: join(root, "gone"),
      rules: () => rules,
      trash: new Trash(join(root, ".trash")),
    });
    expect((await failure(gone.list())).code).toBe("WORKSPACE_UNAVAILABLE");
  });
});

describe("creating", () => {
  test("the file is readable, named after the template, and has every default written out", async () => {
    const entry = await store.create({ name: "Tägliche Berichte!" });
    expect(entry).toMatchObject({
      state: "ok",
      file: "tagliche-berichte.template.json",
      name: "Tägliche Berichte!",
    });
    expect(Object.keys(JSON.parse(onDisk(entry.file)))).toEqual([
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
    expect(onDisk(entry.file)).toMatch(/^\{\n {2}"version": 1,\n[\s\S]*\}\n$/);
  });

  test("names are unique in any case, and refused ones leave nothing behind", async () => {
    await store.create({ name: "Reports" });
    expect((await failure(store.create({ name: " REPORTS " }))).code).toBe("TEMPLATE_NAME_TAKEN");
    expect((await failure(store.create({ name: "  " }))).code).toBe("VALIDATION_ERROR");
    expect((await failure(store.create({ name: "x".repeat(121) }))).code).toBe("VALIDATION_ERROR");
    expect((await failure(store.create({ name: "P", preset: "nope" }))).code).toBe("INVALID_REQUEST");
    expect(readdirSync(join(root, "templates"))).toEqual(["reports.template.json"]);
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
    mkdirSync(join(root, "lib"));
    writeFileSync(
      join(root, "main.ts"),
      'import type { X } from "csv";\nimport { helper } from "./lib/helper";\nimport _ from "lodash";\nexport const x: X = helper(_);\n',
    );
    writeFileSync(
      join(root, "lib", "helper.js"),
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
    put("a.template.json", { id: ID_A, name: "A" });
    const { hash } = await only();
    const text = `{"name":"A",    "id":"${ID_A}",\r\n\t"description": "mine"}`;
    expect(await store.save("a.template.json", text, hash)).toMatchObject({ state: "ok", source: text });
    expect(onDisk("a.template.json")).toBe(text);
  });

  test("a change on the disk meanwhile is a conflict and loses nothing", async () => {
    put("a.template.json", { id: ID_A, name: "A" });
    const { hash } = await only();
    const theirs = put("a.template.json", { id: ID_A, name: "A", description: "theirs" });
    expect(
      (
        await failure(
          store.save("a.template.json", JSON.stringify({ id: ID_A, name: "A", description: "mine" }), hash),
        )
      ).code,
    ).toBe("TEMPLATE_CONFLICT");
    expect(onDisk("a.template.json")).toBe(theirs);
  });

  test("a file deleted meanwhile is a conflict; saving it as new brings it back", async () => {
    const text = put("a.template.json", { id: ID_A, name: "A" });
    const { hash } = await only();
    rmSync(join(root, "templates", "a.template.json"));
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
    const before = put("a.template.json", { name: "A" });
    const { hash } = await only();
    expect((await failure(store.save("a.template.json", text, hash))).code).toBe(code);
    expect(onDisk("a.template.json")).toBe(before);
  });

  test("the name of another template, its id, and a strange file name are refused", async () => {
    put("a.template.json", { id: ID_A, name: "A" });
    put("b.template.json", { id: ID_B, name: "B" });
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
    const text = put("a.template.json", { name: "A" });
    chmodSync(join(root, "templates", "a.template.json"), 0o444);
    const entry = await only();
    expect(entry.readOnly).toBe(true);
    expect((await failure(store.save(entry.file, JSON.stringify({ name: "B" }), entry.hash))).code).toBe(
      "PERMISSION_DENIED",
    );
    expect(onDisk(entry.file)).toBe(text);
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
    put("mine.template.json", handwritten);
    await store.addModule("mine.template.json", "yaml");
    expect(onDisk("mine.template.json")).toBe(
      handwritten.replace('"timer": {}', '"timer": {},\n        "yaml": {}'),
    );
    await store.removeModule("mine.template.json", "yaml");
    expect(onDisk("mine.template.json")).toBe(handwritten);
  });

  test("a module is listed once, however often and under whichever name it is added", async () => {
    const { file } = await store.create({ name: "A" });
    await store.addModule(file, "path");
    await store.addModule(file, "node:path");
    const entry = await store.addModule(file, " path ");
    expect(Object.keys(entry.template?.modules ?? {})).toEqual(["path"]);
    expect(onDisk(file).match(/path"/g)).toHaveLength(1);
  });

  test("an alias in the file is found under the canonical name", async () => {
    put("a.template.json", { name: "A", modules: { "node:path": {} } });
    expect((await only()).template?.modules).toEqual({ path: {} });
    expect((await store.removeModule("a.template.json", "path")).template?.modules).toEqual({});
  });

  test("an invalid configuration is refused and not stored", async () => {
    const { file } = await store.create({ name: "A" });
    expect((await failure(store.addModule(file, "yaml", { indent: 2 }))).code).toBe("VALIDATION_ERROR");
    expect((await store.get(file)).template?.modules).toEqual({});
  });

  test("built-ins of older data go in one step", async () => {
    put("old.template.json", { name: "Old", modules: { json: {}, yaml: {}, Math: {}, " console ": {} } });
    const { entry, removed } = await store.removeBuiltins("old.template.json");
    expect(removed).toEqual(["json", "Math", " console "]);
    expect(entry).toMatchObject({ state: "ok", template: { modules: { yaml: {} } } });
  });

  test("a broken file is not changed when something else stays wrong with it", async () => {
    const text = put("old.template.json", { name: "Old", modules: { json: {}, nope: {} } });
    expect((await failure(store.removeBuiltins("old.template.json"))).code).toBe("MODULE_NOT_ALLOWED");
    expect(onDisk("old.template.json")).toBe(text);
    expect((await failure(store.addModule("old.template.json", "yaml"))).code).toBe("MODULE_NOT_ALLOWED");
  });

  test("libraries are added by id or file, and an unknown id is refused", async () => {
    writeFileSync(join(root, "mine.js"), "");
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
    for (const name of ["a.js", "b.js", "c.js"]) writeFileSync(join(root, name), "");
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
    put("mine.template.json", handwritten);
    const copy = await store.duplicate("mine.template.json", "Yours");
    const original = await store.get("mine.template.json");
    expect(copy).toMatchObject({ state: "ok", name: "Yours", effects: original.effects });
    expect(copy.template?.id).not.toBe(original.template?.id);
    expect(onDisk(copy.file)).toContain('    "limits": { "cpuMs": 100 },\n');
  });

  test("a deletion can be undone, of a broken file too, unless its place is taken", async () => {
    const text = put("broken.template.json", "{ not json");
    const { undoToken } = await store.delete("broken.template.json");
    expect(existsSync(join(root, "templates", "broken.template.json"))).toBe(false);
    put("broken.template.json", "{}");
    expect((await failure(store.undoDelete(undoToken))).code).toBe("FILE_CONFLICT");
    rmSync(join(root, "templates", "broken.template.json"));
    expect(await store.undoDelete(undoToken)).toMatchObject({ state: "broken", source: text });
    expect((await failure(store.undoDelete(undoToken))).code).toBe("FILE_NOT_FOUND");
    expect((await failure(store.undoDelete("../../etc"))).code).toBe("FILE_NOT_FOUND");
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
    put("a.template.json", { name: "A", modules: { json: {} } });
    put("b.template.json", "{");
    expect((await failure(store.resolve({ file: "a.template.json" }))).code).toBe("MODULE_NOT_ALLOWED");
    expect((await failure(store.resolve({ file: "b.template.json" }))).code).toBe("TEMPLATE_INVALID");
    expect((await failure(store.resolve({ source: "{" }))).code).toBe("TEMPLATE_INVALID");
    expect(await store.resolve({ source: '{"name":"New"}' })).toMatchObject({
      unsaved: true,
      template: { name: "New" },
    });
  });
});

describe("watching", () => {
  test("changes on the disk appear, own writes once, and a folder that is made later too", async () => {
    rmSync(join(root, "templates"), { recursive: true });
    const seen: string[][] = [];
    const changes = (count: number) => expect.poll(() => seen.length, { timeout: 10_000 }).toBe(count);
    const end = store.subscribe((templates) => seen.push(templates.map((entry) => entry.name)));
    await store.watch();
    mkdirSync(join(root, "templates"));
    put("a.template.json", { id: ID_A, name: "A" });
    await changes(1);
    await store.create({ name: "B" });
    await changes(2);
    put("a.template.json", { id: ID_A, name: "A2" });
    await changes(3);
    rmSync(join(root, "templates", "a.template.json"));
    await changes(4);
    expect(seen).toEqual([["A"], ["A", "B"], ["A2", "B"], ["B"]]);
    end();
  });
});

describe("a workspace with a thousand templates", () => {
  const many = () => {
    for (let index = 0; index < 1000; index++)
      put(`t${index}.template.json`, { name: `Template ${index}`, modules: { yaml: {}, path: {} } });
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
    put("t7.template.json", { name: "Changed" });
    const again = await store.list();
    expect(again.filter((entry) => first.get(entry.file) !== entry).map(({ name }) => name)).toEqual([
      "Changed",
    ]);
  });
});
