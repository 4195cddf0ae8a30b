// @ts-check
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { reasonOf } from "../electron/errors.mjs";
import { prepareElectron } from "../electron/prepare.mjs";
import { countCheck, countPlaywright, countVitest, requireToRun } from "./counts.mjs";
import { runNode } from "./run-step.mjs";

/**
 * @typedef {object} Place
 * @property {string} scratch folder for the runners' reports
 * @property {boolean} isCi
 *
 * @typedef {object} Suite
 * @property {string} name for `--only`
 * @property {string} title
 * @property {(place: Place) => Promise<import("./counts.mjs").Counts>} run
 */

const require = createRequire(import.meta.url);

/** Everything that `npm test` runs, cheap and fundamental things first. @type {readonly Suite[]} */
export const suites = [
  check("build", "Build", async () => ["scripts/build.mjs"]),
  check(
    "types",
    "Types",
    ...typeProjects().map((project) => async () => [bin("typescript", "tsc"), "-p", project]),
  ),
  check("lint", "Lint", async () => [bin("eslint"), "."]),
  check("rules", "Import rules", async () => [
    bin("dependency-cruiser", "depcruise"),
    "--config",
    ".dependency-cruiser.cjs",
    "main",
    "renderer",
    "shared",
    "e2e",
  ]),
  check("format", "Format", async () => [bin("prettier"), "--check", "--log-level", "warn", "."]),
  check("knip", "Unused code and dependencies", async () => [bin("knip")]),
  { name: "unit", title: "Unit and integration tests", run: runVitest },
  { name: "e2e", title: "The real application in Electron", run: runPlaywright },
  check("package", "The packaged application", async () => ["scripts/package/check.mjs"]),
];

function typeProjects() {
  return [".", "tsconfig.guest.json", "renderer", "e2e", "bench/window/page", "scripts"];
}

/**
 * A suite of commands that count as one check together; all of them run, so that one report names everything.
 *
 * @param {string} name
 * @param {string} title
 * @param {...(() => Promise<string[]>)} commands
 * @returns {Suite}
 */
function check(name, title, ...commands) {
  return {
    name,
    title,
    run: async () => {
      let worst = /** @type {number | null} */ (0);
      for (const command of commands) {
        const code = await runNode(await command());
        if (code !== 0) worst = code;
      }
      return countCheck(worst);
    },
  };
}

/** @param {Place} place */
async function runVitest({ scratch, isCi }) {
  const file = path.join(scratch, "vitest.json");
  const args = [bin("vitest"), "run", "--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const code = await runNode(args);
  return requireToRun(countVitest(await readReport(file), code), { isCi });
}

/** @param {Place} place */
async function runPlaywright({ scratch, isCi }) {
  let electron;
  try {
    electron = await prepareElectron({ display: process.env.HEADED ? "auto" : "virtual" });
  } catch (error) {
    console.error(`The suite cannot run: ${reasonOf(error)}`);
    return requireToRun({ passed: 0, failed: 0, skipped: 1 }, { isCi });
  }
  try {
    const file = path.join(scratch, "playwright.json");
    const args = [bin("playwright"), "test", "--config", "e2e/playwright.config.ts", "--reporter=list,json"];
    const code = await runNode(args, { ...electron.env, PLAYWRIGHT_JSON_OUTPUT_FILE: file });
    return requireToRun(countPlaywright(await readReport(file), code), { isCi });
  } finally {
    await electron.stop();
  }
}

/** @param {string} file */
async function readReport(file) {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch {
    return undefined; // the runner ended before it could write one
  }
}

/**
 * The script behind a tool's command, to run it without a shell.
 *
 * @param {string} packageName
 * @param {string} [command]
 * @returns {string}
 */
function bin(packageName, command = packageName) {
  const folder = packageFolder(packageName);
  const { bin: commands } = require(path.join(folder, "package.json"));
  return path.join(folder, typeof commands === "string" ? commands : commands[command]);
}

/**
 * Not every package exports its package.json, so it is looked up as a file.
 * @param {string} packageName
 */
function packageFolder(packageName) {
  return path.join(import.meta.dirname, "..", "..", "node_modules", packageName);
}
