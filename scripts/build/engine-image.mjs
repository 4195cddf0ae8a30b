// @ts-check
import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { nodeBundle } from "./node-bundle.mjs";
import { dist, root } from "./paths.mjs";

const folder = join(dist, "main");

/** Makes dist/main/engine.image, the engine's memory after the prelude, of what is built already: the engine and the prelude. */
export async function buildEngineImage() {
  await mkdir(folder, { recursive: true });
  // Beside the other bundles of the main process: that is where it finds what is built.
  const maker = join(folder, `image-maker.${randomUUID()}.mjs`);
  const next = join(folder, `engine.image.${process.pid}.next`);
  try {
    await build({
      ...nodeBundle,
      entryPoints: [join(root, "main", "vm", "make-image.ts")],
      outfile: maker,
    });
    /** @type {{ makeImageFile(): Promise<Uint8Array> }} */
    const { makeImageFile } = await import(pathToFileURL(maker).href);
    const image = await makeImageFile();
    const file = join(folder, "engine.image");
    // A running application may be reading it.
    if ((await readFile(file).catch(() => undefined))?.equals(image)) return;
    await writeFile(next, image);
    await rename(next, file);
  } finally {
    await rm(maker, { force: true });
  }
}
