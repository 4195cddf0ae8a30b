// @ts-check
/**
 * A bare Electron application: one window with the page that its first argument names, nothing else; with `--computing`
 * beside a thread that computes without end.
 */
import { app, BrowserWindow } from "electron";
import { Worker } from "node:worker_threads";

const page = process.argv.find((argument) => argument.endsWith(".html"));
if (page === undefined) throw new Error("Name the page.");
if (process.argv.includes("--computing")) new Worker("for (;;);", { eval: true });
app.on("window-all-closed", () => app.quit());
// Not awaited: Electron is ready only after this module has been evaluated.
void app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 1360,
    height: 860,
    webPreferences: { contextIsolation: true, sandbox: true, backgroundThrottling: false },
  });
  return window.loadFile(page);
});
