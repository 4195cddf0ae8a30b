import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import type { TemplateInput } from "../../shared/model/template";
import { defineModule } from "../modules/record";
import { createRegistry } from "../modules/registry";
import { temporaryFolder } from "../testing/temporary-folder";
import { diffSources, diffTemplates } from "./diff-sources";
import { diffWithGit, isGitRepository } from "./git";
import type { TemplateRules } from "./rules";
import type { TemplateStore } from "./store";
import { openTestStore, testRules } from "./testing/test-store";

const texts = {
  aliases: [],
  summary: "",
  allows: "",
  typings: "",
  members: [],
  example: "",
  exampleConfig: {},
};
const roots = z.array(z.strictObject({ path: z.string(), access: z.enum(["read", "write"]) }));
const rules: TemplateRules = {
  libraries: ["lodash", "dayjs"],
  registry: createRegistry([
    defineModule({
      ...texts,
      name: "files",
      risk: "workspace",
      configSchema: z.strictObject({
        roots: roots.default([]),
        maxKb: z.int().default(10),
        tags: z.array(z.string()).default([]),
      }),
      effects: (config) => config.roots.map((root) => `${root.access} in ./${root.path}`),
    }),
    defineModule({
      ...texts,
      name: "yaml",
      risk: "pure",
      configSchema: z.strictObject({}),
      effects: () => [],
    }),
  ]),
};

function changes(before: Partial<TemplateInput>, after: Partial<TemplateInput>): string[] {
  const text = (template: Partial<TemplateInput>) => JSON.stringify({ name: "T", ...template });
  return diffSources(text(before), text(after), rules).changes.map(
    ({ kind, text: words }) => `${kind}: ${words}`,
  );
}

describe("in words", () => {
  test("a module, what it grants, and less of it", () => {
    const files = (...list: z.infer<typeof roots>) => ({ modules: { files: { roots: list } } });
    const read = { path: "data", access: "read" } as const;
    const write = { path: "out", access: "write" } as const;
    expect(changes({}, files(write))).toEqual(["widens: now may write in ./out"]);
    expect(changes({}, { modules: { files: {}, yaml: {} } })).toEqual([
      "widens: now may load files, which is granted nothing",
      "widens: now may load yaml (computes only)",
    ]);
    expect(changes(files(read), files(read, write))).toEqual(["widens: now may write in ./out"]);
    expect(changes(files(read, write), files(write))).toEqual(["narrows: may no longer read in ./data"]);
    expect(changes(files(write), {})).toEqual(["narrows: may no longer write in ./out"]);
  });

  test("configuration that the module's words do not tell apart is shown itself", () => {
    const files = (config: Record<string, number | string[]>) => ({ modules: { files: config } });
    expect(changes(files({ maxKb: 10 }), files({ maxKb: 20 }))).toEqual(["widens: files.maxKb 10 → 20"]);
    expect(changes(files({ maxKb: 10 }), files({ maxKb: 5 }))).toEqual(["narrows: files.maxKb 10 → 5"]);
    expect(changes(files({ tags: ["a", "b"] }), files({ tags: ["b", "c"] }))).toEqual([
      'widens: files.tags: "c" added',
      'narrows: files.tags: "a" removed',
    ]);
    expect(changes(files({ tags: ["a", "b"] }), files({ tags: ["b", "a"] }))).toEqual([
      "neutral: files.tags: other order",
    ]);
  });

  test("what the words do not tell is shown beside what they tell", () => {
    const data = { path: "data", access: "read" as const };
    const out = { path: "out", access: "write" as const };
    const before = { modules: { files: { roots: [data], maxKb: 10 } } };
    const after = { modules: { files: { roots: [data, out], maxKb: 20 } } };
    expect(changes(before, after)).toEqual(["widens: now may write in ./out", "widens: files.maxKb 10 → 20"]);
    const fetch = (origins: string[], privateAddresses: string[]) =>
      JSON.stringify({ name: "T", modules: { fetch: { origins, privateAddresses } } });
    expect(
      diffSources(
        fetch(["https://a.example"], []),
        fetch(["https://b.example"], ["10.0.0.5"]),
        testRules,
      ).changes.map(({ kind, text }) => `${kind}: ${text}`),
    ).toEqual([
      "widens: now may send requests to https://b.example",
      'widens: fetch.privateAddresses: "10.0.0.5" added',
      "narrows: may no longer send requests to https://a.example",
    ]);
  });

  test("a folder that is protected inside one that may be written", () => {
    const fs = (...roots: [path: string, access: "read" | "read-write"][]) =>
      JSON.stringify({
        name: "T",
        modules: { fs: { roots: roots.map(([path, access]) => ({ path, access })) } },
      });
    const open = fs(["data", "read-write"]);
    const guarded = fs(["data", "read-write"], ["data/in", "read"]);
    const words = (before: string, after: string) =>
      diffSources(before, after, testRules).changes.map(({ kind, text }) => `${kind}: ${text}`);
    expect(words(guarded, open)).toEqual([
      "widens: now may read, write and delete files in ./data",
      "narrows: may no longer read, write and delete files in ./data, but only read ./data/in",
    ]);
    expect(words(open, guarded)).toEqual([
      "widens: now may read, write and delete files in ./data, but only read ./data/in",
      "narrows: may no longer read, write and delete files in ./data",
    ]);
    expect(words(open, fs(["data", "read-write"], ["data", "read"]))).toEqual([
      "widens: now may read files in ./data",
      "narrows: may no longer read, write and delete files in ./data",
    ]);
  });

  test("limits, libraries, startup files, resolver, runtime, name", () => {
    expect(changes({ limits: { memoryMb: 128 } }, { limits: { memoryMb: 256, cpuMs: 500 } })).toEqual([
      "widens: memory 128 → 256 MB",
      "narrows: computing time 2 s → 500 ms",
    ]);
    expect(
      changes({ libraries: ["lodash"] }, { libraries: ["dayjs", { path: "x.js", global: "X" }] }),
    ).toEqual([
      "widens: now may load the library dayjs",
      "widens: now may load the library x.js (as X)",
      "narrows: may no longer load the library lodash",
    ]);
    expect(
      changes(
        { startup: [{ path: "a.js" }, { path: "b.js" }] },
        { startup: [{ path: "b.js", mode: "import" }, { path: "c.js" }] },
      ),
    ).toEqual([
      "widens: now runs c.js when a session starts",
      "narrows: no longer runs a.js when a session starts",
      "neutral: b.js runs in the mode import instead of eval",
    ]);
    expect(changes({ startup: [{ path: "a.js" }] }, { startup: [{ path: "a.js", mode: "import" }] })).toEqual(
      ["neutral: a.js runs in the mode import instead of eval"],
    );
    expect(changes({}, { resolver: { npm: true, roots: [".", "lib"] } })).toEqual([
      "widens: scripts are also looked up in lib",
      "widens: now may load packages from node_modules",
    ]);
    expect(changes({ name: "A" }, { name: "B", runtime: { console: false } })).toEqual([
      'neutral: name "A" → "B"',
      "neutral: console output is not recorded",
    ]);
  });

  test("spelling, order of keys and defaults written out make no difference", () => {
    const before = '{"name":"T","limits":{"cpuMs":2000},"modules":{"yaml":{},"files":{}}}';
    const after = '{\n "modules": {"files": {"roots": []}, "yaml": {}}, "name": "T", "description": ""}';
    expect(diffSources(before, after, rules)).toMatchObject({ changes: [], identical: false });
  });

  test("a value that the module's words do not mention is shown beside those that they do", () => {
    const files = (maxKb: number, ...paths: string[]) => ({
      modules: { files: { maxKb, roots: paths.map((path) => ({ path, access: "read" as const })) } },
    });
    expect(changes(files(10, "a"), files(99, "a", "b"))).toEqual([
      "widens: now may read in ./b",
      "widens: files.maxKb 10 → 99",
    ]);
  });

  test("nothing in a quoted text moves the cursor, ends the line or turns the words around", () => {
    const path = "a\u001b[2K\rb\nneutral: nothing changed\u202etxt";
    const after = { modules: { files: { roots: [{ path, access: "read" as const }] } } };
    expect(changes({}, after)).toEqual([
      "widens: now may read in ./a\\x1b[2K\\x0db\\x0aneutral: nothing changed\\u202etxt",
    ]);
  });

  test("a broken side permits nothing", () => {
    expect(diffSources("{", '{"name":"T","modules":{"yaml":{}}}', rules).changes[0]).toMatchObject({
      kind: "widens",
      text: "now may load yaml (computes only)",
    });
    expect(diffSources("{", "[", rules).changes).toEqual([]);
  });
});

describe("against the last commit", () => {
  let root: string;
  let store: TemplateStore;
  beforeEach(() => {
    root = temporaryFolder();
    store = openTestStore(root, rules);
  });

  const git = (...args: string[]) =>
    execFileSync(
      "git",
      ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false", ...args],
      { cwd: root, stdio: "ignore" },
    );
  const put = (text: string) => writeFileSync(join(root, "templates", "t.template.json"), text);

  test("changes are told; without a repository or a commit there is nothing to tell", async () => {
    put('{"name":"T"}');
    expect(await diffWithGit("t.template.json", store)).toBeNull();
    expect(await isGitRepository(root)).toBe(false);
    git("init", "-q");
    expect(await isGitRepository(root)).toBe(true);
    expect(await diffWithGit("t.template.json", store)).toBeNull();
    git("add", ".");
    git("commit", "-q", "-m", "first");
    expect(await diffWithGit("t.template.json", store)).toMatchObject({ changes: [], identical: true });
    put('{"name":"T","modules":{"yaml":{}}}');
    expect(await diffWithGit("t.template.json", store)).toMatchObject({
      before: '{"name":"T"}',
      changes: [{ kind: "widens" }],
    });
    await expect(diffWithGit("gone.template.json", store)).rejects.toMatchObject({
      code: "TEMPLATE_NOT_FOUND",
    });
  });

  test("two files, or a file and a text that is not saved", async () => {
    put('{"name":"T"}');
    const diff = await diffTemplates(
      { file: "t.template.json" },
      { source: '{"name":"T","libraries":["lodash"]}' },
      store,
    );
    expect(diff.changes).toEqual([
      { kind: "widens", path: ["libraries"], text: "now may load the library lodash" },
    ]);
  });
});
