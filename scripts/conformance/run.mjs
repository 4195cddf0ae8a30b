#!/usr/bin/env node
// @ts-check
/** `npm run conformance -- <folder of test262> …`: builds the core and the runner, and runs it in plain Node. */
import { spawnSync } from "node:child_process";
import { buildTool } from "../build/tool.mjs";

const runner = await buildTool({
  entry: "scripts/conformance/main.ts",
  name: "conformance",
  parts: ["core"],
});
const run = spawnSync(process.execPath, [runner, ...process.argv.slice(2)], { stdio: "inherit" });
process.exit(run.status ?? 1);
