// @ts-check
import { copyFile, mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import { buildLazyPackages } from "./lazy-packages.mjs";
import { nodeBundle, notBundled } from "./node-bundle.mjs";
import { dist, root } from "./paths.mjs";

const require = createRequire(import.meta.url);

/** The application speaks English: zod's messages in fifty other languages would be loaded by every session host. */
const onlyEnglish = {
  name: "only-english",
  /** @param {import("esbuild").PluginBuild} builder */
  setup(builder) {
    builder.onLoad({ filter: /[/\\]zod[/\\]v4[/\\]locales[/\\]index\.js$/ }, () => ({
      contents: 'export { default as en } from "./en.js";',
    }));
  },
};

/** Documentation and typings of modules are for people: no session needs them, and every thread would read them. */
const withoutDocs = {
  name: "without-docs",
  /** @param {import("esbuild").PluginBuild} builder */
  setup(builder) {
    builder.onLoad({ filter: /[/\\]main[/\\]modules[/\\][^/\\]+[/\\]docs\.ts$/ }, () => ({
      contents: "export const members = [];",
    }));
    builder.onLoad({ filter: /[/\\]main[/\\]modules[/\\][^/\\]+[/\\]typings\.ts$/ }, () => ({
      contents: 'export const typings = "";',
    }));
  },
};

const HOST_URL = "__hostUrl";

/** Bundles the processes' own code: app (Electron main), preload, session host (worker thread), command line. */
export async function buildMain() {
  const entries = [
    { in: join(root, "main", "app", "app.ts"), out: "app" },
    { in: join(root, "main", "cli", "cli.ts"), out: "cli" },
    // Thread that writes the history's log into its file.
    { in: join(root, "main", "history", "checkpoint-thread.ts"), out: "checkpoint" },
    // Thread that searches the files of the workspace.
    { in: join(root, "main", "workspace", "search-thread.ts"), out: "search" },
    // Thread that runs commands for a session blocked in exec.run.
    { in: join(root, "main", "modules", "exec", "runner-thread.ts"), out: "exec-runner" },
  ];
  const shared = {
    bundle: true,
    target: "node20",
    sourcemap: /** @type {const} */ ("linked"),
    logLevel: /** @type {const} */ ("warning"),
  };
  // Its default build is UMD, whose inner requires esbuild cannot follow.
  const alias = { "jsonc-parser": "jsonc-parser/lib/esm/main.js" };
  const { lazyPackages, lazyZod } = await buildLazyPackages({
    bundle: true,
    alias,
    target: "node20",
    logLevel: "warning",
    plugins: [onlyEnglish],
  });
  /** @type {import("esbuild").BuildOptions} */
  const bundle = {
    ...nodeBundle,
    ...shared,
    outdir: join(dist, "main"),
    outExtension: { ".js": ".mjs" },
    external: ["electron", ...notBundled],
    alias,
    plugins: [onlyEnglish, lazyPackages],
    // What each thread has to read; names stay, they are shown in stacks and as names of classes.
    minifySyntax: true,
    minifyWhitespace: true,
  };
  await build({ ...bundle, entryPoints: entries });
  const host = join(root, "main", "sessions", "host");
  // Wrapped as `load-host.ts` calls it. An ES module could not begin with compiled code, and takes more memory.
  await build({
    ...bundle,
    entryPoints: [{ in: join(host, "session-host.ts"), out: "session-host.code" }],
    outExtension: { ".js": ".js" },
    format: "cjs",
    // Code that begins compiled cannot import (Node would need an experimental option): it requires instead.
    supported: { "dynamic-import": false },
    plugins: [withoutDocs, lazyPackages, lazyZod],
    define: { "import.meta.url": HOST_URL },
    banner: {
      js: `(function (require, module, __filename) {const ${HOST_URL} = require("node:url").pathToFileURL(__filename).href;`,
    },
    footer: { js: "})" },
  });
  await build({
    ...shared,
    entryPoints: [{ in: join(host, "load-host.ts"), out: "session-host" }],
    outdir: join(dist, "main"),
    outExtension: { ".js": ".cjs" },
    platform: "node",
    format: "cjs",
  });
  // A sandboxed preload script must be one CommonJS file.
  await build({
    ...shared,
    entryPoints: [join(root, "main", "app", "preload.ts")],
    outfile: join(dist, "preload", "preload.cjs"),
    platform: "node",
    format: "cjs",
    external: ["electron"],
  });
  await mkdir(join(dist, "main"), { recursive: true });
  const variant = require.resolve("@jitl/quickjs-wasmfile-release-sync");
  await copyFile(join(dirname(variant), "emscripten-module.wasm"), join(dist, "main", "quickjs.wasm"));
  await copyFile(require.resolve("@sqlite.org/sqlite-wasm/sqlite3.wasm"), join(dist, "main", "sqlite3.wasm"));
}
