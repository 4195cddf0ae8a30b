// @ts-check
import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "./paths.mjs";

/** Bundles the catalogue's npm packages and their typings for offline use. */
export async function buildLibraries() {
  const script = join(root, "scripts", "build", "library-bundles.mjs");
  if (!existsSync(script)) return;
  const { bundleLibraries } = await import("./library-bundles.mjs");
  await bundleLibraries();
}
