import { expect, test } from "../fixtures/workbench";
import { EditorPage } from "../pages/editor-page";
import { FilesPage } from "../pages/files-page";
import { PanelPage } from "../pages/panel-page";
import { WorkbenchPage } from "../pages/workbench-page";

test.describe("without a mouse", () => {
  test("a script is found, run, read, stopped and left by keys alone; the screen reader hears of it", async ({
    home,
  }) => {
    const { page } = await home.launch();
    const workbench = new WorkbenchPage(page);
    const panel = new PanelPage(page);
    const editor = new EditorPage(page);
    const heard = page.locator('[aria-live="polite"]');

    await page.keyboard.press("ControlOrMeta+p");
    await expect(page.getByRole("combobox", { name: "Quick open" })).toBeFocused();
    await page.keyboard.type("endl");
    await expect(page.getByRole("option", { name: "scripts/endless.js" })).toHaveAttribute(
      "aria-selected",
      "true",
    );
    await page.keyboard.press("Enter");
    await expect(editor.tab("endless.js")).toBeVisible();

    await page.keyboard.press("ControlOrMeta+Enter");
    await expect(heard.filter({ hasText: /^Running .*endless\.js/ })).toHaveCount(1);
    await expect(panel.console).toContainText("Counting");
    await page.keyboard.press("ControlOrMeta+.");
    await expect(panel.console.locator('[data-execution-status="cancelled"]')).toHaveCount(1);
    await expect(heard.filter({ hasText: /interrupted; the session keeps its state/ })).toHaveCount(1);

    await page.keyboard.press("ControlOrMeta+p");
    await page.keyboard.type("fails");
    await expect(page.getByRole("option", { name: "scripts/fails.js" })).toBeVisible();
    await page.keyboard.press("Enter");
    await expect(editor.tab("fails.js")).toHaveAttribute("aria-selected", "true");
    await page.keyboard.press("F5");
    await expect(page.locator('[aria-live="assertive"]')).toContainText("Line 3 cannot be added up");
    await expect(workbench.stopButton).toBeDisabled();
  });

  test("every command is in the palette; the shortcut list is the command registry", async ({ home }) => {
    const { page } = await home.launch();
    await page.keyboard.press("ControlOrMeta+Shift+p");
    const palette = page.getByRole("dialog", { name: "Command palette" });
    await expect(palette.getByRole("option").first()).toBeVisible();
    await page.keyboard.type("keyboard");
    await expect(palette.getByRole("option")).toHaveCount(1);
    await page.keyboard.press("Enter");
    const shortcuts = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    for (const title of ["Run the selection or the script", "Stop", "Quick open", "Show Files"])
      await expect(shortcuts.getByText(title, { exact: true })).toBeVisible();
    await shortcuts.getByRole("searchbox", { name: "Search shortcuts" }).fill("split");
    await expect(shortcuts.getByRole("definition")).toHaveCount(1);
    await page.keyboard.press("Escape");
    await expect(shortcuts).toHaveCount(0);
  });

  test("every control of the window is reached by Tab, has a name and shows its focus", async ({ home }) => {
    const { page } = await home.launch();
    const files = new FilesPage(page);
    const workbench = new WorkbenchPage(page);
    await workbench.choose("Script", /hello/);
    await workbench.choose("Template", "Plain");
    expect(await workbench.run()).toBe("ok");
    // Without transitions a focus shows at once.
    await page.keyboard.press("ControlOrMeta+,");
    await page.getByRole("dialog", { name: "Settings" }).getByRole("combobox", { name: "Motion" }).click();
    await page.getByRole("option", { name: "Reduce" }).click();
    await page.keyboard.press("Escape");
    // From the tree the menu key opens the menu of its selected row.
    await files.tree.focus();
    await page.keyboard.press("End");
    await page.keyboard.press("Shift+F10");
    await expect(page.getByRole("menuitem", { name: "Show in the file manager" })).toBeVisible();
    await page.keyboard.press("Escape");
    await page.keyboard.press("ControlOrMeta+w");

    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    const reached = new Map<number, string>();
    for (let step = 0; step < 200; step += 1) {
      await page.keyboard.press("Tab");
      const stop = await page.evaluate(() => {
        const element = document.activeElement;
        if (!(element instanceof HTMLElement) || element === document.body) return undefined;
        const shows = (style: CSSStyleDeclaration) =>
          (style.outlineStyle !== "none" && style.outlineWidth !== "0px") || style.boxShadow !== "none";
        const isVisible =
          [
            element,
            element.parentElement,
            element.parentElement?.parentElement,
            document.getElementById(element.getAttribute("aria-activedescendant") ?? ""),
          ].some((each) => each instanceof HTMLElement && shows(getComputedStyle(each))) ||
          getComputedStyle(element, "::after").backgroundColor !== "rgba(0, 0, 0, 0)";
        const name =
          element.getAttribute("aria-label") ??
          (element.textContent.trim() ||
            element.getAttribute("title") ||
            element.getAttribute("placeholder"));
        const index = [...document.querySelectorAll("*")].indexOf(element);
        return { index, name: name ?? "", isVisible, html: element.outerHTML.slice(0, 160) };
      });
      if (stop === undefined) continue;
      if (reached.has(stop.index)) break;
      reached.set(stop.index, stop.name);
      expect.soft(stop.name, `the name of ${stop.html}`).not.toBe("");
      expect.soft(stop.isVisible, `a visible focus on ${stop.html}`).toBe(true);
    }
    for (const name of ["Script", "Template", "Session", "Run", "Files", "Console", "Settings", "New file"])
      expect.soft([...reached.values()], "reached by Tab").toContain(name);
  });
});

test.describe("settings", () => {
  test("apply at once and stay; focus goes back to where it was", async ({ home }) => {
    const first = await home.launch();
    const { page } = first;
    const workbench = new WorkbenchPage(page);
    await workbench.openFile("scripts/hello.js");
    await page.getByRole("button", { name: "Settings", exact: true }).focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Settings" });
    await dialog.getByRole("combobox", { name: "Theme" }).click();
    await page.getByRole("option", { name: "Dark" }).click();
    await expect(page.locator('html[data-theme="dark"]')).toHaveCount(1);
    await dialog.getByRole("textbox", { name: "Font size" }).fill("20");
    await dialog.getByRole("textbox", { name: "Font size" }).fill("2000");
    await expect(dialog.getByText("8 to 40")).toBeVisible();
    await dialog.getByRole("combobox", { name: "Motion" }).click();
    await page.getByRole("option", { name: "Reduce" }).click();
    await expect(page.locator('html[data-motion="reduced"]')).toHaveCount(1);
    await dialog.getByRole("textbox", { name: "Memory" }).fill("64");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("button", { name: "Settings", exact: true })).toBeFocused();
    await expect(workbench.editorText().getByText("Hello from QuickJS!")).toHaveCSS("font-size", "20px");
    await expect(workbench.editorText().locator('[class*="bracket-highlighting"]')).toHaveCount(0);
    await first.quit();

    const second = await home.launch();
    await expect(second.page.locator('html[data-theme="dark"][data-motion="reduced"]')).toHaveCount(1);
    await expect(new WorkbenchPage(second.page).editorText().getByText("Hello from QuickJS!")).toHaveCSS(
      "font-size",
      "20px",
    );
  });

  test("each step of the tour shows what it is about, and stands beside it", async ({ home }) => {
    const { page } = await home.launch({ size: { width: 1000, height: 640 } });
    const workbench = new WorkbenchPage(page);
    await workbench.openView("History");
    await page.keyboard.press("ControlOrMeta+Shift+p");
    await page.keyboard.type("take the tour");
    await page.keyboard.press("Enter");
    for (const [title, subject] of [
      ["Your workspace", page.getByRole("tabpanel", { name: "Files view" })],
      ["A template is a policy", workbench.combobox("Template")],
      ["Run and stop", workbench.runButton],
      ["See what happened", new PanelPage(page).region],
    ] as const) {
      const remark = page.getByRole("dialog", { name: title });
      await expect(remark).toBeVisible();
      await expect(subject).toBeVisible();
      await expect
        .poll(async () => areApart(await remark.boundingBox(), await subject.boundingBox()), title)
        .toBe(true);
      await page.keyboard.press("Enter");
    }
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });

  test("the tour can be taken and skipped, and is offered once", async ({ home }) => {
    const { page } = await home.launch();
    await page.getByRole("button", { name: "Show me around" }).click();
    await page.getByRole("dialog", { name: "Your workspace" }).getByRole("button", { name: "Next" }).click();
    const tour = page.getByRole("dialog");
    await tour.getByRole("button", { name: "Skip the tour" }).click();
    await expect(tour).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Show me around" })).toHaveCount(0);
  });
});

test("the items of the application's menu do what they say", async ({ home }) => {
  const { app, page } = await home.launch();
  const choose = (label: string) =>
    app.evaluate(({ Menu }, wanted) => {
      const items = Menu.getApplicationMenu()?.items.flatMap((menu) => menu.submenu?.items ?? []) ?? [];
      items.find((item) => item.label === wanted)?.click();
    }, label);

  await choose("Go to File");
  await expect(page.getByRole("combobox", { name: "Quick open" })).toBeFocused();
  await page.keyboard.press("Escape");
  for (const label of ["Settings", "Keyboard Shortcuts"]) {
    await choose(label);
    const dialog = page.getByRole("dialog", { name: new RegExp(label, "i") });
    await expect(dialog).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
  }
});

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const areApart = (a: Box | null, b: Box | null): boolean =>
  a !== null &&
  b !== null &&
  (a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y);
