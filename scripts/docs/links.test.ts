import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, it } from "vitest";

const project = join(import.meta.dirname, "..", "..");
const pages = [
  ...["README.md", "CONTRIBUTING.md"].map((name) => join(project, name)),
  ...readdirSync(join(project, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join(project, "docs", name)),
];

/** The places within a page that a link can name. */
function anchors(page: string): string[] {
  return [...readFileSync(page, "utf8").matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\- ]/gu, "")
      .replaceAll(" ", "-"),
  );
}

it.each(pages.map((page) => relative(project, page)))("every link in %s leads somewhere", (name) => {
  const page = join(project, name);
  const dead = [...readFileSync(page, "utf8").matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = ""]) => link)
    .filter((link) => !/^[a-z]+:/.test(link))
    .filter((link) => {
      const [path = "", anchor] = link.split("#");
      const target = path === "" ? page : join(dirname(page), path);
      return !existsSync(target) || (anchor !== undefined && !anchors(target).includes(anchor));
    });
  expect(dead).toEqual([]);
});

it.each(pages.map((page) => relative(project, page)))("every file that %s names exists", (name) => {
  const named = [...readFileSync(join(project, name), "utf8").matchAll(/`([\w.-]+(?:\/[\w.-]+)+)`/g)]
    .map(([, path = ""]) => path)
    .filter((path) => /^(main|shared|renderer|scripts|e2e|bench\/(?!results\/)|docs)\//.test(path));
  expect(named.filter((path) => !existsSync(join(project, path)))).toEqual([]);
});
