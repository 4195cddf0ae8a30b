import type { App } from "electron";

/** Longest that quitting waits for writes and running sessions. */
const MAX_WAIT_MS = 5000;

/** Quit waits for writes, but not for ever (promise 32). */
export function quitGracefully(
  app: App,
  dispose: () => Promise<void>,
  log: (message: string, cause?: unknown) => void,
): void {
  let state: "running" | "closing" | "closed" = "running";
  app.on("before-quit", (event) => {
    if (state === "closed") return;
    event.preventDefault();
    if (state === "closing") return;
    state = "closing";
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        log(`Closing took longer than ${MAX_WAIT_MS} ms; the application ends all the same.`);
        resolve();
      }, MAX_WAIT_MS);
    });
    void Promise.race([dispose().catch((error: unknown) => log("Closing failed", error)), timeout]).then(
      () => {
        clearTimeout(timer);
        state = "closed";
        app.quit();
      },
    );
  });
}
