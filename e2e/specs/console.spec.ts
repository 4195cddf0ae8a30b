import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, type Home } from "../fixtures/workbench";
import { EditorPage } from "../pages/editor-page";
import { PanelPage } from "../pages/panel-page";
import { WorkbenchPage } from "../pages/workbench-page";

async function open(home: Home, script: string, limits: object = {}) {
  writeFileSync(join(home.workspace, "scripts", "prints.js"), script);
  const file = join(home.workspace, "templates", "plain.template.json");
  const template = JSON.parse(readFileSync(file, "utf8")) as object;
  writeFileSync(file, JSON.stringify({ ...template, limits }));
  const { app, page } = await home.launch();
  const workbench = new WorkbenchPage(page);
  await workbench.openFile("scripts/prints.js");
  await workbench.choose("Template", "Plain");
  return { app, page, workbench, panel: new PanelPage(page), editor: new EditorPage(page) };
}

test.describe("the console", () => {
  test("shows tables, groups, levels, errors with links, and objects that open from the live session", async ({
    home,
  }) => {
    const script = [
      'console.group("Outer");',
      'console.log("inside");',
      'console.groupCollapsed("Inner");',
      'console.log("deep");',
      "console.groupEnd();",
      "console.groupEnd();",
      'console.table([{ item: "Lamp", price: 49.9 }]);',
      'console.warn("careful");',
      "const lamp = { parts: { bulb: { watts: 9 } } };",
      "lamp.self = lamp;",
      "let asked = 0;",
      "console.log({ lamp, get price() { asked += 1; return 40 + asked; } });",
      'console.error("failed", new Error("no light"));',
    ].join("\n");
    const { app, page, workbench, panel, editor } = await open(home, script);
    expect(await workbench.run()).toBe("ok");
    const { console } = panel;
    await page.getByRole("button", { name: "Maximise or restore the panel" }).click();

    await expect(console.getByRole("table")).toContainText("'Lamp'");
    await expect(console.getByText("inside", { exact: true })).toBeVisible();
    await expect(console.getByText("deep", { exact: true })).toHaveCount(0);
    await console.getByRole("button", { name: "Group", expanded: false }).click();
    await expect(console.getByText("deep", { exact: true })).toBeVisible();
    await console.getByRole("button", { name: "Group" }).first().click();
    await expect(console.getByText("inside", { exact: true })).toHaveCount(0);

    await console.getByRole("button", { name: /price: \[Getter\]/ }).click();
    await console.getByRole("button", { name: /^lamp: / }).click();
    await console.getByRole("button", { name: /^parts: / }).click();
    await console.getByRole("button", { name: /^bulb: / }).click();
    await expect(console.getByText("watts: 9")).toBeVisible();
    // No getter runs until it is asked for: this is the first time.
    await console.getByRole("button", { name: "Run the getter price" }).click();
    await expect(console.getByText("price: 41")).toBeVisible();

    await panel.toggleLevel("Errors only");
    await expect(console.getByText("careful")).toHaveCount(0);
    await expect(console.getByText("failed", { exact: true })).toBeVisible();
    await panel.toggleLevel("All levels");
    await expect(console.getByText("careful")).toBeVisible();

    await page.getByRole("button", { name: "Copy", exact: true }).click();
    await page.getByRole("menuitem", { name: "Copy as text" }).click();
    await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toContain("careful");
    await page.getByRole("button", { name: "Copy", exact: true }).click();
    await page.getByRole("menuitem", { name: "Copy as JSON" }).click();
    await expect
      .poll(() => app.evaluate(({ clipboard }) => clipboard.readText()))
      .toContain('"type": "console"');

    await page.getByRole("button", { name: "Maximise or restore the panel" }).click();
    await console.getByRole("button", { name: /^scripts\/prints\.js:13/ }).click();
    await expect(editor.tab("prints.js")).toHaveAttribute("aria-selected", "true");
    // What was asked for is seen: the panel gives the editors their room back.
    await expect(editor.code()).toBeInViewport();
    await page.getByRole("button", { name: "Clear the console" }).click();
    await expect(console).toContainText("Nothing printed yet");
  });

  test("holds a window over 100,000 events, follows until the user scrolls, and finds what is searched", async ({
    home,
  }) => {
    test.setTimeout(180_000);
    const script =
      'for (let i = 1; i <= 100000; i += 1) console.log(i === 99990 ? "a needle" : `line ${i}`);\n0;';
    const limits = { maxEvents: 200_000, maxOutputKb: 65_536, cpuMs: 120_000, wallMs: 120_000 };
    const { page, workbench, panel } = await open(home, script, limits);
    await workbench.runButton.click();
    await expect(panel.console.locator('[data-execution-status="ok"]')).toBeVisible({ timeout: 120_000 });
    await expect(panel.console).toContainText("line 100000");
    await expect(panel.console).toContainText("100,001 events");
    // A virtual list: the page holds what is in view, not the flood.
    expect(await panel.console.getByText(/^line \d+$/).count()).toBeLessThan(200);

    await expect(panel.follow).toHaveAttribute("aria-pressed", "true");
    await panel.console.hover();
    await page.mouse.wheel(0, -400);
    await expect(panel.follow).toHaveAttribute("aria-pressed", "false");
    await page.mouse.wheel(0, 10_000);
    await expect(panel.follow).toHaveAttribute("aria-pressed", "true");

    await panel.search.fill("needle");
    await expect(panel.region.getByText("1 of 1", { exact: true })).toBeVisible();
    await expect(panel.console.getByText("needle", { exact: true })).toBeInViewport();
    await panel.search.fill("no such text");
    await expect(panel.region.getByText("No hits")).toBeVisible();
    // What the page does not hold is searched too, and a hit there is led to: 5000 and 50000 … 50009.
    await panel.search.fill("LINE 5000");
    await expect(panel.region.getByText("1 of 11", { exact: true })).toBeVisible();
    await expect(panel.console.getByText("line 5000", { exact: true })).toBeInViewport();
    await panel.search.press("Enter");
    await expect(panel.region.getByText("2 of 11", { exact: true })).toBeVisible();
    await expect(panel.console.getByText("line 50000", { exact: true })).toBeInViewport();
    await panel.search.press("F3");
    await expect(panel.console.getByText("line 50001", { exact: true })).toBeInViewport();
    await panel.search.press("Shift+Enter");
    await panel.search.press("Shift+F3");
    await expect(panel.region.getByText("1 of 11", { exact: true })).toBeVisible();
    await expect(panel.console.getByText("line 5000", { exact: true })).toBeInViewport();
    await panel.search.fill("");

    // The first lines stay; between them and the newest ones is what the page does not hold.
    await panel.console.evaluate((element) => element.scrollTo({ top: 0 }));
    await expect(panel.console.getByText("line 1", { exact: true })).toBeVisible();
    await panel.console.evaluate(async (element) => {
      const frame = () => new Promise(requestAnimationFrame);
      while (!element.textContent.includes("earlier events")) {
        element.scrollBy({ top: element.clientHeight });
        await frame();
        await frame();
      }
    });
    const gap = panel.console.getByText(/earlier events are in the history/).first();
    const missing = await gap.innerText();
    await panel.console.getByRole("button", { name: "Load earlier events" }).first().click();
    await expect(gap).not.toHaveText(missing);
    await expect(panel.console.getByText(/^line [1-9]\d{3,4}$/).first()).toBeVisible();
  });
});
