#!/usr/bin/env node
// @ts-check
/** `npm run conformance -- <folder of test262> …`: builds the core and the runner, and runs it in plain Node. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { build } from "esbuild";
import { dist, root } from "../build/paths.mjs";

const built = spawnSync(process.execPath, [join(root, "scripts", "build.mjs"), "core"], {
  stdio: ["ignore", "ignore", "inherit"],
});
if (built.status !== 0) process.exit(1);
// Beside the other bundles of the main process: that is where the core looks for the engine.
const outfile = join(dist, "main", "conformance.mjs");
await build({
  entryPoints: [join(root, "scripts", "conformance", "main.ts")],
  outfile,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  mainFields: ["module", "main"],
  external: ["@photostructure/sqlite", "node:sqlite"],
  define: { __filename: "import.meta.filename", __dirname: "import.meta.dirname" },
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
  logLevel: "warning",
});
const run = spawnSync(process.execPath, [outfile, ...process.argv.slice(2)], { stdio: "inherit" });
process.exit(run.status ?? 1);
