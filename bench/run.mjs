#!/usr/bin/env node
// @ts-check
/** `npm run bench [-- group …]`: builds the application and the bench, and runs it in plain Node. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "../scripts/build/paths.mjs";
import { buildTool } from "../scripts/build/tool.mjs";

const groups = process.argv.slice(2);
const needsPage = groups.length === 0 || groups.some((name) => name.startsWith("window"));
const bench = await buildTool({
  entry: "bench/main.ts",
  name: "bench",
  parts: needsPage ? [] : ["core"],
  // Tools that measure the window.
  external: ["esbuild", "playwright", "vite"],
});
const run = spawnSync(process.execPath, ["--expose-gc", bench, ...groups], {
  stdio: "inherit",
  env: { ...process.env, VM_WORKBENCH_BENCH: join(root, "bench") },
});
process.exit(run.status ?? 1);
