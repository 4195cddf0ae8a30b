import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
// Bundled code lives in dist/main/, unit tests run from main/core/: both find the same dist folder.
const dist = basename(dirname(here)) === "dist" ? dirname(here) : join(here, "..", "..", "dist");

/** Absolute path of something that was built: `assetPath("guest", "prelude.js")`. */
export function assetPath(...segments: string[]): string {
  return join(dist, ...segments);
}

/** Text of something that was built. Throws Node's `ENOENT` when the build is incomplete. */
export function readAsset(...segments: string[]): string {
  return readFileSync(assetPath(...segments), "utf8");
}
