/** The import rules of docs/ARCHITECTURE.md. scripts/rules/import-rules.test.ts proves that each one bites. */

const { MAY_IMPORT } = require("./scripts/rules/map.cjs");

const TESTS = "(\\.test\\.ts$|/testing/|/testing\\.ts$)";

const foldersOfMain = Object.entries(MAY_IMPORT).map(([folder, others]) => ({
  name: `main-${folder}-keeps-to-the-map`,
  comment: `main/${folder} may import ${others.join(", ") || "nothing"} of main/: see docs/ARCHITECTURE.md.`,
  severity: "error",
  from: { path: `^main/${folder}/`, pathNot: TESTS },
  to: { path: "^main/", pathNot: `^main/(${[folder, ...others].join("|")})(/|\\.ts$)` },
}));

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "shared-imports-nothing-of-ours",
      comment: "shared/ is the vocabulary of both sides: it may use libraries, never main or renderer.",
      severity: "error",
      from: { path: "^shared/" },
      to: { path: "^(main|renderer|e2e|scripts|bench)/" },
    },
    {
      name: "model-knows-no-contract",
      comment: "shared/model is the vocabulary; shared/ipc makes requests and events of it.",
      severity: "error",
      from: { path: "^shared/model/" },
      to: { path: "^shared/ipc/" },
    },
    {
      name: "renderer-imports-only-shared",
      comment: "The page reaches the rest of the application by typed IPC only.",
      severity: "error",
      from: { path: "^renderer/" },
      to: { path: "^(main|e2e|scripts|bench)/" },
    },
    {
      name: "renderer-without-node",
      comment: "The page is sandboxed: Node's modules do not exist there.",
      severity: "error",
      from: { path: "^renderer/", pathNot: "(\\.test\\.tsx?|vite\\.config\\.ts)$" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "main-does-not-import-renderer",
      severity: "error",
      from: { path: "^main/" },
      to: { path: "^(renderer|e2e|scripts|bench)/" },
    },
    {
      name: "electron-only-in-app-and-ipc",
      comment: "The core runs in plain Node: command line, tests and session hosts use the same code.",
      severity: "error",
      from: { path: "^(main|shared|renderer)/", pathNot: "^main/(app|ipc)/" },
      to: { path: "(^|/)node_modules/electron/|^electron$" },
    },
    ...foldersOfMain,
    {
      name: "no-inside-of-another-feature",
      comment: "A feature folder of the renderer is entered through its index only.",
      severity: "error",
      from: { path: "^renderer/features/([^/]+)/" },
      to: {
        path: "^renderer/features/([^/]+)/.+",
        pathNot: ["^renderer/features/$1/", "^renderer/features/[^/]+/index\\.tsx?$"],
      },
    },
    {
      name: "no-circular",
      comment: "A cycle between values has no place to start reading; type-only cycles are harmless.",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(dist|release)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
      exportsFields: ["exports"],
      conditionNames: ["import", "default", "types"],
    },
  },
};
