import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "node",
          environment: "node",
          include: ["{main,shared,scripts,bench}/**/*.test.{ts,mjs}"],
          globalSetup: ["./scripts/testing/build-once.ts"],
          setupFiles: ["./scripts/testing/console-guard.ts"],
          // Sessions run in threads with a stack of 8 MB; in-process tests of deep recursion need as much. Windows fixes
          // the stack of a process when it is linked.
          execArgv: process.platform === "win32" ? [] : ["--stack-size=7000"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "renderer",
          environment: "jsdom",
          include: ["renderer/**/*.test.{ts,tsx}"],
          setupFiles: ["./scripts/testing/console-guard.ts"],
          // jsdom finds roles slowly, and a loaded machine is slower still.
          testTimeout: 30_000,
        },
      },
    ],
  },
});
