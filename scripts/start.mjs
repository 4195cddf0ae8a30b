#!/usr/bin/env node
// @ts-check
/**
 * `npm start`: opens the window. Without a display, the real application does its main job under a virtual one and
 * shows what came out. Arguments after `--` go to the application.
 */
import { hasDisplay } from "./electron/display.mjs";
import { RuntimeUnavailableError, SystemLibrariesError } from "./electron/errors.mjs";
import { prepareElectron } from "./electron/prepare.mjs";
import { runBuild } from "./start/build.mjs";
import { runSample } from "./start/sample-run.mjs";
import { openWindow } from "./start/window.mjs";

try {
  await runBuild();
  const isHeadless = !hasDisplay();
  const electron = await prepareElectron();
  try {
    process.exitCode = isHeadless
      ? await runSample(electron)
      : await openWindow(electron, process.argv.slice(2));
  } finally {
    await electron.stop();
  }
} catch (error) {
  const isExplained = error instanceof RuntimeUnavailableError || error instanceof SystemLibrariesError;
  console.error(isExplained ? error.message : error);
  process.exitCode = 1;
}
