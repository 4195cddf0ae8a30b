#!/usr/bin/env node
// @ts-check
/** `npm run bench [-- group …]`: builds the core and the bench, and runs it in plain Node. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { build } from "esbuild";
import { dist, root } from "../scripts/build/paths.mjs";

const groups = process.argv.slice(2);
const needsPage = groups.length === 0 || groups.some((name) => name.startsWith("window"));
const parts = needsPage ? [] : ["core"];
const built = spawnSync(process.execPath, [join(root, "scripts", "build.mjs"), ...parts], {
  stdio: ["ignore", "ignore", "inherit"],
});
if (built.status !== 0) process.exit(1);
// Beside the other bundles of the main process: that is where the core looks for the session host.
const outfile = join(dist, "main", "bench.mjs");
await build({
  entryPoints: [join(root, "bench", "main.ts")],
  outfile,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  mainFields: ["module", "main"],
  external: [
    "@photostructure/sqlite",
    "node:sqlite",
    // Tools that measure the window.
    "esbuild",
    "playwright",
    "vite",
  ],
  define: { __filename: "import.meta.filename", __dirname: "import.meta.dirname" },
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
  logLevel: "warning",
});
const run = spawnSync(process.execPath, ["--expose-gc", outfile, ...groups], {
  stdio: "inherit",
  env: { ...process.env, VM_WORKBENCH_BENCH: join(root, "bench") },
});
process.exit(run.status ?? 1);
