import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { cruise } from "dependency-cruiser";
import { ESLint } from "eslint";
import { afterEach, describe, expect, it } from "vitest";

const project = join(import.meta.dirname, "..", "..");
const rules = createRequire(import.meta.url)(join(project, ".dependency-cruiser.cjs")) as {
  forbidden: { name: string }[];
  options: object;
};

let folder: string | undefined;
afterEach(() => {
  if (folder !== undefined) rmSync(folder, { recursive: true });
  folder = undefined;
});

/** Names of the import rules that a small tree with these files breaks. */
async function brokenRules(files: Record<string, string>): Promise<string[]> {
  folder = mkdtempSync(join(tmpdir(), "rules-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  symlinkSync(join(project, "node_modules"), join(folder, "node_modules"));
  const { tsConfig: _unused, ...options } = rules.options as { tsConfig?: unknown };
  const result = await cruise(["."], {
    ...options,
    baseDir: folder,
    ruleSet: { forbidden: rules.forbidden as never },
    validate: true,
  });
  if (typeof result.output === "string") throw new Error("expected a report object");
  return [...new Set(result.output.summary.violations.map((violation) => violation.rule.name))].sort();
}

describe("import rules", () => {
  it.each([
    ["shared-imports-nothing-of-ours", { "shared/a.ts": 'import "../main/b";', "main/b.ts": "export {};" }],
    ["renderer-imports-only-shared", { "renderer/a.ts": 'import "../main/b";', "main/b.ts": "export {};" }],
    ["renderer-without-node", { "renderer/a.ts": 'import "node:fs";' }],
    [
      "main-does-not-import-renderer",
      { "main/a.ts": 'import "../renderer/b";', "renderer/b.ts": "export {};" },
    ],
    ["electron-only-in-app-and-ipc", { "main/core/a.ts": 'import "electron";' }],
    [
      "vm-and-modules-know-no-sessions",
      { "main/vm/a.ts": 'import "../sessions/b";', "main/sessions/b.ts": "export {};" },
    ],
    ["core-knows-no-shell", { "main/templates/a.ts": 'import "../cli/b";', "main/cli/b.ts": "export {};" }],
    [
      "no-inside-of-another-feature",
      { "renderer/features/x/a.ts": 'import "../y/inside";', "renderer/features/y/inside.ts": "export {};" },
    ],
    [
      "no-circular",
      {
        "main/a.ts": 'import { b } from "./b"; export const a = () => b;',
        "main/b.ts": 'import { a } from "./a"; export const b = () => a;',
      },
    ],
  ])("%s refuses what it is there for", async (rule, files) => {
    expect(await brokenRules(files as Record<string, string>)).toContain(rule);
  });

  it("every rule is proven above", async () => {
    expect(rules.forbidden.map((rule) => rule.name)).toHaveLength(9);
  });

  it("allow a feature to use another one through its index, and the app to use electron", async () => {
    const files = {
      "renderer/features/x/a.ts": 'import "../y/index";',
      "renderer/features/y/index.ts": 'import "./inside";',
      "renderer/features/y/inside.ts": 'import "../../../shared/c";',
      "shared/c.ts": "export {};",
      "main/app/a.ts": 'import "electron";',
    };
    expect(await brokenRules(files)).toEqual([]);
  });
});

describe("lint rules of our own", () => {
  const eslint = new ESLint({
    cwd: project,
    // Where CI is set, typescript-eslint takes a run for a single one and lints the file on disk, not the text given.
    overrideConfig: {
      files: ["**/*.ts"],
      languageOptions: { parserOptions: { disallowAutomaticSingleRunInference: true } },
    },
  });

  /** Messages for a text as if it stood in that file (which must exist, for the type-checked rules). */
  async function messages(file: string, text: string): Promise<string[]> {
    const [result] = await eslint.lintText(text, { filePath: join(project, file) });
    return result?.messages.map((message) => `${message.ruleId ?? "parse"}: ${message.message}`) ?? [];
  }

  it("raw ipcMain outside main/ipc is refused", async () => {
    const found = await messages(
      "main/app/window.ts",
      'import { ipcMain } from "electron";\nipcMain.removeAllListeners();\n',
    );
    expect(found.join("\n")).toContain("ipcMain belongs to main/ipc");
  });

  it("electron in the core is refused", async () => {
    const found = await messages("main/core/assets.ts", 'import { app } from "electron";\napp.quit();\n');
    expect(found.join("\n")).toContain("Only main/app");
  });

  it("default exports are refused", async () => {
    const found = await messages("main/core/assets.ts", "export default 1;\n");
    expect(found.join("\n")).toContain("Named exports only");
  });

  it("any and the non-null assertion are refused", async () => {
    const found = await messages(
      "main/core/assets.ts",
      "export const a = (x: any, y?: string) => [x, y!];\n",
    );
    expect(found.join("\n")).toMatch(/no-explicit-any[\s\S]*no-non-null-assertion/);
  });
});
