#!/usr/bin/env node
// @ts-check
/**
 * Builds the application into dist/. Parts: `guest` (code that runs inside the VM), `libraries` (bundled npm packages),
 * `sample` (files of the sample workspace), `main` (app, preload, session host, command line), `image` (the engine's memory after the prelude; needs `guest` and `main`),
 * `renderer`. Without arguments: all. `core` = all but the renderer.
 */
import { buildEngineImage } from "./build/engine-image.mjs";
import { buildGuest } from "./build/guest.mjs";
import { bundleLibraries } from "./build/library-bundles.mjs";
import { buildMain } from "./build/main.mjs";
import { buildRenderer } from "./build/renderer.mjs";
import { buildSample } from "./build/sample.mjs";

/** @type {Record<string, () => Promise<void>>} */
const parts = {
  guest: buildGuest,
  libraries: bundleLibraries,
  sample: buildSample,
  main: buildMain,
  image: buildEngineImage,
  renderer: buildRenderer,
};
const groups = { core: ["guest", "libraries", "sample", "main", "image"] };

const wanted = process.argv.slice(2);
const names =
  wanted.length === 0
    ? Object.keys(parts)
    : wanted.flatMap((name) => groups[/** @type {"core"} */ (name)] ?? [name]);
for (const name of names) {
  const build = parts[name];
  if (build === undefined) {
    console.error(
      `Unknown part "${name}". Parts: ${[...Object.keys(parts), ...Object.keys(groups)].join(", ")}.`,
    );
    process.exit(2);
  }
  const started = performance.now();
  await build();
  console.log(`built ${name} in ${Math.round(performance.now() - started)} ms`);
}
