// @ts-check
import { build, DEFAULT_TARGET, log, Platform } from "electron-builder";
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { parse } from "yaml";
import { root } from "../build/paths.mjs";
import { publishedVersion } from "../electron/published.mjs";

/**
 * @typedef {object} PackageOptions
 * @property {import("../electron/runtime.mjs").ElectronRuntime} runtime
 * @property {boolean} [inspectable] leaves the debugger's fuse on, so that tools which attach by it can drive the
 *   application; such a package goes to a folder of its own and is never released
 * @property {boolean} [installers] makes what users install, instead of a folder with the application
 */

/**
 * Packages what is in `dist/` for this machine's platform.
 *
 * @param {PackageOptions} options
 * @returns {Promise<{ folder: string, executable: string }>} the unpacked application
 * @throws {Error} when asked for installers around a runtime that users must not get
 */
export async function buildPackage({ runtime, inspectable = false, installers = false }) {
  if (
    installers &&
    (inspectable || runtime.version !== publishedVersion() || runtime.source === "fallback")
  ) {
    throw new Error(
      `Installers contain Electron ${publishedVersion()} and no test switches, and this package would have ` +
        `${inspectable ? "an open debugger" : `Electron ${runtime.version} (${runtime.source})`}.`,
    );
  }
  const config = parse(await readFile(path.join(root, "electron-builder.yml"), "utf8"));
  const output = path.join(root, config.directories.output, inspectable ? "inspectable" : "");
  const folder = path.join(output, unpackedName());
  // An older package must not pass for this one when packaging fails.
  await rm(folder, { recursive: true, force: true });
  hushModuleList();
  await build({
    projectDir: root,
    targets: Platform.current().createTarget(installers ? DEFAULT_TARGET : "dir"),
    publish: "never",
    config: {
      ...config,
      directories: { ...config.directories, output },
      electronVersion: runtime.version,
      electronDist: runtime.distPath,
      electronFuses: { ...config.electronFuses, enableNodeCliInspectArguments: inspectable },
    },
  });
  return { folder, executable: path.join(folder, executableOf(config)) };
}

/** One message lists hundreds of packages on a line, and none of them gets into the application. */
function hushModuleList() {
  const info = log.info.bind(log);
  log.info = (fields, message) => {
    if (message !== "duplicate dependency references") info(fields, message);
  };
}

/** The folder's name that electron-builder gives to an unpacked application. */
function unpackedName() {
  const arch = process.arch === "x64" ? "" : `-${process.arch}`;
  if (process.platform === "darwin") return `mac${arch}`;
  return process.platform === "win32" ? `win${arch}-unpacked` : `linux${arch}-unpacked`;
}

/** @param {{ productName: string, linux: { executableName: string } }} config */
function executableOf({ productName, linux }) {
  if (process.platform === "darwin") return `${productName}.app/Contents/MacOS/${productName}`;
  return process.platform === "win32" ? `${productName}.exe` : linux.executableName;
}
