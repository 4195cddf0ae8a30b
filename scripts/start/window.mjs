// @ts-check
import { spawn } from "node:child_process";
import { once } from "node:events";
import { root } from "../build/paths.mjs";

/**
 * Opens the application on the real display and waits for it to end.
 *
 * @param {import("../electron/prepare.mjs").PreparedElectron} electron
 * @param {string[]} args for the application
 * @returns {Promise<number>} its exit code
 */
export async function openWindow(electron, args) {
  const switches = electron.chromiumSandbox ? [] : ["--no-sandbox"];
  if (switches.length > 0)
    console.error("Running as root: Chromium's sandbox is off. Use an ordinary account.");
  // Electron before 38 speaks to a Wayland desktop without X11 only when told to.
  if (!electron.env.DISPLAY && electron.env.WAYLAND_DISPLAY) switches.push("--ozone-platform-hint=auto");

  // The folder comes first: the application takes what follows it for its own arguments.
  const app = spawn(electron.runtime.executablePath, [root, ...switches, ...args], {
    cwd: root,
    env: electron.env,
    stdio: "inherit",
  });
  const forward = (/** @type {NodeJS.Signals} */ signal) => void app.kill(signal);
  process.on("SIGINT", forward).on("SIGTERM", forward);
  try {
    const [code, signal] = await once(app, "close");
    if (signal) console.error(`The application was ended by ${signal}.`);
    return code ?? 1;
  } finally {
    process.off("SIGINT", forward).off("SIGTERM", forward);
  }
}
