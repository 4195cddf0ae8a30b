import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build as bundle } from "esbuild";
import { build } from "vite";
import { benchFolder } from "../bare";

/** The bare pages, built with the tools of the product's page. */
export interface BarePages {
  /** Loads Monaco and shows one editor. */
  readonly editor: string;
  /** A virtual list of 100,000 rows. */
  readonly list: string;
  dispose(): void;
}

/** Builds them into a temporary folder. */
export async function buildBarePages(): Promise<BarePages> {
  const root = join(benchFolder(), "window", "page");
  const outDir = mkdtempSync(join(tmpdir(), "vmw-bench-pages-"));
  await build({
    root,
    base: "./",
    configFile: false,
    logLevel: "warn",
    build: {
      outDir,
      emptyOutDir: true,
      target: "chrome130",
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 8000,
      modulePreload: { polyfill: false },
      rollupOptions: { input: { editor: join(root, "editor.html"), list: join(root, "list.html") } },
    },
    worker: { format: "es" },
  });
  return {
    editor: join(outDir, "editor.html"),
    list: join(outDir, "list.html"),
    dispose: () => rmSync(outDir, { recursive: true, force: true }),
  };
}

/** The probe (see `page/probe.ts`) as a script. */
export async function buildProbe(): Promise<string> {
  const { outputFiles } = await bundle({
    entryPoints: [join(benchFolder(), "window", "page", "probe.ts")],
    bundle: true,
    format: "iife",
    write: false,
    target: "chrome130",
  });
  const [script] = outputFiles;
  if (script === undefined) throw new Error("The probe was not built.");
  return script.text;
}
