// @ts-check
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { SystemLibrariesError } from "./errors.mjs";

const setUserIdBit = 0o4000;

/**
 * Whether Chromium's sandbox can be on. It refuses to run for root on Linux; everywhere else it must work.
 *
 * @param {import("./runtime.mjs").ElectronRuntime} runtime
 * @param {{ restrictionFile?: string }} [where] for tests
 * @returns {Promise<boolean>}
 * @throws {SystemLibrariesError} with the command that makes it work, where the system forbids it
 */
export async function canUseSandbox(runtime, { restrictionFile = apparmorRestriction } = {}) {
  if (process.platform !== "linux") return true;
  if (process.getuid?.() === 0) return false;

  const isRestricted = (await readFile(restrictionFile, "utf8").catch(() => "0")).trim() === "1";
  if (!isRestricted) return true;
  const helper = path.join(runtime.distPath, "chrome-sandbox");
  const mode = await stat(helper).then(
    (found) => (found.uid === 0 ? found.mode : 0),
    () => 0,
  );
  if (mode & setUserIdBit) return true;
  throw new SystemLibrariesError(
    "This system lets Chromium have its sandbox only through a helper that belongs to root. Set it up once with:\n\n" +
      `  sudo chown root:root "${helper}" && sudo chmod 4755 "${helper}"\n`,
  );
}

/** Ubuntu since 23.10: user namespaces are for programs with a profile only. */
const apparmorRestriction = "/proc/sys/kernel/apparmor_restrict_unprivileged_userns";
