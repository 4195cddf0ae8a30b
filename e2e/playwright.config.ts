import { join } from "node:path";
import { defineConfig } from "playwright/test";

export default defineConfig({
  testDir: "./specs",
  outputDir: "../test-results/e2e",
  snapshotPathTemplate: join(import.meta.dirname, "pictures", "{arg}{ext}"),
  // A picture is taken anew only when somebody says that the change is meant.
  updateSnapshots: process.env.UPDATE_PICTURES === undefined ? "none" : "all",
  timeout: 60_000,
  expect: {
    timeout: 15_000,
    toHaveScreenshot: {
      maxDiffPixels: 100,
      animations: "disabled",
      scale: "css",
      stylePath: join(import.meta.dirname, "fixtures", "picture.css"),
    },
  },
  fullyParallel: false,
  workers: 1,
  forbidOnly: process.env.CI !== undefined,
  retries: 0,
  reporter: "list",
});
