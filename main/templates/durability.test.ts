import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseTemplate } from "./parse";
import { applicationRules } from "./rules";

let folder: string;
let writer: string;
beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "durability-")));
  writer = join(folder, "writer.mjs");
  await build({
    stdin: {
      contents: `
        import { Trash } from "../workspace/trash";
        import { applicationRules } from "./rules";
        import { TemplateStore } from "./store";
        const [root] = process.argv.slice(2);
        const rules = applicationRules([]);
        const store = new TemplateStore({ workspaceRoot: root, rules: () => rules, trash: new Trash(root + "/.trash") });
        let { hash } = await store.create({ name: "T" });
        for (let index = 1; ; index++) {
          // The text grows and shrinks, so that a torn write cannot look whole.
          const text = JSON.stringify({ name: "T", description: index + ":" + "x".repeat((index * 37) % 2000) });
          ({ hash } = await store.save("t.template.json", text, hash));
          process.stdout.write(index + "\\n");
        }`,
      resolveDir: import.meta.dirname,
      loader: "ts",
    },
    outfile: writer,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    external: ["@photostructure/sqlite", "node:sqlite"],
    define: { __filename: "import.meta.filename", __dirname: "import.meta.dirname" },
    alias: { "jsonc-parser": "jsonc-parser/lib/esm/main.js" },
    banner: {
      js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
    },
    logLevel: "error",
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("an acknowledged save survives kill -9 at any moment, and no half file is ever there", async () => {
  for (const acknowledgements of [1, 2, 7, 20]) {
    const root = join(folder, `workspace-${acknowledgements}`);
    mkdirSync(root);
    const child = spawn(process.execPath, [writer, root], { stdio: ["ignore", "pipe", "inherit"] });
    let last = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      last = Number(line);
      if (last === acknowledgements) child.kill("SIGKILL");
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    const source = readFileSync(join(root, "templates", "t.template.json"), "utf8");
    const { template } = parseTemplate(source, applicationRules([]), "t");
    expect(template).toBeDefined();
    expect(Number(template?.description.split(":")[0])).toBeGreaterThanOrEqual(last);
    // A temporary file may be left, but never one that is taken for a template.
    expect(readdirSync(join(root, "templates")).filter((name) => name.endsWith(".template.json"))).toEqual([
      "t.template.json",
    ]);
  }
});
