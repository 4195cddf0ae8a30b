// @ts-check
import { choose } from "./choose.mjs";

/** The longest that the first window may take until it can be used, in ms; generous for a busy build machine. */
export const readyMs = 60_000;
const runMs = 30_000;

/** The sample workspace's script that reads a log file and reports, and the template made for it. */
const sample = { script: /report\.js/, template: /^Log report/ };

/**
 * @typedef {object} Outcome
 * @property {string} script
 * @property {string} template
 * @property {string} output what the console shows
 * @property {string} status how the execution ended: `ok`, `error`, …
 */

/**
 * Runs the sample script in its template, the way a user does: by the names of what is in the window.
 *
 * @param {import("playwright").Page} page the application's window
 * @param {string} screenshot where a picture of the window goes, also after a failure
 * @returns {Promise<Outcome>}
 * @throws {Error} when the window lacks something, or nothing ended in time
 */
export async function drive(page, screenshot) {
  try {
    await page.locator('[data-app-state="ready"]').waitFor({ state: "attached", timeout: readyMs });
    await page.keyboard.press("Escape"); // the tour that a first start offers
    const script = await choose(page, "Script", sample.script);
    const template = await choose(page, "Template", sample.template);
    await page.getByRole("button", { name: "Run", exact: true }).click();

    const log = page.getByRole("log", { name: "Console" });
    const ended = log.locator('[data-execution-status]:not([data-execution-status="running"])').last();
    await ended.waitFor({ state: "attached", timeout: runMs });
    const status = (await ended.getAttribute("data-execution-status")) ?? "unknown";
    return { script, template, status, output: await log.innerText() };
  } finally {
    // A failure is easier to understand with the picture, and must not be hidden by the lack of one.
    await page.screenshot({ path: screenshot }).catch(() => {});
  }
}
