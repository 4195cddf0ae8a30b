// @ts-check
import { join } from "node:path";
import { build } from "vite";
import { root } from "./paths.mjs";

/** Bundles the page: React, Monaco and its workers, fonts and styles. */
export async function buildRenderer() {
  await build({ configFile: join(root, "renderer", "vite.config.ts"), logLevel: "warn" });
}
