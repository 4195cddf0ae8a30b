// @ts-check
import { existsSync, readdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { dist, root } from "./paths.mjs";

/**
 * Bundles what runs inside QuickJS: the prelude, and the guest half of every native module. Each file evaluates to
 * its default export: `(() => { … return factory; })()`.
 */
export async function buildGuest() {
  await rm(join(dist, "guest"), { recursive: true, force: true });
  const modules = join(root, "main", "modules");
  const entryPoints = readdirSync(modules, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(modules, entry.name, "guest.ts")))
    .map((entry) => ({ in: join(modules, entry.name, "guest.ts"), out: `modules/${entry.name}` }));
  const prelude = join(root, "main", "vm", "guest", "prelude.ts");
  if (existsSync(prelude)) entryPoints.push({ in: prelude, out: "prelude" });
  await build({
    entryPoints,
    outdir: join(dist, "guest"),
    bundle: true,
    format: "iife",
    globalName: "__guest",
    footer: { js: "__guest.default;" },
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: ["import", "default"],
    target: "es2023",
    // There is no process inside the VM: packages that look for one find none.
    define: { process: "undefined" },
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: "none",
    logLevel: "warning",
  });
}
