import { expect, type Locator, type Page } from "playwright/test";

/** The Files view: the tree, naming in place, the trash. */
export class FilesPage {
  readonly tree: Locator;
  constructor(readonly page: Page) {
    this.tree = page.getByRole("tree", { name: "Files" });
  }

  item(name: string): Locator {
    return this.tree.getByRole("treeitem", { name, exact: true });
  }

  /** Opens a folder in the tree when it is closed. */
  async expand(name: string): Promise<void> {
    if ((await this.item(name).getAttribute("aria-expanded")) !== "true") await this.item(name).click();
    await expect(this.item(name)).toHaveAttribute("aria-expanded", "true");
  }

  /** Does an act of an entry's context menu. */
  async act(name: string, act: string): Promise<void> {
    await this.item(name).click({ button: "right" });
    await this.page.getByRole("menuitem", { name: act }).click();
  }

  /** Types into the field that stands in the tree, and accepts. */
  async name(label: string, name: string): Promise<void> {
    const field = this.page.getByRole("textbox", { name: label });
    await field.fill(name);
    await field.press("Enter");
  }
}
