import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { temporaryFolder } from "../testing/temporary-folder";
import { writeExportFolder } from "./export-folder";
import type { TemplateStore } from "./store";
import { openTestStore } from "./testing/test-store";

let base: string;
let store: TemplateStore;
let target: string;
beforeEach(() => {
  base = temporaryFolder();
  store = openTestStore(join(base, "workspace"));
  target = join(base, "shared", "templates");
});

const never = () => Promise.reject(new Error("Nothing is to be replaced."));

test("the templates arrive as their authors wrote them, and the same export again replaces nothing", async () => {
  const entry = await store.create({ name: "A" });
  expect(await writeExportFolder([entry], target, never)).toBe(true);
  expect(readdirSync(target).sort()).toEqual(["a.template.json", "checksums.json"]);
  expect(readFileSync(join(target, "a.template.json"), "utf8")).toBe(entry.source);
  expect(await writeExportFolder([entry], target, never)).toBe(true);
});

test("other files of these names are replaced only when that is agreed to, and all or none are written", async () => {
  const entries = [await store.create({ name: "A" }), await store.create({ name: "B" })];
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, "b.template.json"), "mine");
  const asked: string[][] = [];
  const answer = (agreed: boolean) => (files: readonly string[]) => {
    asked.push([...files]);
    return Promise.resolve(agreed);
  };
  expect(await writeExportFolder(entries, target, answer(false))).toBe(false);
  expect(readdirSync(target)).toEqual(["b.template.json"]);
  expect(await writeExportFolder(entries, target, answer(true))).toBe(true);
  expect(readFileSync(join(target, "b.template.json"), "utf8")).toBe(entries[1]?.source);
  expect(asked).toEqual([["b.template.json"], ["b.template.json"]]);
});

test("a place that is no folder is told, not thrown raw", async () => {
  writeFileSync(join(base, "file"), "");
  const entry = await store.create({ name: "A" });
  await expect(writeExportFolder([entry], join(base, "file"), never)).rejects.toMatchObject({
    name: "WorkbenchError",
  });
});
