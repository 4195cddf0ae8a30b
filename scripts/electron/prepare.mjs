// @ts-check
import { hasDisplay, startVirtualDisplay } from "./display.mjs";
import { ensureElectron } from "./ensure.mjs";
import { canUseSandbox } from "./sandbox.mjs";
import { ensureSystemLibraries } from "./system-libraries.mjs";

/**
 * @typedef {object} PreparedElectron
 * @property {import("./runtime.mjs").ElectronRuntime} runtime
 * @property {Record<string, string>} env environment for the application's process
 * @property {boolean} chromiumSandbox whether the sandbox can be on: Chromium refuses it to root on Linux. For
 *   Playwright's `_electron.launch`, which otherwise always switches it off
 * @property {"real" | "virtual"} display
 * @property {() => Promise<void>} stop ends the virtual display
 */

/**
 * Everything that the real application needs to run here: a runtime, the system's libraries and a display.
 *
 * @param {{ log?: import("./progress.mjs").Log, display?: "auto" | "virtual" }} [options] with `auto`, the real
 *   display is used where there is one; `virtual` leaves it alone (Linux only; elsewhere there is always a real one)
 * @returns {Promise<PreparedElectron>}
 * @throws {import("./errors.mjs").RuntimeUnavailableError | import("./errors.mjs").SystemLibrariesError}
 */
export async function prepareElectron({ log = console.error, display = "auto" } = {}) {
  const runtime = await ensureElectron({ log });
  const isVirtual = process.platform === "linux" && (display === "virtual" || !hasDisplay());
  await ensureSystemLibraries({ executablePath: runtime.executablePath, virtualDisplay: isVirtual, log });

  /** @type {Record<string, string>} */
  const env = {};
  for (const [name, value] of Object.entries(process.env)) {
    // Set by editors that are Electron applications themselves; it would turn ours into a plain Node.
    if (value !== undefined && name !== "ELECTRON_RUN_AS_NODE") env[name] = value;
  }
  env.ELECTRON_OVERRIDE_DIST_PATH = runtime.distPath;
  const chromiumSandbox = await canUseSandbox(runtime);
  if (!isVirtual) return { runtime, env, chromiumSandbox, display: "real", stop: async () => {} };

  const server = await startVirtualDisplay();
  env.DISPLAY = server.name;
  delete env.WAYLAND_DISPLAY;
  return { runtime, env, chromiumSandbox, display: "virtual", stop: server.stop };
}
