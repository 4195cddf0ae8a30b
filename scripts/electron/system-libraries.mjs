// @ts-check
import { execFile, spawn } from "node:child_process";
import { access, constants, readdir } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { hasDisplay } from "./display.mjs";
import { SystemLibrariesError } from "./errors.mjs";

const execFileAsync = promisify(execFile);

/** What Electron needs on a bare Debian or Ubuntu; apt-get skips what is already there. */
const libraryPackages = [
  "libgtk-3-0",
  "libnss3",
  "libasound2",
  "libgbm1",
  "libxss1",
  "libxtst6",
  "libatspi2.0-0",
  "libdrm2",
  "libxkbcommon0",
];
const fontPackages = ["fonts-dejavu-core", "fonts-liberation"];
const displayPackages = ["xvfb"];

/** Opened by name at run time, so that `ldd` does not list it. */
const openedAtRunTime = ["libgtk-3.so.0"];

/**
 * Makes sure that the operating system has what Electron needs: shared libraries, a font, and a virtual display where
 * there is no real one. On Debian and its relatives, as root, what is missing is installed.
 *
 * @param {{ executablePath: string, virtualDisplay?: boolean, log?: import("./progress.mjs").Log }} options
 *   `virtualDisplay`: Xvfb is needed; by default when there is no display
 * @returns {Promise<void>}
 * @throws {SystemLibrariesError} with the exact command that a user has to run
 */
export async function ensureSystemLibraries({
  executablePath,
  virtualDisplay = !hasDisplay(),
  log = console.error,
}) {
  if (process.platform !== "linux") return;
  const missing = await findMissing(executablePath, virtualDisplay);
  if (missing.names.length === 0) return;

  if (!(await isOnPath("apt-get"))) {
    throw new SystemLibrariesError(
      `Electron needs what this system lacks: ${missing.names.join(", ")}. Install the packages that provide it.`,
    );
  }
  if (process.getuid?.() !== 0) {
    throw new SystemLibrariesError(
      `Electron needs what this system lacks: ${missing.names.join(", ")}. Install it with:\n\n` +
        `  sudo apt-get update && sudo apt-get install -y ${(await namesOfThisRelease(missing.packages)).join(" ")}\n`,
    );
  }
  log(`Electron needs what this system lacks (${missing.names.join(", ")}); installing it with apt-get`);
  await install(missing.packages);

  const still = await findMissing(executablePath, virtualDisplay);
  if (still.names.length > 0) {
    throw new SystemLibrariesError(`Still missing after the installation: ${still.names.join(", ")}.`);
  }
}

/**
 * Names of the libraries that the dynamic linker does not find.
 *
 * @param {string} lddOutput
 * @returns {string[]}
 */
export function notFound(lddOutput) {
  return [...lddOutput.matchAll(/^\s*(\S+) => not found/gm)].map(([, name]) => name ?? "");
}

/**
 * @param {string} executablePath
 * @param {boolean} virtualDisplay
 */
async function findMissing(executablePath, virtualDisplay) {
  const libraries = await missingLibraries(executablePath);
  const noFont = !(await hasFont());
  const noDisplay = virtualDisplay && !(await isOnPath("Xvfb"));
  return {
    names: [...libraries, ...(noFont ? ["a font"] : []), ...(noDisplay ? ["Xvfb"] : [])],
    packages: [
      ...(libraries.length > 0 ? libraryPackages : []),
      ...(noFont ? fontPackages : []),
      ...(noDisplay ? displayPackages : []),
    ],
  };
}

/** @param {string} executablePath */
async function missingLibraries(executablePath) {
  const linked = await execFileAsync("ldd", [executablePath]).then(
    ({ stdout }) => notFound(stdout),
    () => [], // no ldd: let Electron itself complain
  );
  const known = await execFileAsync("/sbin/ldconfig", ["-p"]).then(
    ({ stdout }) => stdout,
    () => undefined,
  );
  const opened = known === undefined ? [] : openedAtRunTime.filter((name) => !known.includes(name));
  return [...new Set([...linked, ...opened])];
}

async function hasFont() {
  const folders = ["/usr/share/fonts", "/usr/local/share/fonts"];
  folders.push(path.join(os.homedir(), ".fonts"), path.join(os.homedir(), ".local/share/fonts"));
  for (const folder of folders) {
    const files = await readdir(folder, { recursive: true }).catch(() => []);
    if (files.some((file) => /\.(ttf|otf|ttc)$/i.test(file))) return true;
  }
  return false;
}

/** @param {string} command */
async function isOnPath(command) {
  for (const folder of (process.env.PATH ?? "").split(path.delimiter)) {
    const found = await access(path.join(folder, command), constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return true;
  }
  return false;
}

/** @param {string[]} packages */
async function install(packages) {
  await aptGet(["update"]);
  const names = await namesOfThisRelease(packages);
  await aptGet(["install", "-y", "--no-install-recommends", ...names]);
}

/**
 * Ubuntu 24.04 renamed libraries in the transition to 64-bit time (`libasound2t64`), Debian 12 has the plain names.
 * @param {string[]} packages
 */
async function namesOfThisRelease(packages) {
  const renamed = packages.map((name) => `${name}t64`);
  const known = await execFileAsync("apt-cache", ["show", "--no-all-versions", ...renamed]).then(
    ({ stdout }) => stdout,
    (error) => String(error.stdout ?? ""), // fails when one is unknown, and lists the others
  );
  return packages.map((name) => (known.includes(`Package: ${name}t64\n`) ? `${name}t64` : name));
}

/** @param {string[]} args */
async function aptGet(args) {
  const child = spawn("apt-get", ["-q", "-o", "DPkg::Lock::Timeout=120", ...args], {
    stdio: ["ignore", process.stderr, process.stderr],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
  const code = await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exitCode, signal) => resolve(exitCode ?? signal));
  });
  if (code === 0) return;
  throw new SystemLibrariesError(
    `\`apt-get ${args.join(" ")}\` failed with ${code}; see its messages above. Run it by hand, then try again.`,
  );
}
