// @ts-check
import { spawn } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { EnvHttpProxyAgent, fetch } from "undici";
import { describeRuntime } from "./runtime.mjs";

const require = createRequire(import.meta.url);

/** A network that silently drops packets must not hold up the start for longer. */
const probeMs = 5_000;
const downloadMs = 20 * 60_000;

/**
 * The runtime that the `electron` package has unpacked into itself.
 *
 * @param {import("./runtime.mjs").ElectronRuntime["source"]} [source]
 * @returns {Promise<import("./runtime.mjs").ElectronRuntime | undefined>} undefined when missing or of another version
 */
export async function findPublished(source = "package") {
  const folder = packageFolder();
  const pathFile = await readFile(path.join(folder, "path.txt"), "utf8").catch(() => "");
  if (!pathFile) return undefined; // written last: without it an unpacking was interrupted
  const runtime = await describeRuntime(path.join(folder, "dist"), source);
  return runtime?.version === publishedVersion() ? runtime : undefined;
}

/** @returns {string} the Electron version that the project pins */
export function publishedVersion() {
  return require("electron/package.json").version;
}

/**
 * Why the normal download is not worth starting, found out in seconds: its own connect time-out and retries would take
 * minutes where the network drops packets.
 *
 * @returns {Promise<string | undefined>} undefined when it can be started
 */
export async function whyNotDownloadable() {
  if (await isInDownloadCache()) return undefined;
  const dispatcher = new EnvHttpProxyAgent({ connectTimeout: probeMs });
  try {
    const response = await fetch(artifactUrl(), {
      method: "HEAD",
      dispatcher,
      signal: AbortSignal.timeout(probeMs),
    });
    return response.ok ? undefined : `the download server answered ${response.status}`;
  } catch {
    return `the download server cannot be reached within ${probeMs / 1000} s`;
  } finally {
    await dispatcher.destroy();
  }
}

/**
 * Lets the `electron` package download and verify its binary in its own way.
 *
 * @returns {Promise<import("./runtime.mjs").ElectronRuntime>}
 */
export async function downloadPublished() {
  const installer = spawn(process.execPath, [path.join(packageFolder(), "install.js")], {
    // stdout belongs to whoever asked us for the path
    stdio: ["ignore", process.stderr, process.stderr],
    timeout: downloadMs,
  });
  const code = await new Promise((resolve, reject) => {
    installer.on("error", reject);
    installer.on("close", (exitCode, signal) => resolve(exitCode ?? signal));
  });
  if (code !== 0) throw new Error(`its installer ended with ${code}`);
  const runtime = await findPublished("download");
  if (!runtime) throw new Error("its installer left no runtime behind");
  return runtime;
}

function packageFolder() {
  return path.dirname(require.resolve("electron/package.json"));
}

function artifactName() {
  return `electron-v${publishedVersion()}-${process.platform}-${process.arch}.zip`;
}

/** The address that the installer will use, with the mirror settings it honours. */
function artifactUrl() {
  const { env } = process;
  const mirror =
    env.npm_config_electron_mirror ||
    env.ELECTRON_MIRROR ||
    "https://github.com/electron/electron/releases/download/";
  const folder = env.npm_config_electron_custom_dir || env.ELECTRON_CUSTOM_DIR || `v${publishedVersion()}`;
  return `${mirror}${folder.replace("{{ version }}", publishedVersion())}/${artifactName()}`;
}

/** Whether an earlier download of another checkout is in the cache that Electron's tools share. */
async function isInDownloadCache() {
  const root = process.env.electron_config_cache ?? sharedDownloadCache();
  const entries = await readdir(root, { recursive: true }).catch(() => []);
  return entries.some((entry) => path.basename(entry) === artifactName());
}

function sharedDownloadCache() {
  const home = os.homedir();
  if (process.platform === "darwin") return path.join(home, "Library", "Caches", "electron");
  if (process.platform === "win32") {
    return path.join(process.env.LOCALAPPDATA ?? path.join(home, "AppData", "Local"), "electron", "Cache");
  }
  return path.join(process.env.XDG_CACHE_HOME ?? path.join(home, ".cache"), "electron");
}
