#!/usr/bin/env node
// @ts-check
/**
 * `npm run package`: the application as a folder, for this machine. Options:
 *   --installers   what users install, as electron-builder.yml lists it
 *   --inspectable  for tests that attach a debugger; see scripts/package/build-package.mjs
 */
import { rm } from "node:fs/promises";
import { parseArgs } from "node:util";
import { dist } from "./build/paths.mjs";
import { ensureElectron } from "./electron/ensure.mjs";
import { RuntimeUnavailableError } from "./electron/errors.mjs";
import { publishedVersion } from "./electron/published.mjs";
import { buildPackage } from "./package/build-package.mjs";
import { runBuild } from "./start/build.mjs";

try {
  const { values } = parseArgs({
    options: { installers: { type: "boolean" }, inspectable: { type: "boolean" } },
  });
  // What older builds left in dist/ would be packaged too.
  await rm(dist, { recursive: true, force: true });
  await runBuild();
  const runtime = await ensureElectron();
  const { folder } = await buildPackage({ runtime, ...values });
  console.log(`\nThe application is in ${folder}`);
  if (runtime.version !== publishedVersion()) {
    console.log(
      `It contains Electron ${runtime.version} instead of ${publishedVersion()}, which is out of reach here:`,
    );
    console.log("use it for testing, do not give it to users.");
  }
} catch (error) {
  console.error(error instanceof RuntimeUnavailableError ? error.message : error);
  process.exitCode = 1;
}
// Said outright: one of electron-builder's dependencies ends the process with 0 whatever `exitCode` says.
process.exit(process.exitCode);
