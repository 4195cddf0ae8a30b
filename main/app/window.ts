import { BrowserWindow, dialog, nativeTheme } from "electron";
import { assetPath } from "../core/assets";
import { PAGE_URL } from "./security/page-assets";

/** Reloads after a crash of the page within this time, before it is explained instead. */
const MAX_RELOADS = 3;
const RELOAD_WINDOW_MS = 60_000;

/**
 * Makes a window. Every window of the application comes from here, so every one has the same lock-down (promise 13):
 * isolated, sandboxed, no Node in the page.
 */
export function createWindow(log: (message: string) => void): BrowserWindow {
  const window = new BrowserWindow({
    width: 1360,
    height: 860,
    minWidth: 800,
    minHeight: 560,
    show: false,
    title: "VM Workbench",
    backgroundColor: nativeTheme.shouldUseDarkColors ? "#16181d" : "#ffffff",
    webPreferences: {
      preload: assetPath("preload", "preload.cjs"),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      enableWebSQL: false,
      backgroundThrottling: false,
    },
  });
  window.once("ready-to-show", () => window.show());
  reloadAfterCrash(window, log);
  void window.loadURL(PAGE_URL);
  return window;
}

/** A crashed page comes back by itself, a few times; sessions live in the main process and go on (promise 29). */
function reloadAfterCrash(window: BrowserWindow, log: (message: string) => void): void {
  let crashes: number[] = [];
  window.webContents.on("render-process-gone", (_event, details) => {
    if (details.reason === "clean-exit" || window.isDestroyed()) return;
    const now = Date.now();
    crashes = [...crashes.filter((time) => now - time < RELOAD_WINDOW_MS), now];
    log(`The page's process ended: ${details.reason} (exit code ${details.exitCode}).`);
    if (crashes.length <= MAX_RELOADS) {
      window.webContents.reload();
      return;
    }
    void dialog
      .showMessageBox(window, {
        type: "error",
        message: "The window crashed several times in a row.",
        detail:
          "Your sessions go on and your unsaved edits are kept. Reload the window, or close it and start again with --safe.",
        buttons: ["Reload", "Close"],
        cancelId: 1,
      })
      .then(({ response }) => {
        crashes = [];
        if (response === 0) window.webContents.reload();
        else window.destroy();
      });
  });
  window.webContents.on("unresponsive", () => log("The page does not answer."));
}
