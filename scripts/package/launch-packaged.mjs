// @ts-check
import { chromium } from "playwright";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

const startMs = 30_000;
const closeMs = 10_000;

/**
 * Starts a packaged application and attaches to its window. Playwright's own way of launching Electron needs the
 * debugger of the main process, which a released application refuses; the page's protocol is enough for a look from
 * outside.
 *
 * @param {{ executable: string, args?: string[], env: Record<string, string>, chromiumSandbox: boolean }} options
 * @returns {Promise<{ page: import("playwright").Page, output: () => string, close: () => Promise<void> }>} `output`
 *   is what the main process has printed so far
 * @throws {Error} with that output, when no window appears
 */
export async function launchPackaged({ executable, args = [], env, chromiumSandbox }) {
  const switches = [...(chromiumSandbox ? [] : ["--no-sandbox"]), "--remote-debugging-port=0"];
  const app = spawn(executable, [...switches, ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
  const closed = once(app, "close");
  let output = "";
  app.stdout.on("data", (chunk) => (output += chunk));
  app.stderr.on("data", (chunk) => (output += chunk));
  const end = async () => {
    app.kill("SIGTERM");
    const timer = setTimeout(() => app.kill("SIGKILL"), closeMs);
    await closed;
    clearTimeout(timer);
  };
  try {
    const browser = await chromium.connectOverCDP(await debuggerAddress(app.stderr));
    const [context] = browser.contexts();
    if (!context) throw new Error("it has no browser context");
    const page = context.pages()[0] ?? (await context.waitForEvent("page", { timeout: startMs }));
    const close = async () => {
      await browser.close(); // lets go of the connection; the application goes on
      await end();
    };
    return { page, output: () => output, close };
  } catch (error) {
    await end();
    throw new Error(`The packaged application did not open its window. It printed:\n${output}`, {
      cause: error,
    });
  }
}

/** @param {import("node:stream").Readable} stderr */
async function debuggerAddress(stderr) {
  const lines = createInterface({ input: stderr });
  const timer = setTimeout(() => lines.close(), startMs);
  try {
    for await (const line of lines) {
      const address = /^DevTools listening on (ws:\S+)/.exec(line)?.[1];
      if (address) return address;
    }
    throw new Error(`it offered no connection within ${startMs / 1000} s`);
  } finally {
    clearTimeout(timer);
  }
}
