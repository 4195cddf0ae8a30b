import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** Unit tests run the built guest code and session host, so build them before the first test (about a second). */
export default function setup(): void {
  const script = join(import.meta.dirname, "..", "build.mjs");
  const built = spawnSync(process.execPath, [script, "core"], { stdio: ["ignore", "ignore", "inherit"] });
  if (built.status !== 0) throw new Error("The build failed; see above.");
}
