#!/usr/bin/env node
// @ts-check
/**
 * Packages the application as it is released, and looks whether the result is what was promised: its fuses, the
 * contents of its archive, and that it does its work. Uses what is in dist/.
 */
import { listPackage } from "@electron/asar";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { root } from "../build/paths.mjs";
import { reasonOf } from "../electron/errors.mjs";
import { prepareElectron } from "../electron/prepare.mjs";
import { drive } from "../start/drive.mjs";
import { makeHome } from "../start/home.mjs";
import { buildPackage } from "./build-package.mjs";
import { readFuses, wrongFuses } from "./fuses.mjs";
import { launchPackaged } from "./launch-packaged.mjs";

const electron = await prepareElectron({ display: "virtual" });
try {
  const { folder, executable } = await buildPackage({ runtime: electron.runtime });
  await promise("its fuses are set", async () => wrongFuses(await readFuses(executable)));
  await promise("its archive holds the application and nothing else", async () =>
    strangers(archiveOf(folder)),
  );
  await promise("it runs the sample script", () => runSample(executable));
} catch (error) {
  console.error(reasonOf(error));
  process.exitCode = 1;
} finally {
  await electron.stop();
}
// Said outright: one of electron-builder's dependencies ends the process with 0 whatever `exitCode` says.
process.exit(process.exitCode);

/**
 * @param {string} what
 * @param {() => Promise<string[]>} findFaults
 */
async function promise(what, findFaults) {
  const faults = await findFaults().catch((error) => [reasonOf(error)]);
  console.log(`${faults.length === 0 ? "✓" : "✗"} ${what}`);
  for (const fault of faults) console.error(`  ${fault}`);
  if (faults.length > 0) process.exitCode = 1;
}

/** @param {string} folder */
function archiveOf(folder) {
  const resources = process.platform === "darwin" ? "VM Workbench.app/Contents/Resources" : "resources";
  return path.join(folder, resources, "app.asar");
}

/** @param {string} archive */
function strangers(archive) {
  const allowed =
    /^\/(dist(?!\/tools)|package\.json$|node_modules$|node_modules\/(@photostructure|node-gyp-build)(\/|$))/;
  return listPackage(archive, { isPack: false })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => !allowed.test(name))
    .map((name) => `${name} does not belong there`);
}

/** @param {string} executable */
async function runSample(executable) {
  const home = await makeHome();
  try {
    const { chromiumSandbox } = electron;
    const env = { ...electron.env, ...home.env };
    const app = await launchPackaged({ executable, args: home.args, env, chromiumSandbox });
    try {
      const screenshot = path.join(root, "test-results", "packaged.png");
      await mkdir(path.dirname(screenshot), { recursive: true });
      const { status, output } = await drive(app.page, screenshot);
      return status === "ok" ? [] : [`The execution ended with ${status}:\n${output}`];
    } finally {
      await app.close();
    }
  } finally {
    await home.remove();
  }
}
