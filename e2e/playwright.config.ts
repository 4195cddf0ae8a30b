import { defineConfig } from "playwright/test";

export default defineConfig({
  testDir: "./specs",
  outputDir: "../test-results/e2e",
  timeout: 60_000,
  expect: { timeout: 15_000, toHaveScreenshot: { maxDiffPixelRatio: 0.02 } },
  fullyParallel: false,
  workers: 1,
  forbidOnly: process.env.CI !== undefined,
  // A loaded build machine may starve one launch; what fails twice is a failure.
  retries: process.env.CI === undefined ? 0 : 1,
  reporter: "list",
});
