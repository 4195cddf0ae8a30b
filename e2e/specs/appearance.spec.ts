import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright/test";
import { expect, test } from "../fixtures/workbench";
import { WorkbenchPage } from "../pages/workbench-page";

const folder = join(import.meta.dirname, "..", "screenshots");

/** Takes the picture of a state for people to look at, and has axe look for what they cannot see. */
async function examine(page: Page, theme: string, state: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${state}.${theme}.png`), animations: "disabled" });
  // Opening a second page for the report, as axe does by default, is what the application forbids.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`,
  );
  expect.soft(found, `${state} in ${theme}`).toEqual([]);
}

for (const theme of ["light", "dark", "highContrast"] as const) {
  test(`axe finds nothing in any main view: ${theme}`, async ({ home }) => {
    test.setTimeout(180_000);
    const { page } = await home.launch();
    const workbench = new WorkbenchPage(page);
    await page.evaluate(
      (wanted) =>
        (
          globalThis as unknown as { workbench: { request(name: string, input: object): Promise<unknown> } }
        ).workbench.request("app.setSettings", { theme: wanted, reducedMotion: "on", tourDone: true }),
      theme,
    );
    await examine(page, theme, "welcome");

    await workbench.openFile("scripts/report.js");
    await workbench.choose("Template", "Log report");
    expect(await workbench.run()).toBe("ok");
    await examine(page, theme, "run");

    for (const panel of ["REPL", "Problems", "Trace", "Metrics", "Console"]) {
      await page.getByRole("tab", { name: new RegExp(`^${panel}`) }).click();
      await examine(page, theme, `panel-${panel.toLowerCase()}`);
    }

    await workbench.openTemplate("Log report");
    await examine(page, theme, "template");
    await page.getByRole("button", { name: "Add module" }).first().click();
    await expect(page.getByRole("list", { name: "Registrable modules" })).toBeVisible();
    await examine(page, theme, "module-picker");
    await page.keyboard.press("Escape");

    for (const view of ["Sessions", "History", "Modules", "Files"] as const) {
      await workbench.openView(view);
      await examine(page, theme, `view-${view.toLowerCase()}`);
    }

    await page.keyboard.press("ControlOrMeta+Shift+p");
    await expect(page.getByRole("dialog")).toBeVisible();
    await examine(page, theme, "command-palette");
    await page.keyboard.press("Escape");
    await page.keyboard.press("ControlOrMeta+,");
    await expect(page.getByRole("dialog", { name: "Settings" })).toBeVisible();
    await examine(page, theme, "settings");
  });
}
