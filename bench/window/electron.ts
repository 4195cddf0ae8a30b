import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { _electron, type ElectronApplication, type Page } from "playwright";
import { benchFolder } from "../bare";
import { PageDebugger } from "./page-debugger";

const READY = '[data-app-state="ready"]';
const LAUNCH_MS = 60_000;

/** What `scripts/electron/prepare.mjs` gives: a runtime and where it can show windows. */
export interface PreparedElectron {
  readonly runtime: { readonly executablePath: string };
  readonly env: Readonly<Record<string, string>>;
  readonly chromiumSandbox: boolean;
  readonly stop: () => Promise<void>;
}

/** Prepares the runtime that `npm start` uses, on a display of its own. The script finds its files by its own place. */
export async function prepareElectron(): Promise<PreparedElectron> {
  const script = join(dirname(benchFolder()), "scripts", "electron", "prepare.mjs");
  const module = (await import(pathToFileURL(script).href)) as {
    prepareElectron: (options: { display: "virtual" }) => Promise<PreparedElectron>;
  };
  return module.prepareElectron({ display: "virtual" });
}

/** Something that Electron can start: the product on a workspace, or a bare window with a page. */
export interface Startable {
  /** Folder with the package.json. */
  readonly appFolder: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** A temporary home: a workspace with the given files, and room for what both sides store. */
export class Home {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "vmw-bench-window-")));
  readonly workspace = join(this.folder, "workspace");

  constructor(files: Readonly<Record<string, string>>) {
    for (const folder of ["workspace/templates", "documents"])
      mkdirSync(join(this.folder, folder), { recursive: true });
    for (const [path, content] of Object.entries(files)) {
      const file = join(this.workspace, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
  }

  /** The product on this home's workspace. */
  product(): Startable {
    return {
      appFolder: dirname(benchFolder()),
      args: [`--user-data-dir=${join(this.folder, "profile")}`, `--workspace=${this.workspace}`],
      env: {
        HOME: this.folder,
        VM_WORKBENCH_DATA: join(this.folder, "data"),
        VM_WORKBENCH_DOCUMENTS: join(this.folder, "documents"),
      },
    };
  }

  /** A bare window with one of the pages of {@link buildBarePages}; `computing`: beside a thread that computes. */
  bare(page: string, beside?: "computing"): Startable {
    return {
      appFolder: join(benchFolder(), "window", "bare"),
      args: [
        `--user-data-dir=${join(this.folder, "bare-profile")}`,
        page,
        ...(beside === undefined ? [] : [`--${beside}`]),
      ],
      env: { HOME: this.folder },
    };
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/** A started application with the probe in its page. */
export interface Running {
  readonly app: ElectronApplication;
  readonly page: Page;
  end(): Promise<void>;
}

/** Starts it under Playwright's control; resolves when it can be used. */
export async function launch(
  electron: PreparedElectron,
  { appFolder, args, env }: Startable,
  probe: string,
): Promise<Running> {
  const app = await _electron.launch({
    executablePath: electron.runtime.executablePath,
    args: [appFolder, "--js-flags=--expose-gc", ...args],
    env: { ...electron.env, ...env },
    chromiumSandbox: electron.chromiumSandbox,
    cwd: appFolder,
    timeout: LAUNCH_MS,
  });
  const page = await app.firstWindow();
  await page.locator(READY).waitFor({ state: "attached", timeout: LAUNCH_MS });
  await page.evaluate(probe);
  return { app, page, end: () => app.close() };
}

/**
 * Milliseconds from starting the process to each of the page's performance marks named. Nothing controls the
 * application meanwhile; the page's own marks are read when it is ready.
 */
export async function timeOfStart<Mark extends string>(
  electron: PreparedElectron,
  { appFolder, args, env }: Startable,
  marks: readonly Mark[],
): Promise<Record<Mark, number>> {
  const switches = electron.chromiumSandbox ? [] : ["--no-sandbox"];
  const started = Date.now();
  const child = spawn(
    electron.runtime.executablePath,
    [...switches, "--remote-debugging-port=0", appFolder, ...args],
    { cwd: appFolder, env: { ...electron.env, ...env }, stdio: ["ignore", "ignore", "pipe"] },
  );
  try {
    const page = await PageDebugger.attach(await debuggerPort(child));
    const times: Record<string, number> = {};
    for (const mark of marks) {
      const entry = `performance.getEntriesByName(${JSON.stringify(mark)})[0]`;
      let at: unknown;
      while (typeof at !== "number") {
        if (Date.now() - started > LAUNCH_MS) throw new Error(`The page does not come to "${mark}".`);
        await sleep(20);
        at = await page.evaluate(`${entry} && performance.timeOrigin + ${entry}.startTime`);
      }
      times[mark] = at - started;
    }
    page.close();
    return times as Record<Mark, number>;
  } finally {
    const gone = once(child, "exit");
    child.kill("SIGTERM");
    await gone;
  }
}

/** The port that Chromium tells on stderr. */
async function debuggerPort({ stderr }: ChildProcess): Promise<string> {
  if (stderr === null) throw new Error("The application has no stderr.");
  let said = "";
  for await (const chunk of stderr.iterator({ destroyOnReturn: false })) {
    said += String(chunk);
    const port = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)/.exec(said)?.[1];
    if (port === undefined) continue;
    stderr.resume();
    return port;
  }
  throw new Error(`The application ended:\n${said}`);
}
