// @ts-check
import { mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { build } from "esbuild";
import { dist, root } from "./paths.mjs";

/**
 * Packages that most sessions never need: each becomes a file of its own in dist/main/packages, read when the first of
 * its exports is used. Together they are four fifths of a session host's code, and every thread would read all of it.
 * Only packages whose exports are imported by name, and never needed while modules load, gain from standing here.
 */
const LAZY = [
  "acorn",
  "cjs-module-lexer",
  "csv-parse",
  "csv-stringify/sync",
  "jsonc-parser",
  "minimatch",
  "sucrase",
  "undici",
  "yaml",
  "yauzl",
  "yazl",
];

/** Packages whose default export is imported dynamically, where it is needed. */
const AWAITED = ["@sqlite.org/sqlite-wasm"];

const URL_NAME = "__fileUrl";

const require = createRequire(join(root, "package.json"));
const folder = join(dist, "main", "packages");
const isOurs = new RegExp(
  `^(?:${[...LAZY, ...AWAITED].map((name) => name.replace(/[./]/g, "\\$&")).join("|")})$`,
);

/** Only a session host may go without zod: every other process checks data from its first moment. */
const POSTPONED = "zod";

/** @param {string} name */
function fileOf(name) {
  return name.replace(/^@/, "").replaceAll("/", "-");
}

/**
 * Bundles the packages. Gives the plugin that makes a bundle of the main process load them when they are used (code
 * imports them as ever), and one that does so with zod.
 * @param {import("esbuild").BuildOptions} shared
 * @returns {Promise<{ lazyPackages: import("esbuild").Plugin, lazyZod: import("esbuild").Plugin }>}
 */
export async function buildLazyPackages(shared) {
  await mkdir(folder, { recursive: true });
  for (const name of [...LAZY, POSTPONED])
    await bundle(shared, name, `module.exports = require(${JSON.stringify(name)});`);
  for (const name of AWAITED) {
    const text = JSON.stringify(name);
    await bundle(shared, name, `export * from ${text}; export { default } from ${text};`);
  }
  /** @type {import("esbuild").Plugin} */
  const lazyPackages = {
    name: "lazy-packages",
    setup(builder) {
      builder.onResolve({ filter: isOurs }, ({ path }) => ({ path, namespace: "lazy-package" }));
      builder.onResolve({ filter: /^\.\/packages\//, namespace: "lazy-package" }, ({ path }) => ({
        path,
        external: true,
      }));
      builder.onLoad({ filter: /.*/, namespace: "lazy-package" }, ({ path }) => ({
        contents: AWAITED.includes(path)
          ? `export default require("./packages/${fileOf(path)}.cjs").default;`
          : standIn(`./packages/${fileOf(path)}.cjs`, namesIn(path)),
        loader: "js",
      }));
    },
  };
  /** @type {import("esbuild").Plugin} */
  const lazyZod = {
    name: "lazy-zod",
    setup(builder) {
      builder.onResolve({ filter: /^zod$/ }, () => ({
        path: join(root, "scripts", "build", "postponed-zod.cjs"),
      }));
      builder.onResolve({ filter: /^\.\/packages\/zod\.cjs$/ }, ({ path }) => ({ path, external: true }));
    },
  };
  return { lazyPackages, lazyZod };
}

/** @param {import("esbuild").BuildOptions} shared @param {string} name @param {string} contents */
async function bundle(shared, name, contents) {
  await build({
    ...shared,
    stdin: { contents, resolveDir: root, loader: "js" },
    outfile: join(folder, `${fileOf(name)}.cjs`),
    platform: "node",
    format: "cjs",
    define: { "import.meta.url": URL_NAME },
    banner: { js: `const ${URL_NAME} = require("node:url").pathToFileURL(__filename).href;` },
    mainFields: ["module", "main"],
    minifySyntax: true,
    minifyWhitespace: true,
    sourcemap: false,
  });
}

/** Exports of the bundled package, as the stand-in has to name them. @param {string} name */
function namesIn(name) {
  const file = join(folder, `${fileOf(name)}.cjs`);
  delete require.cache[file];
  return Object.keys(require(file));
}

/** A CommonJS module with a getter for every export: bundlers read exports of such modules where they are used. @param {string} file @param {readonly string[]} names */
function standIn(file, names) {
  return `for (const name of ${JSON.stringify(names)})
  Object.defineProperty(exports, name, { enumerable: true, get: () => require(${JSON.stringify(file)})[name] });`;
}
