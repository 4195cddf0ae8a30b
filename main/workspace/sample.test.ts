import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { libraryIds } from "../libraries/catalogue";
import { lintTemplate } from "../templates/lint";
import { applicationRules } from "../templates/rules";
import { scriptNeeds } from "../templates/script-needs";
import { openTestStore } from "../templates/testing/test-store";
import { temporaryFolder } from "../testing/temporary-folder";
import { makeSample, sampleFiles, samplePath } from "./sample";

let documents: string;
beforeEach(() => {
  documents = temporaryFolder();
});

test("the sample is made whole, with the log, and its folders", async () => {
  const root = samplePath(join(documents, "not", "there", "yet"));
  const written = await makeSample(root);
  expect(written.sort()).toEqual(sampleFiles().sort());
  expect(written).toEqual(
    expect.arrayContaining(["README.md", "scripts/report.js", "templates/plain.template.json"]),
  );
  expect(readFileSync(join(root, "data", "access.log"), "utf8").split("\n").length).toBeGreaterThan(300);
});

test("what the user changed or deleted stays as it is", async () => {
  const root = samplePath(documents);
  await makeSample(root);
  writeFileSync(join(root, "scripts", "hello.js"), "mine");
  rmSync(join(root, "scripts", "endless.js"));
  expect(await makeSample(root)).toEqual([]);
  expect(readFileSync(join(root, "scripts", "hello.js"), "utf8")).toBe("mine");
});

test("an empty folder is filled", async () => {
  mkdirSync(samplePath(documents));
  expect(await makeSample(samplePath(documents))).not.toEqual([]);
});

test("a file in the place of the folder is a clear message", async () => {
  writeFileSync(join(documents, "documents"), "");
  await expect(makeSample(samplePath(join(documents, "documents")))).rejects.toThrow(/documents/);
});

test("its templates are valid, without remarks, and allow what its scripts need", async () => {
  const root = samplePath(documents);
  await makeSample(root);
  const rules = applicationRules(libraryIds());
  const store = openTestStore(root, rules);
  const entries = await store.list();
  expect(entries.map(({ name, state }) => [name, state])).toEqual([
    ["Log report", "ok"],
    ["Plain", "ok"],
    ["With helpers", "ok"],
  ]);
  for (const { template } of entries) {
    if (template !== undefined)
      expect(lintTemplate(template, rules, root).filter(({ severity }) => severity !== "info")).toEqual([]);
  }
  const report = entries[0]?.template;
  expect(scriptNeeds(root, "scripts/report.js", rules).modules).toEqual({
    fs: {
      roots: [
        { access: "read", path: "data" },
        { access: "read-write", path: "out" },
      ],
    },
    yaml: {},
  });
  expect(Object.keys(report?.modules ?? {})).toEqual(["fs", "yaml"]);
});
