// @ts-check
/** What every bundle of ours for plain Node has in common. @type {import("esbuild").BuildOptions} */
export const nodeBundle = {
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  logLevel: "warning",
  // Some packages (jsonc-parser) have a UMD build as "main", whose inner requires a bundler cannot follow.
  mainFields: ["module", "main"],
  define: { __filename: "import.meta.filename", __dirname: "import.meta.dirname" },
  // CommonJS dependencies inside an ES module bundle still call `require` for Node's own modules.
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
};

/** Native code cannot be bundled, and an old Node does not have this module of its own. */
export const notBundled = ["@photostructure/sqlite", "node:sqlite"];
