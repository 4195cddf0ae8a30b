// @ts-check
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { root } from "../build/paths.mjs";

/**
 * Builds the application into `dist/`.
 *
 * @returns {Promise<void>}
 * @throws {Error} when the build fails; its messages have been shown
 */
export async function runBuild() {
  const build = spawn(process.execPath, [path.join(root, "scripts", "build.mjs")], {
    cwd: root,
    stdio: "inherit",
  });
  const [code, signal] = await once(build, "close");
  if (code !== 0) throw new Error(`The build failed (${signal ?? `exit code ${code}`}); see above.`);
}
