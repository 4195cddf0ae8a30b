// @ts-check
import { access, readFile } from "node:fs/promises";
import path from "node:path";

/**
 * @typedef {object} ElectronRuntime
 * @property {string} distPath folder with the unpacked runtime
 * @property {string} executablePath
 * @property {string} version for example `33.2.1`; `unknown` when the folder does not say
 * @property {"override" | "package" | "download" | "fallback"} source where it came from; a `fallback` runtime is for
 *   developing and testing, never for users
 */

/** The executable's place inside an unpacked Electron, per platform. */
const executables = {
  darwin: "Electron.app/Contents/MacOS/Electron",
  win32: "electron.exe",
};

/**
 * @param {NodeJS.Platform} [platform]
 * @returns {string} relative to the runtime's folder
 */
export function executableName(platform = process.platform) {
  return platform === "darwin" || platform === "win32" ? executables[platform] : "electron";
}

/**
 * Describes an unpacked Electron.
 *
 * @param {string} distPath
 * @param {ElectronRuntime["source"]} source
 * @returns {Promise<ElectronRuntime | undefined>} undefined when there is no Electron in the folder
 */
export async function describeRuntime(distPath, source) {
  const executablePath = path.join(distPath, executableName());
  try {
    await access(executablePath);
  } catch {
    return undefined;
  }
  const version = await readFile(path.join(distPath, "version"), "utf8").catch(() => "unknown");
  return { distPath, executablePath, version: version.trim().replace(/^v/, ""), source };
}
