// @ts-check
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { _electron } from "playwright";
import { root } from "../build/paths.mjs";
import { reasonOf } from "../electron/errors.mjs";
import { launchElectron } from "../electron/launch.mjs";
import { drive, readyMs } from "./drive.mjs";
import { makeHome } from "./home.mjs";

const closeMs = 10_000;

/**
 * The application's main job without anybody to watch: opens the sample workspace in the real application on a virtual
 * display, runs the sample script in its template through the window, and prints what came out.
 *
 * @param {import("../electron/prepare.mjs").PreparedElectron} electron
 * @returns {Promise<number>} exit code: 0 when the script ran and succeeded
 */
export async function runSample(electron) {
  console.log(
    "There is no display here, so instead of opening a window, the real application runs its sample script",
  );
  console.log(`on a virtual display (Electron ${electron.runtime.version}).\n`);
  const home = await makeHome();
  const screenshot = path.join(root, "test-results", "start.png");
  await mkdir(path.dirname(screenshot), { recursive: true });
  try {
    const app = await launchElectron(
      () =>
        _electron.launch({
          executablePath: electron.runtime.executablePath,
          args: [root, ...home.args],
          chromiumSandbox: electron.chromiumSandbox,
          cwd: root,
          env: { ...electron.env, ...home.env },
          timeout: readyMs,
        }),
      home.profile,
    );
    const printed = collectOutput(app.process());
    try {
      const outcome = await drive(await app.firstWindow({ timeout: readyMs }), screenshot);
      console.log(
        `Script     ${outcome.script}\nTemplate   ${outcome.template}\n\n${outcome.output.trimEnd()}\n`,
      );
      console.log(`Result     ${outcome.status}\nScreenshot ${screenshot}`);
      return outcome.status === "ok" ? 0 : 1;
    } catch (error) {
      console.error(
        `The sample could not be run in the window: ${stripVTControlCharacters(reasonOf(error))}`,
      );
      console.error(`Screenshot: ${screenshot}\nThe application printed:\n${printed()}`);
      return 1;
    } finally {
      await close(app);
    }
  } finally {
    await home.remove();
  }
}

/**
 * @param {import("node:child_process").ChildProcess} child
 * @returns {() => string} what it has printed so far
 */
function collectOutput(child) {
  let output = "";
  child.stdout?.on("data", (chunk) => (output += chunk));
  child.stderr?.on("data", (chunk) => (output += chunk));
  return () => output.trimEnd();
}

/**
 * Closes the application, by force when it does not end by itself: nothing may stay behind.
 * @param {import("playwright").ElectronApplication} app
 */
async function close(app) {
  const child = app.process();
  const timer = setTimeout(() => child.kill("SIGKILL"), closeMs);
  await app.close().catch(() => {});
  clearTimeout(timer);
}
