#!/usr/bin/env node
// @ts-check
/** Writes the documentation that is generated from the registry and the schemas: `npm run docs`. */
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { bundleLibraries } from "./build/library-bundles.mjs";
import { dist, root } from "./build/paths.mjs";

await bundleLibraries(); // the schema lists their ids
// Inside dist/main, where bundled code finds what was built.
const bundle = join(dist, "main", "docs-pages.mjs");
await build({
  entryPoints: [join(root, "scripts", "docs", "pages.ts")],
  outfile: bundle,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  packages: "external",
  logLevel: "warning",
});
/** @type {typeof import("./docs/pages")} */
const { generatedPages, GENERATED_FOLDERS } = await import(pathToFileURL(bundle).href);

const pages = generatedPages();
for (const folder of GENERATED_FOLDERS) {
  for (const name of await readdir(join(root, folder)).catch(() => [])) {
    if (!pages.some((page) => page.path === `${folder}/${name}`)) await rm(join(root, folder, name));
  }
}
for (const { path, content } of pages) {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), content);
}
await rm(bundle);
console.log(`Wrote ${pages.length} pages.`);
