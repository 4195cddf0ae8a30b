import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Locator, type Page } from "playwright/test";

/** The window as a person uses it: by roles and accessible names, never by CSS. */
export class WorkbenchPage {
  constructor(readonly page: Page) {}

  get console(): Locator {
    return this.page.getByRole("log", { name: "Console" });
  }
  get runButton(): Locator {
    return this.page.getByRole("button", { name: "Run", exact: true });
  }
  get stopButton(): Locator {
    return this.page.getByRole("button", { name: "Stop", exact: true });
  }

  combobox(name: "Script" | "Template" | "Session"): Locator {
    return this.page.getByRole("combobox", { name, exact: true });
  }

  /** Opens one of the side bar's views by the name of its tab. */
  async openView(name: "Files" | "Templates" | "Sessions" | "History" | "Modules"): Promise<void> {
    const tab = this.page.getByRole("tab", { name, exact: true });
    if ((await tab.getAttribute("aria-selected")) !== "true") await tab.click();
  }

  /** Picks an entry of a combobox of the run bar. */
  async choose(name: "Script" | "Template" | "Session", option: string | RegExp): Promise<void> {
    await this.combobox(name).click();
    await this.page.getByRole("option", { name: option }).first().click();
  }

  /** Opens a file by the Files tree, folders first: `scripts/report.js`. */
  async openFile(path: string): Promise<void> {
    await this.openView("Files");
    const tree = this.page.getByRole("tree", { name: "Files" });
    const segments = path.split("/");
    for (const [index, segment] of segments.entries()) {
      const item = tree.getByRole("treeitem", { name: segment, exact: true });
      if (index === segments.length - 1) await item.dblclick();
      else if ((await item.getAttribute("aria-expanded")) !== "true") await item.click();
    }
    await expect(this.page.getByRole("tab", { name: segments.at(-1) ?? path }).first()).toBeVisible();
  }

  /** Opens a template's editor from the Templates list. */
  async openTemplate(name: string): Promise<void> {
    await this.openView("Templates");
    await this.page
      .getByRole("list", { name: "Templates" })
      .getByRole("button", { name, exact: true })
      .dblclick();
    await expect(this.page.getByRole("tab", { name }).first()).toBeVisible();
  }

  /** Runs and waits for the end; gives the status that the console's outcome line carries. */
  async run(): Promise<string> {
    const ended = this.console.locator('[data-execution-status]:not([data-execution-status="running"])');
    const lastId = async (): Promise<string | null> =>
      (await ended.count()) === 0 ? null : ended.last().getAttribute("data-execution-id");
    const before = await lastId();
    await this.runButton.click();
    await expect.poll(lastId, { timeout: 30_000 }).not.toBe(before);
    return (await ended.last().getAttribute("data-execution-status")) ?? "";
  }

  /** The visible editor's text. */
  editorText(): Locator {
    return this.page.getByRole("region", { name: "Editors" }).getByRole("code").first();
  }

  /** Types at the beginning of the visible editor. */
  async typeInEditor(text: string): Promise<void> {
    await this.editorText().click();
    await this.page.keyboard.press("ControlOrMeta+Home");
    await this.page.keyboard.type(text);
    await expect(this.editorText()).toContainText(text.trim());
  }

  /** Waits until the window's state on disk holds a text. */
  async untilDraftIsKept(dataFolder: string, text: string): Promise<void> {
    const isKept = (): boolean =>
      readdirSync(dataFolder, { recursive: true, withFileTypes: true }).some(
        (entry) =>
          entry.isFile() &&
          entry.parentPath.endsWith("window") &&
          entry.name.endsWith(".json") &&
          readFileSync(join(entry.parentPath, entry.name), "utf8").includes(text),
      );
    await expect.poll(isKept).toBe(true);
  }
}
