// @ts-check
import { existsSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";
import { root } from "./paths.mjs";

/** Bundles the page: React, Monaco and its workers, fonts and styles. */
export async function buildRenderer() {
  const configFile = join(root, "renderer", "vite.config.ts");
  if (!existsSync(configFile)) return;
  await build({ configFile, logLevel: "warn" });
}
