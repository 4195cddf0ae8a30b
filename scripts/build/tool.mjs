// @ts-check
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { build } from "esbuild";
import { nodeBundle, notBundled } from "./node-bundle.mjs";
import { dist, root } from "./paths.mjs";

/**
 * Builds parts of the application, and a tool that uses its core in plain Node.
 *
 * @param {object} options
 * @param {string} options.entry from the project's folder
 * @param {string} options.name of the bundle
 * @param {readonly string[]} options.parts as `scripts/build.mjs` takes them; none builds all
 * @param {readonly string[]} [options.external] packages that the tool loads from node_modules
 * @returns {Promise<string>} the bundle; it is in a folder of dist/, where the core finds what was built, and is not packaged
 */
export async function buildTool({ entry, name, parts, external = [] }) {
  const built = spawnSync(process.execPath, [join(root, "scripts", "build.mjs"), ...parts], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (built.status !== 0) throw new Error("The build failed; see above.");
  const outfile = join(dist, "tools", `${name}.mjs`);
  await build({
    ...nodeBundle,
    entryPoints: [join(root, entry)],
    outfile,
    external: [...notBundled, ...external],
  });
  return outfile;
}
