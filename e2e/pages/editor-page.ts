import { expect, type Locator, type Page } from "playwright/test";

/** The editor area: its tabs and the code in them. */
export class EditorPage {
  readonly area: Locator;
  constructor(readonly page: Page) {
    this.area = page.getByRole("region", { name: "Editors" });
  }

  tabs(group = 0): Locator {
    return this.page.getByRole("tablist", { name: "Open documents" }).nth(group).getByRole("tab");
  }
  tab(name: string): Locator {
    return this.page.getByRole("tablist", { name: "Open documents" }).getByRole("tab", { name, exact: true });
  }
  /** The text of an editor, the first one unless said otherwise. */
  code(index = 0): Locator {
    return this.area.getByRole("code").nth(index);
  }

  /** Number of the line with the cursor, in the editor that has it. */
  get currentLine(): Locator {
    return this.area.locator(".monaco-editor.focused .active-line-number");
  }

  /** Puts the cursor behind a text of the visible editor, as a user does with find. */
  async putCursorBehind(text: string): Promise<void> {
    await this.code().click();
    await this.page.keyboard.press("ControlOrMeta+f");
    const find = this.area.getByRole("textbox", { name: "Find" });
    await find.fill(text);
    await expect(this.area.getByText(/^\d+ of \d+$/)).toBeVisible();
    await find.press("Enter");
    await find.press("Escape");
    await this.page.keyboard.press("ArrowRight");
  }

  /** Replaces the whole text of the visible editor. */
  async replaceAll(text: string): Promise<void> {
    await this.code().click();
    await this.page.keyboard.press("ControlOrMeta+a");
    await this.page.keyboard.insertText(text);
  }
}
