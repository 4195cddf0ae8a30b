// @ts-check
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { root } from "../paths.mjs";
import { lazyTypedFunction } from "./lazy-typed-function.mjs";

/** Gives the bundled packages what they expect and a session does not have. */
const shims = join(root, "scripts", "build", "libraries", "shims.js");

/** @type {import("esbuild").BuildOptions} */
const options = {
  bundle: true,
  write: false,
  metafile: true,
  format: "cjs",
  platform: "neutral",
  target: "es2023",
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: "none",
  logLevel: "error",
  define: { "process.env.NODE_ENV": '"production"', "import.meta.env": "undefined" },
  // `stream` is only reached where streams of Node are used, which the VM does not have; `vm:random` is the host.
  external: ["stream", "vm:random"],
};

/** For an entry of ours. @type {import("esbuild").BuildOptions} */
const own = {
  format: "iife",
  globalName: "library",
  footer: { js: "module.exports = library.default;" },
  conditions: ["import", "default"],
  mainFields: ["module", "main"],
};

/** For a package's own entry: its CommonJS form, with its customary `module.exports`. @type {import("esbuild").BuildOptions} */
const theirs = { conditions: ["require", "default"], mainFields: ["main"] };

/** @param {string} specifier */
function exporting(specifier) {
  return `module.exports = require(${JSON.stringify(specifier)});`;
}

/** Folder inside node_modules of the package that holds a bundled file. @param {string} input */
function packageOf(input) {
  return /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
}

/**
 * Bundles a library and its further entry points into CommonJS texts without imports.
 * @param {import("../library-bundles.mjs").Library} library
 */
export async function bundleCode(library) {
  const isFile = library.entry.startsWith(library.folder);
  const main = await build({
    ...options,
    ...(isFile
      ? // An ES module entry, so that what it does not use is left out.
        { entryPoints: [library.entry], ...own }
      : { stdin: { contents: exporting(library.entry), resolveDir: root }, ...theirs }),
    inject: [shims],
    plugins: [lazyTypedFunction],
    define: {
      ...options.define,
      global: "shadowGlobal",
      LIBRARY_GLOBAL: JSON.stringify(library.global ?? ""),
    },
  });
  const subpaths = [];
  const inputs = new Set(Object.keys(main.metafile?.inputs ?? {}));
  for (const path of library.subpaths) {
    const result = await build({
      ...options,
      stdin: {
        contents: `module.exports = require(${JSON.stringify(`${library.id}/${path}`)});`,
        resolveDir: root,
      },
      conditions: ["require", "default"],
      mainFields: ["main"],
      // A plugin or locale adds to the library itself, so it must meet the same instance.
      plugins: [sameInstance(library)],
    });
    for (const input of Object.keys(result.metafile?.inputs ?? {})) inputs.add(input);
    subpaths.push({ path, code: textOf(result) });
  }
  const packages = [...new Set([...inputs].map(packageOf))].filter((path) => path !== undefined).sort();
  return {
    code: textOf(main),
    subpaths,
    inputs: packages.map((path) => join(root, path, "package.json")),
    licenses: packages.map(licenseText).join("\n\n"),
  };
}

/** @param {import("esbuild").BuildResult} result */
function textOf(result) {
  return result.outputFiles?.[0]?.text ?? "";
}

/**
 * @param {import("../library-bundles.mjs").Library} library
 * @returns {import("esbuild").Plugin}
 */
function sameInstance(library) {
  return {
    name: "same-instance",
    setup(build) {
      build.onResolve({ filter: /./ }, async (args) => {
        if (args.kind === "entry-point" || args.importer === "<stdin>" || args.pluginData === library)
          return undefined;
        const found = await build.resolve(args.path, {
          resolveDir: args.resolveDir,
          kind: args.kind,
          importer: args.importer,
          pluginData: library,
        });
        const own = await build.resolve(library.main, {
          resolveDir: root,
          kind: "require-call",
          pluginData: library,
        });
        return found.path === own.path ? { path: library.id, external: true } : undefined;
      });
    },
  };
}

/** @param {string} path */
function licenseText(path) {
  const folder = join(root, path);
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  const text =
    file === undefined ? `Licence: ${manifest.license}` : readFileSync(join(folder, file), "utf8").trim();
  return `${manifest.name} ${manifest.version}\n\n${text}\n`;
}
