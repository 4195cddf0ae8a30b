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
        const all = contents.getLastWebPreferences();
        const { contextIsolation, sandbox, nodeIntegration, webviewTag, webSecurity } = all;
        const { nodeIntegrationInSubFrames } = all;
        return {
          ...{ contextIsolation, sandbox, nodeIntegration, webviewTag, webSecurity },
          nodeIntegrationInSubFrames,
        };
      }),
    );
    expect(preferences).toEqual([
      {
        ...{ contextIsolation: true, sandbox: true, nodeIntegration: false, webviewTag: false },
        ...{ webSecurity: true, nodeIntegrationInSubFrames: false },
      },
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

  test("no page but ours may call, not even in a window with our bridge", async ({ home }) => {
    const { app, page } = await home.launch();
    const answers = await app.evaluate(async ({ app: running, BrowserWindow }) => {
      const preload = `${running.getAppPath()}/dist/preload/preload.cjs`;
      const other = new BrowserWindow({
        show: false,
        webPreferences: { preload, contextIsolation: true, sandbox: true },
      });
      try {
        await other.loadURL("data:text/html,<p>somebody else</p>");
        const ask = (name: string): Promise<string> =>
          other.webContents.executeJavaScript(
            `workbench.request(${JSON.stringify(name)}, {})`,
          ) as Promise<string>;
        return [await ask("workspace.get"), await ask("sessions.list")];
      } finally {
        other.destroy();
      }
    });
    for (const answer of answers)
      expect(JSON.parse(answer)).toMatchObject({ ok: false, error: { code: "INVALID_REQUEST" } });
    // A frame inside of ours has no bridge at all.
    const bridgeInFrame = await page.evaluate(() => {
      const frame = document.createElement("iframe");
      document.body.append(frame);
      const inner = frame.contentWindow as unknown as Record<string, unknown>;
      const found = "workbench" in inner;
      frame.remove();
      return found;
    });
    expect(bridgeInFrame).toBe(false);
    home.policyViolations.length = 0;
  });

  test("the page stays where it is, opens no window, and gets no permission", async ({ home }) => {
    const { app, page } = await home.launch();
    interface Seen {
      readonly left: string[];
      readonly opened: string[];
    }
    await app.evaluate(({ BrowserWindow, shell }) => {
      const seen = { left: [] as string[], opened: [] as string[] };
      (globalThis as unknown as { seen: Seen }).seen = seen;
      BrowserWindow.getAllWindows()[0]?.webContents.on("will-frame-navigate", (event) => {
        seen.left.push(event.url);
      });
      // What would be handed to the system's browser.
      shell.openExternal = (url) => {
        seen.opened.push(url);
        return Promise.resolve();
      };
    });
    const seen = (): Promise<Seen> => app.evaluate(() => (globalThis as unknown as { seen: Seen }).seen);

    await page.evaluate(() => {
      (globalThis as unknown as { still: string }).still = "here";
    });
    for (const url of [
      "https://example.com/",
      "http://127.0.0.1:9/",
      "workbench://app/other.html",
      "workbench://other/index.html",
    ]) {
      await page.evaluate((to) => {
        location.href = to;
      }, url);
      // It was asked for, and therefore refused: the page is the one that it was.
      await expect.poll(async () => (await seen()).left).toContain(url);
      expect(await page.evaluate(() => (globalThis as unknown as { still?: string }).still)).toBe("here");
    }

    const windows = await page.evaluate(() =>
      [
        "https://example.com/",
        "http://example.com/",
        "about:blank",
        "",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "workbench://app/index.html",
        "data:text/html,x",
        "smb://host/share",
        "https://user:pw@example.com/",
      ].filter((url) => window.open(url) !== null),
    );
    expect(windows).toEqual([]);
    expect(app.windows()).toHaveLength(1);
    expect((await seen()).opened).toEqual(["https://example.com/"]);

    const permissions = await page.evaluate(async () => {
      const states: Record<string, string> = { asked: await Notification.requestPermission() };
      for (const name of ["geolocation", "notifications", "camera", "microphone", "clipboard-read", "midi"])
        states[name] = (await navigator.permissions.query({ name: name as PermissionName })).state;
      return states;
    });
    expect(new Set(Object.values(permissions)), JSON.stringify(permissions)).toEqual(new Set(["denied"]));

    const served = await page.evaluate(async () => {
      const paths = [
        "..%2fpackage.json",
        "%2e%2e/package.json",
        "..%5cpackage.json",
        "assets/..%00",
        "assets",
      ];
      const found: string[] = [];
      for (const path of [...paths, "main/app.mjs", "../main/app.mjs"]) {
        const answer = await fetch(`workbench://app/${path}`).catch(() => undefined);
        if (answer?.ok === true) found.push(path);
      }
      const posted = await fetch("workbench://app/index.html", { method: "POST" }).catch(() => undefined);
      return [...found, ...(posted?.ok === true ? ["POST"] : [])];
    });
    expect(served).toEqual([]);
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
