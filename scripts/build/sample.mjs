// @ts-check
import { cp, rm } from "node:fs/promises";
import { join } from "node:path";
import { dist, root } from "./paths.mjs";

/** Puts the files of the sample workspace where the application finds them. */
export async function buildSample() {
  await rm(join(dist, "sample"), { recursive: true, force: true });
  await cp(join(root, "main", "workspace", "sample-files"), join(dist, "sample"), { recursive: true });
}
