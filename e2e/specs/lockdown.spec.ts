import { expect, test } from "../fixtures/workbench";

test.describe("the window is locked down", () => {
  test("the page is isolated, sandboxed and sees exactly the contract", async ({ home }) => {
    const { app, page } = await home.launch();
    const preferences = await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => {
        // `getLastWebPreferences` exists at run time and is left out of Electron's typings.
        const contents = window.webContents as unknown as {
          getLastWebPreferences(): Record<string, unknown>;
        };
        const { contextIsolation, sandbox, nodeIntegration, webviewTag } = contents.getLastWebPreferences();
        return { contextIsolation, sandbox, nodeIntegration, webviewTag };
      }),
    );
    expect(preferences).toEqual([
      { contextIsolation: true, sandbox: true, nodeIntegration: false, webviewTag: false },
    ]);
    const seen = await page.evaluate(() => {
      const world = globalThis as unknown as Record<string, unknown>;
      return {
        api: Object.keys(world.workbench as object).sort(),
        node: ["require", "process", "ipcRenderer", "module", "Buffer", "global"].filter(
          (name) => name in world,
        ),
      };
    });
    expect(seen).toEqual({ api: ["on", "request"], node: [] });
  });

  test("the page cannot evaluate text, reach the network or leave", async ({ home }) => {
    const { app, page } = await home.launch();
    const outcome = await page.evaluate(async () => {
      const tried: Record<string, string> = {};
      const attempt = async (name: string, act: () => unknown): Promise<void> => {
        try {
          await act();
          tried[name] = "worked";
        } catch {
          tried[name] = "refused";
        }
      };
      // The debugger's own evaluation may do what the page may not; a later task is the page's.
      await new Promise((resolve) => setTimeout(resolve, 0));
      await attempt("eval", () => (0, eval)("1"));
      await attempt("fetch", () => fetch("https://example.com/"));
      await attempt("loopback", () => fetch("http://127.0.0.1:9/"));
      await attempt("traversal", async () => {
        const answer = await fetch("workbench://app/%2e%2e/%2e%2e/package.json");
        if (!answer.ok) throw new Error(String(answer.status));
      });
      await attempt(
        "geolocation",
        () => new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject)),
      );
      tried.opened = window.open("https://example.com/") === null ? "refused" : "worked";
      return tried;
    });
    expect(outcome).toEqual({
      eval: "refused",
      fetch: "refused",
      loopback: "refused",
      traversal: "refused",
      geolocation: "refused",
      opened: "refused",
    });
    // Asked of the decision itself: an address that stays the same may only be one that does not change yet.
    await app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      const world = globalThis as { isNavigationPrevented?: Promise<boolean> };
      world.isNavigationPrevented = new Promise((resolve) => {
        window?.webContents.once("will-frame-navigate", (event) => resolve(event.defaultPrevented));
      });
    });
    await page.evaluate(() => {
      location.href = "https://example.com/";
    });
    const isPrevented = await app.evaluate(
      () => (globalThis as { isNavigationPrevented?: Promise<boolean> }).isNavigationPrevented,
    );
    expect(isPrevented).toBe(true);
    expect(page.url()).toBe("workbench://app/index.html");
    expect(app.windows()).toHaveLength(1);
    // Two of the attempts above break the policy on purpose, and the browser reports each.
    expect(home.policyViolations.length).toBeGreaterThan(0);
    home.policyViolations.length = 0;
  });

  test("junk requests are refused in the envelope", async ({ home }) => {
    const { page } = await home.launch();
    const answers = await page.evaluate(async () => {
      const api = (
        globalThis as unknown as {
          workbench: {
            request(name: unknown, input: unknown): Promise<string>;
          };
        }
      ).workbench;
      return Promise.all(
        [
          ["nope", {}],
          ["__proto__", {}],
          ["files.read", {}],
          ["files.read", { path: "../../etc/passwd" }],
          ["sessions.close", { id: "x" }],
        ].map(async ([name, input]) => {
          const answer = JSON.parse(await api.request(name, input)) as { error?: { code: string } };
          return answer.error?.code;
        }),
      );
    });
    expect(answers).toEqual([
      "INVALID_REQUEST",
      "INVALID_REQUEST",
      "INVALID_REQUEST",
      "INVALID_PATH",
      "INVALID_REQUEST",
    ]);
  });
});
