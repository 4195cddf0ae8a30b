import { AxeBuilder } from "@axe-core/playwright";
import type { Locator, Page } from "playwright/test";
import { expect, resize, test } from "../fixtures/workbench";
import { EditorPage } from "../pages/editor-page";
import { PanelPage } from "../pages/panel-page";
import { expectPicture, whyNotCompared } from "../fixtures/picture";
import { WorkbenchPage } from "../pages/workbench-page";

/** Looks at one state of the window; `part` is what is new in it. */
type Look = (part: Locator, state: string) => Promise<void>;

const LOOKED_AT = "data-looked-at";

/** Has axe look for what people cannot see, in the part that is new. */
async function expectAccessible(part: Locator, state: string): Promise<void> {
  const page = part.page();
  await part.evaluate((element, mark) => element.setAttribute(mark, ""), LOOKED_AT);
  // Opening a second page for the report, as axe does by default, is what the application forbids.
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .include(`[${LOOKED_AT}]`)
    .analyze();
  await part.evaluate((element, mark) => element.removeAttribute(mark), LOOKED_AT);
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`,
  );
  expect.soft(found, state).toEqual([]);
}

async function applySettings(page: Page, settings: object): Promise<void> {
  await page.evaluate(
    (wanted) =>
      (
        globalThis as unknown as { workbench: { request(name: string, input: object): Promise<unknown> } }
      ).workbench.request("app.setSettings", wanted),
    { reducedMotion: "on", tourDone: true, ...settings },
  );
  await expect(page.locator('html[data-motion="reduced"]')).toHaveCount(1);
}

/** Walks through every main view, and hands each to `look`. */
async function visitAll(page: Page, look: Look): Promise<void> {
  const workbench = new WorkbenchPage(page);
  const editor = new EditorPage(page);
  const panel = new PanelPage(page);
  const window = page.locator("body");
  const dialog = (name: string) => page.getByRole("dialog", { name });
  const view = (name: string) => page.getByRole("tabpanel", { name: `${name} view` });

  const shows = (part: Locator, text: string) => expect(part).toContainText(text);

  await shows(window, "scripts/hello.js");
  await look(window, "welcome");

  await workbench.choose("Template", "Log report");
  await workbench.openFile("scripts/report.js");
  expect(await workbench.run()).toBe("ok");
  await shows(editor.area, "const fs = require");
  await look(window, "run");
  for (const [name, text] of [
    ["REPL", "Try things on the live session"],
    ["Problems", "No problems"],
    ["Trace", "console.log"],
    ["Metrics", "Host calls"],
    ["Console", "Finished in"],
  ] as const) {
    await panel.show(name);
    await shows(panel.region, text);
    await look(panel.region, `panel-${name.toLowerCase()}`);
  }
  await workbench.choose("Script", /fails\.js/);
  expect(await workbench.run()).toBe("error");
  await look(panel.region, "console-error");
  await panel.show("Problems");
  await shows(panel.region, "Line 3 cannot be added up");
  await look(panel.region, "problems");

  await workbench.choose("Script", /find-requests\.js/);
  await page.getByRole("button", { name: "Arguments and environment" }).click();
  await expect(dialog("Arguments of find-requests.js").getByRole("textbox", { name: "path" })).toBeVisible();
  await look(dialog("Arguments of find-requests.js"), "arguments");
  await page.keyboard.press("Escape");
  await workbench.openFile("README.md");
  await expect(editor.area.getByRole("heading", { name: "Sample workspace" })).toBeVisible();
  await look(editor.area, "markdown");
  await workbench.openTemplate("Log report");
  await shows(editor.area, "may use");
  await look(editor.area, "template");
  await page.getByRole("button", { name: "Add module" }).first().click();
  await shows(dialog("Add module"), '"buffer": {}');
  await look(dialog("Add module"), "module-picker");
  await page.keyboard.press("Escape");

  for (const [name, text] of [
    ["Templates", "in use"],
    ["Sessions", "ready"],
    ["History", "fails.js"],
    ["Modules", "computes only"],
    ["Files", "README.md"],
  ] as const) {
    await workbench.openView(name);
    await shows(view(name), text);
    await look(view(name), `view-${name.toLowerCase()}`);
  }
  await workbench.openView("History");
  await page
    .getByRole("list", { name: "Executions" })
    .getByRole("listitem", { name: /^report/ })
    .getByRole("button")
    .dblclick();
  await shows(page.getByRole("log", { name: "Events" }), "requests");
  await look(editor.area, "execution");
  await page.keyboard.press("ControlOrMeta+Shift+f");
  await page.getByRole("searchbox", { name: "Find in files" }).fill("price");
  await expect(page.getByRole("status").filter({ hasText: "13 matches in 3 files" })).toBeVisible();
  await shows(page.getByRole("list", { name: "Search results" }), "scripts/money.js");
  await look(view("Search"), "view-search");

  await page.keyboard.press("ControlOrMeta+Shift+p");
  await expect(dialog("Command palette").getByRole("option").first()).toBeVisible();
  await look(dialog("Command palette"), "command-palette");
  await page.keyboard.type("keyboard");
  await page.keyboard.press("Enter");
  await look(dialog("Keyboard shortcuts"), "shortcuts");
  await page.keyboard.press("Escape");
  await page.keyboard.press("ControlOrMeta+,");
  await look(dialog("Settings"), "settings");
  await page.keyboard.press("Escape");
}

for (const theme of ["light", "dark", "highContrast"] as const) {
  test(`every main view looks as it did, and axe finds nothing in it: ${theme}`, async ({ home }, info) => {
    test.setTimeout(240_000);
    const { page } = await home.launch({ size: { width: 1000, height: 640 } });
    await applySettings(page, { theme });
    const reason = await whyNotCompared(page);
    if (reason !== undefined) info.annotations.push({ type: "pictures not compared", description: reason });
    await visitAll(page, async (part, state) => {
      await expect(part).toBeVisible();
      if (reason === undefined) await expectPicture(part, theme, state);
      await expectAccessible(part, `${state} in ${theme}`);
      await expectInside(page, `${state} at 1000 × 640`);
    });
  });
}

test("at 200 % axe finds nothing either, and nothing leaves the window", async ({ home }) => {
  test.setTimeout(240_000);
  const { app, page } = await home.launch();
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(2));
  await resize(app, page, { width: 1360, height: 830 });
  await page.waitForFunction(() => devicePixelRatio === 2 && innerWidth === 680);
  await applySettings(page, { theme: "light" });
  await visitAll(page, async (part, state) => {
    await expect(part).toBeVisible();
    await expectAccessible(part, `${state} at 200 %`);
    await expectInside(page, `${state} at 200 %`);
  });
});

test("everything fits on a screen of 3840 × 2160 as well", async ({ home }) => {
  test.setTimeout(120_000);
  const { page } = await home.launch({ size: { width: 3840, height: 2160 } });
  await applySettings(page, { theme: "light" });
  await visitAll(page, (_part, state) => expectInside(page, `${state} at 3840 × 2160`));
});

/** Nothing makes the page wider or higher than the window, and the controls of the frame lie inside of it. */
async function expectInside(page: Page, state: string): Promise<void> {
  const outside = await page.evaluate(() => {
    const root = document.documentElement;
    const isOutside = (element: Element): boolean => {
      const { left, right, top, bottom, width } = element.getBoundingClientRect();
      return width > 0 && (left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1);
    };
    const controls = [
      ...document.querySelectorAll(
        'section[aria-label="Run bar"] :is(button, input), footer, [role="dialog"]',
      ),
    ];
    return [
      ...(root.scrollWidth > innerWidth || root.scrollHeight > innerHeight ? ["the page"] : []),
      ...controls
        .filter(isOutside)
        .map((element) => element.getAttribute("aria-label") ?? element.outerHTML.slice(0, 80)),
    ];
  });
  expect.soft(outside, `outside of the window: ${state}`).toEqual([]);
}
