import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { registry } from "../../main/modules/registry";
import { GENERATED_FOLDERS, generatedPages } from "./pages";

const root = join(import.meta.dirname, "..", "..");
const remedy = "run: npm run docs";

test.each(generatedPages().map(({ path, content }) => [path, content] as const))(
  "%s is up to date",
  (path, content) => {
    const file = join(root, path);
    expect(existsSync(file), remedy).toBe(true);
    expect(readFileSync(file, "utf8"), remedy).toBe(content);
  },
);

test("no page is left of a module that is gone", () => {
  const wanted = new Set(generatedPages().map(({ path }) => path));
  for (const folder of GENERATED_FOLDERS) {
    const stale = readdirSync(join(root, folder)).filter((name) => !wanted.has(`${folder}/${name}`));
    expect(stale, remedy).toEqual([]);
  }
});

test("every module has a page with each of its members", () => {
  const pages = new Map(generatedPages().map(({ path, content }) => [path, content]));
  for (const module of registry.list()) {
    const page = pages.get(`docs/modules/${module.name}.md`) ?? "";
    for (const member of module.members) expect(page).toContain(`### ${member.name}\n`);
  }
});
