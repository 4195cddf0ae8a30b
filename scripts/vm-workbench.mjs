#!/usr/bin/env node
// @ts-check
/** The command line as `npx vm-workbench`: builds what is missing, once, and hands over. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { dist } from "./build/paths.mjs";

const cli = join(dist, "main", "cli.mjs");
if (!existsSync(cli)) {
  const { spawnSync } = await import("node:child_process");
  const { root } = await import("./build/paths.mjs");
  console.error("Building the command line (first run) …");
  const built = spawnSync(process.execPath, [join(root, "scripts", "build.mjs"), "core"], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (built.status !== 0) process.exit(4);
}
await import(cli);
