// @ts-check
import os from "node:os";
import path from "node:path";

/**
 * The folder that keeps provisioned Electron runtimes: outside the checkout, so that `git clean`, a second clone
 * and `npm ci` do not cost another download. It follows the platform's convention for caches.
 *
 * @param {{ env?: NodeJS.ProcessEnv, platform?: NodeJS.Platform, home?: string }} [where] for tests
 * @returns {string} an absolute path; the folder may not exist yet
 */
export function electronCacheFolder({
  env = process.env,
  platform = process.platform,
  home = os.homedir(),
} = {}) {
  return path.join(cacheRoot(env, platform, home), "vm-workbench", "electron");
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} platform
 * @param {string} home
 */
function cacheRoot(env, platform, home) {
  if (platform === "win32") return env.LOCALAPPDATA || path.join(home, "AppData", "Local");
  // The XDG rules say that a relative path is invalid and has to be ignored.
  if (env.XDG_CACHE_HOME && path.isAbsolute(env.XDG_CACHE_HOME)) return env.XDG_CACHE_HOME;
  return platform === "darwin" ? path.join(home, "Library", "Caches") : path.join(home, ".cache");
}
