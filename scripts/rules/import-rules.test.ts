import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
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

const { CORE, MAY_IMPORT } = createRequire(import.meta.url)("./map.cjs") as {
  CORE: string[];
  MAY_IMPORT: Record<string, string[]>;
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
  /** Files that break each rule. */
  const proofs: Record<string, Record<string, string>> = {
    "shared-imports-nothing-of-ours": { "shared/a.ts": 'import "../main/b";', "main/b.ts": "export {};" },
    "model-knows-no-contract": { "shared/model/a.ts": 'import "../ipc/b";', "shared/ipc/b.ts": "export {};" },
    "renderer-imports-only-shared": { "renderer/a.ts": 'import "../main/b";', "main/b.ts": "export {};" },
    "renderer-without-node": { "renderer/a.ts": 'import "node:fs";' },
    "main-does-not-import-renderer": {
      "main/a.ts": 'import "../renderer/b";',
      "renderer/b.ts": "export {};",
    },
    "electron-only-in-app-and-ipc": { "main/core/a.ts": 'import "electron";' },
    "no-inside-of-another-feature": {
      "renderer/features/x/a.ts": 'import "../y/inside";',
      "renderer/features/y/inside.ts": "export {};",
    },
    "no-circular": {
      "main/a.ts": 'import { b } from "./b"; export const a = () => b;',
      "main/b.ts": 'import { a } from "./a"; export const b = () => a;',
    },
  };
  for (const folder of Object.keys(MAY_IMPORT)) {
    // Nobody may import the command line, and the command line not the window.
    const other = folder === "cli" ? "app" : "cli";
    proofs[`main-${folder}-keeps-to-the-map`] = {
      [`main/${folder}/a.ts`]: `import "../${other}/b";`,
      [`main/${other}/b.ts`]: "export {};",
    };
  }

  it.each(rules.forbidden.map(({ name }) => name))("%s refuses what it is there for", async (name) => {
    expect(proofs).toHaveProperty([name]);
    expect(await brokenRules(proofs[name] ?? {})).toContain(name);
  });

  it("let the runtime use the registry, not the sessions, and only the interfaces of the core", async () => {
    const files = {
      "main/modules/a.ts": "export {};",
      "main/sessions/a.ts": "export {};",
      "main/core/assets.ts": "export {};",
      "main/core/workbench.ts": "export {};",
    };
    const importing = (path: string) => brokenRules({ ...files, "main/vm/a.ts": `import "../${path}";` });
    expect(await importing("modules/a")).toEqual([]);
    expect(await importing("core/assets")).toEqual([]);
    expect(await importing("sessions/a")).toEqual(["main-vm-keeps-to-the-map"]);
    expect(await importing("core/workbench")).toEqual(["main-vm-keeps-to-the-map"]);
  });

  it("of main are the table of docs/ARCHITECTURE.md", () => {
    const map = readFileSync(join(project, "docs", "ARCHITECTURE.md"), "utf8");
    const words = (cell: string) =>
      cell === "–"
        ? []
        : cell.split(", ").flatMap((word) => (word === "the core" ? CORE : [word.replaceAll("`", "")]));
    const rows = [...map.matchAll(/^\| `main\/(\w+)` +\|[^|]*\|([^|]*)\|$/gm)];
    expect(
      Object.fromEntries(rows.map(([, folder, cell]) => [folder, words(cell?.trim() ?? "").sort()])),
    ).toEqual(
      Object.fromEntries(Object.entries(MAY_IMPORT).map(([folder, others]) => [folder, [...others].sort()])),
    );
    expect(
      readdirSync(join(project, "main"))
        .filter((name) => name !== "testing")
        .sort(),
    ).toEqual(Object.keys(MAY_IMPORT).sort());
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
