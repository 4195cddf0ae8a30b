import { shell, type App, type WebContents } from "electron";
import { externalUrl } from "./external-links";
import { PAGE_URL } from "./page-assets";

/** Applies the navigation rules to everything that shows web content, now and later (promise 18). */
export function denyNavigation(app: App): void {
  app.on("web-contents-created", (_event, contents) => lockNavigation(contents));
}

function lockNavigation(contents: WebContents): void {
  contents.on("will-navigate", (event) => {
    // Reloading the page itself is the one navigation there is.
    if (event.url !== PAGE_URL) event.preventDefault();
  });
  contents.on("will-frame-navigate", (event) => {
    if (event.url !== PAGE_URL) event.preventDefault();
  });
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    const external = externalUrl(url);
    if (external !== undefined) void shell.openExternal(external);
    return { action: "deny" };
  });
}
