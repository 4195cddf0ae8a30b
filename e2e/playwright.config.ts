import { defineConfig } from "playwright/test";

export default defineConfig({
  testDir: "./specs",
  outputDir: "../test-results/e2e",
  timeout: 60_000,
  expect: { timeout: 15_000, toHaveScreenshot: { maxDiffPixelRatio: 0.02 } },
  fullyParallel: false,
  workers: 1,
  forbidOnly: process.env.CI !== undefined,
  retries: 0,
  reporter: "list",
});
