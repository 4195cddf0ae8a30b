import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "../fixtures/workbench";
import { WorkbenchPage } from "../pages/workbench-page";

test.describe("nothing is lost", () => {
  test("unsaved edits come back after a power cut", async ({ home }) => {
    const first = await home.launch();
    const workbench = new WorkbenchPage(first.page);
    await workbench.openFile("scripts/hello.js");
    await workbench.typeInEditor("// an edit that nobody saved\n");
    await workbench.untilDraftIsKept(home.data, "an edit that nobody saved");
    await first.kill();

    const second = await home.launch();
    const again = new WorkbenchPage(second.page);
    await expect(second.page.getByRole("tab", { name: /hello\.js/ })).toBeVisible();
    await expect(again.editorText()).toContainText("an edit that nobody saved");
    expect(readFileSync(join(home.workspace, "scripts", "hello.js"), "utf8")).not.toContain(
      "an edit that nobody saved",
    );
  });

  test("a saved edit survives a power cut right after it", async ({ home }) => {
    const first = await home.launch();
    const workbench = new WorkbenchPage(first.page);
    await workbench.openFile("scripts/hello.js");
    await workbench.typeInEditor("// saved\n");
    await first.page.keyboard.press("ControlOrMeta+s");
    const file = join(home.workspace, "scripts", "hello.js");
    await expect.poll(() => readFileSync(file, "utf8")).toContain("// saved");
    await first.kill();
    expect(readFileSync(file, "utf8")).toContain("// saved");
  });

  test("a crash of the page reloads it, with its unsaved edits, while a session runs on", async ({
    home,
  }) => {
    const { app, page } = await home.launch();
    const workbench = new WorkbenchPage(page);
    await workbench.choose("Script", /hello/);
    await workbench.choose("Template", "Plain");
    expect(await workbench.run()).toBe("ok");
    await workbench.openFile("scripts/hello.js");
    await workbench.typeInEditor("// before the crash\n");
    await workbench.untilDraftIsKept(home.data, "before the crash");
    await app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
    });
    // The test's own connection to the page ended with its process: ask through the main process.
    const inPage = (expression: string): Promise<unknown> =>
      app.evaluate(
        ({ BrowserWindow }, code) =>
          Promise.race([
            BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(code),
            // Asked of a page that is just gone, it never answers.
            new Promise((resolve) => setTimeout(resolve, 1000, undefined)),
          ]),
        expression,
      );
    await expect
      .poll(() =>
        inPage(
          "document.documentElement.dataset.appState ?? document.querySelector('[data-app-state]')?.dataset.appState",
        ),
      )
      .toBe("ready");
    await expect
      .poll(() => inPage("document.querySelector('main')?.innerText.replaceAll('\\u00a0', ' ')"))
      .toContain("before the crash");
    await expect
      .poll(() =>
        inPage(
          "workbench.request('sessions.list', {}).then((answer) => JSON.parse(answer).value.sessions.map((each) => each.status))",
        ),
      )
      .toEqual(["ready"]);
  });

  test("a file that changed on disk meanwhile is a conflict that the user decides", async ({ home }) => {
    const { page } = await home.launch();
    const workbench = new WorkbenchPage(page);
    await workbench.openFile("scripts/hello.js");
    await workbench.typeInEditor("// mine\n");
    const file = join(home.workspace, "scripts", "hello.js");
    writeFileSync(file, "// theirs\n");
    await page.keyboard.press("ControlOrMeta+s");
    await expect(
      page
        .getByText(/changed on disk while you edited it/)
        .filter({ visible: true })
        .first(),
    ).toBeVisible();
    expect(readFileSync(file, "utf8")).toBe("// theirs\n");
    const comparison = page.getByRole("tabpanel", { name: "hello.js (disk ↔ editor)" });
    await expect(comparison).toContainText("// theirs");
    await expect(comparison).toContainText("// mine");
    await comparison.getByRole("button", { name: "Keep my edits" }).click();
    await expect.poll(() => readFileSync(file, "utf8")).toContain("// mine");
  });

  test("a second launch focuses the first and ends", async ({ home }) => {
    const first = await home.launch();
    const exit = await home.launchAgain();
    expect(exit).toBe(0);
    expect(first.app.windows()).toHaveLength(1);
  });

  test("quitting ends what runs, and the next start knows how it ended", async ({ home }) => {
    const first = await home.launch();
    const started = await first.page.evaluate(async () => {
      const bridge = (
        globalThis as unknown as { workbench: { request(name: string, input: unknown): Promise<string> } }
      ).workbench;
      const ask = async (name: string, input: unknown) =>
        (JSON.parse(await bridge.request(name, input)) as { value: never }).value;
      const source = JSON.stringify({ name: "Long", limits: { cpuMs: 600_000, wallMs: 600_000 } });
      const ids: string[] = [];
      // One that can be interrupted, one that waits, one that only the end of its thread ends.
      for (const code of [
        "while (true) {}",
        "await new Promise(() => setInterval(() => {}, 1000))",
        'new Array(4e9) + ""',
      ]) {
        const { session } = (await ask("sessions.create", { template: { source } })) as {
          session: { id: string };
        };
        for (;;) {
          const { sessions } = (await ask("sessions.list", {})) as {
            sessions: { id: string; status: string }[];
          };
          if (sessions.find(({ id }) => id === session.id)?.status === "ready") break;
        }
        const { execution } = (await ask("executions.start", {
          sessionId: session.id,
          request: { kind: "repl", source: code },
        })) as { execution: { id: string } };
        ids.push(execution.id);
      }
      return ids;
    });
    await first.quit();

    const second = await home.launch();
    const found = await second.page.evaluate(async () => {
      const bridge = (
        globalThis as unknown as { workbench: { request(name: string, input: unknown): Promise<string> } }
      ).workbench;
      const ask = async (name: string) =>
        (JSON.parse(await bridge.request(name, {})) as { value: unknown }).value;
      const { executions } = (await ask("executions.list")) as {
        executions: { id: string; status: string }[];
      };
      const { sessions } = (await ask("sessions.list")) as { sessions: { status: string }[] };
      return {
        executions: Object.fromEntries(executions.map(({ id, status }) => [id, status])),
        sessions: sessions.map(({ status }) => status),
      };
    });
    expect(found).toEqual({
      executions: Object.fromEntries(started.map((id) => [id, "cancelled"])),
      sessions: ["closed", "closed", "closed"],
    });
  });

  test("--safe opens without restoring anything", async ({ home }) => {
    const first = await home.launch();
    const workbench = new WorkbenchPage(first.page);
    await workbench.openFile("scripts/hello.js");
    await workbench.typeInEditor("// draft\n");
    await workbench.untilDraftIsKept(home.data, "// draft");
    await first.quit();

    const safe = await home.launch({ args: ["--safe"] });
    await expect(safe.page.getByRole("tree", { name: "Files" })).toBeVisible();
    await expect(safe.page.getByRole("tab", { name: /hello\.js/ })).toHaveCount(0);
    await safe.quit();

    const third = await home.launch();
    await expect(new WorkbenchPage(third.page).editorText()).toContainText("// draft");
  });

  test("a workspace that is gone gets a clear message, and the application opens", async ({ home }) => {
    const { page } = await home.launch({ workspace: join(home.folder, "not there") });
    await expect(page.getByText(/cannot be opened/).first()).toBeVisible();
  });

  test("a damaged history is set aside, the user is told, and the application opens", async ({ home }) => {
    const first = await home.launch();
    const workbench = new WorkbenchPage(first.page);
    await workbench.choose("Script", /hello/);
    await workbench.choose("Template", "Plain");
    expect(await workbench.run()).toBe("ok");
    await first.quit();
    for (const file of home.historyFiles()) {
      chmodSync(file, 0o600);
      writeFileSync(file, "this is not a database");
    }
    const second = await home.launch();
    await expect(
      second.page
        .getByText(/history/i)
        .filter({ hasText: /set aside|damaged|kept/i })
        .first(),
    ).toBeVisible();
    const again = new WorkbenchPage(second.page);
    await again.choose("Script", /hello/);
    expect(await again.run()).toBe("ok");
  });
});
