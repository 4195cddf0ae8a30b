import type { Locator, Page } from "playwright/test";
import { expect, test } from "../fixtures/workbench";
import { EditorPage } from "../pages/editor-page";
import { PanelPage } from "../pages/panel-page";
import { WorkbenchPage } from "../pages/workbench-page";

const MOST_STEPS = 40;

/** Presses a key until this has the focus. */
async function pressUntilFocused(page: Page, key: string, wanted: Locator): Promise<void> {
  for (let step = 0; step < MOST_STEPS; step += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} does not lead there.`);
}

async function command(page: Page, title: string): Promise<void> {
  await page.keyboard.press("ControlOrMeta+Shift+p");
  await expect(page.getByRole("combobox", { name: "Command palette" })).toBeFocused();
  await page.keyboard.type(title);
  await expect(page.getByRole("option", { name: title }).first()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
}

/** Chooses an entry of the menu of what has the focus. */
async function chooseInMenu(page: Page, name: string, role: "menuitem" | "menuitemcheckbox" = "menuitem") {
  await page.keyboard.press("Shift+F10");
  const item = page.getByRole(role, { name, exact: true });
  await expect(item).toBeVisible();
  for (let step = 0; step < MOST_STEPS; step += 1) {
    if (await item.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press("ArrowDown");
  }
  await page.keyboard.press("Enter");
}

test.describe("the focus", () => {
  test("goes from the start to two compared runs by keys alone, and is never lost", async ({ home }) => {
    const { page } = await home.launch();
    const editor = new EditorPage(page);
    const panel = new PanelPage(page);
    const runs = page.getByRole("list", { name: "Executions" });
    const isSomewhere = () =>
      expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).not.toBe("BODY");

    await page.keyboard.press("ControlOrMeta+p");
    await page.keyboard.type("hello");
    await expect(page.getByRole("option", { name: "scripts/hello.js" })).toHaveAttribute(
      "aria-selected",
      "true",
    );
    await page.keyboard.press("Enter");
    await expect(editor.tab("hello.js")).toHaveAttribute("aria-selected", "true");
    for (const run of [1, 2]) {
      await page.keyboard.press("ControlOrMeta+Enter");
      await expect(panel.console.locator('[data-execution-status="ok"]')).toHaveCount(run);
    }

    // In an editor Tab writes: other keys lead out of it, and back.
    await command(page, "Show History");
    await expect(page.getByRole("searchbox", { name: "Search executions" })).toBeFocused();
    for (const index of [0, 1]) {
      await pressUntilFocused(page, "Tab", runs.getByRole("button").nth(index));
      await chooseInMenu(page, "Choose to compare", "menuitemcheckbox");
      await expect(runs.getByRole("button").nth(index)).toBeFocused();
    }
    await pressUntilFocused(
      page,
      "Shift+Tab",
      page.getByRole("toolbar", { name: "Chosen executions" }).getByRole("button", { name: "Compare" }),
    );
    await page.keyboard.press("Enter");
    await expect(page.getByRole("table", { name: "Metrics of both" })).toBeVisible();
    await page.keyboard.press("F6");
    await expect(page.getByRole("tabpanel", { name: /↔/ }).locator(":focus")).toHaveCount(1);

    // What has the focus goes: a tab, and a row of the list.
    await page.keyboard.press("ControlOrMeta+w");
    await expect(page.getByRole("table", { name: "Metrics of both" })).toHaveCount(0);
    await isSomewhere();
    await page.keyboard.press("Shift+F6");
    await pressUntilFocused(page, "Tab", runs.getByRole("button").nth(0));
    await chooseInMenu(page, "Delete");
    await page.getByRole("alertdialog").getByRole("button", { name: "Delete", exact: true }).press("Enter");
    await expect(runs.getByRole("button")).toHaveCount(1);
    await expect(runs.getByRole("button")).toBeFocused();

    await command(page, "Show REPL");
    await expect(panel.replInput).toBeFocused();
    await command(page, "Go to the editor");
    await expect(editor.area.getByRole("textbox", { name: "scripts/hello.js" })).toBeFocused();
  });

  test("stays in the window when the button that has it has done its work", async ({ home }) => {
    const { page } = await home.launch();
    const workbench = new WorkbenchPage(page);
    const panel = new PanelPage(page);
    await workbench.choose("Script", /report\.js/);
    await workbench.choose("Template", "Plain");
    expect(await workbench.run()).toBe("error");
    await panel.console.getByRole("button", { name: "Enable fs in Plain" }).press("Enter");
    await page.getByRole("button", { name: "Enable and run again" }).press("Enter");
    await expect(panel.console.getByRole("button", { name: "Enable yaml in Plain" })).toBeVisible();
    await expect(panel.console).toBeFocused();
  });
});
