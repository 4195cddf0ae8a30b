// @ts-check
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** A start takes 1 to 2 s, on a busy build machine some more. */
const PATIENCE_MS = 25_000;

/**
 * Starts the application under Playwright's control. About one start in a hundred Playwright never learns that the
 * application runs: its window is there, but `launch` does not settle. Such a start is ended and made once more.
 *
 * @param {() => Promise<import("playwright").ElectronApplication>} launch
 * @param {string} profile the `--user-data-dir` of this start, by which its processes are found
 * @returns {Promise<import("playwright").ElectronApplication>}
 * @throws {Error} what `launch` throws, or that it did not settle twice
 */
export async function launchElectron(launch, profile) {
  // Elsewhere the processes of the first start could not be found.
  for (const isLast of process.platform === "linux" ? [false, true] : [true]) {
    const starting = launch();
    const app = await Promise.race([starting, sleep(PATIENCE_MS, undefined, { ref: false })]);
    if (app !== undefined) return app;
    starting.catch(() => undefined);
    if (process.platform === "linux") endProcesses(profile);
    if (isLast) break;
    process.stderr.write("Playwright did not learn that the application runs; starting it again.\n");
  }
  throw new Error(`The application could not be started under Playwright's control in ${PATIENCE_MS} ms.`);
}

/** @param {string} profile */
function endProcesses(profile) {
  for (const pid of readdirSync("/proc").map(Number).filter(Boolean)) {
    try {
      if (readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(profile)) process.kill(pid, "SIGKILL");
    } catch {
      // It has ended meanwhile, or belongs to somebody else.
    }
  }
}
