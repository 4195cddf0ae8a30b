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
        },
      },
    ],
  },
});
