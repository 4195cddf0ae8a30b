/** The import rules of docs/ARCHITECTURE.md. scripts/rules/import-rules.test.ts proves that each one bites. */
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
    {
      name: "vm-and-modules-know-no-sessions",
      comment: "The runtime and the native modules know neither sessions, history, IPC nor the app.",
      severity: "error",
      from: { path: "^main/(vm|modules)/", pathNot: "(\\.test\\.ts$|/testing/|/testing\\.ts$)" },
      to: { path: "^main/(sessions|history|ipc|app|cli|core/(workbench|api))" },
    },
    {
      name: "core-knows-no-shell",
      comment: "What the window and the command line share does not know either of them.",
      severity: "error",
      from: { path: "^main/(core|templates|sessions|history|libraries|workspace|vm|modules)/" },
      to: { path: "^main/(app|ipc|cli)/" },
    },
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
