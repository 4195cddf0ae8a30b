import { expect, type Locator, type Page } from "playwright/test";

/** The template editor and the dialogs around it. */
export class TemplatePage {
  constructor(readonly page: Page) {}

  get save(): Locator {
    return this.page.getByRole("button", { name: "Save", exact: true });
  }
  get picker(): Locator {
    return this.page.getByRole("dialog", { name: "Add module" });
  }
  get source(): Locator {
    return this.page.getByRole("region", { name: "JSON source" });
  }

  /** Shows one of the two faces, or both. */
  async showFace(face: "Form" | "Both" | "JSON"): Promise<void> {
    await this.page
      .getByRole("group", { name: "View" })
      .getByRole("button", { name: face, exact: true })
      .click();
  }

  /** Adds a module by the picker, with its configuration as it stands there. */
  async addModule(name: string): Promise<void> {
    await this.openPicker(name);
    await this.picker.getByRole("button", { name: `Add ${name}`, exact: true }).click();
    await expect(this.picker).toBeHidden();
  }

  async openPicker(name: string): Promise<void> {
    await this.page.getByRole("button", { name: "Add module", exact: true }).click();
    await this.picker.getByRole("searchbox", { name: "Search modules" }).fill(name);
    await this.picker
      .getByRole("list", { name: "Registrable modules" })
      .getByRole("button", { name, exact: true })
      .click();
  }

  /** An act of the editor's menu. */
  async act(name: string, menuItem: string): Promise<void> {
    await this.page
      .getByRole("tabpanel", { name, exact: true })
      .getByRole("button", { name: "More acts" })
      .click();
    await this.page.getByRole("menuitem", { name: menuItem }).click();
  }

  /** Puts the cursor into the source, with this text selected. */
  async findInSource(text: string): Promise<void> {
    await this.source.getByRole("textbox").first().focus();
    await this.page.keyboard.press("ControlOrMeta+Home");
    await this.page.keyboard.press("ControlOrMeta+F");
    await this.page.keyboard.insertText(text);
    // The place of the match is shown before the key that leaves the search for it.
    await expect(this.source.getByText(/^1 of \d+$/)).toBeVisible();
    await this.page.keyboard.press("Escape");
  }

  /** Replaces the whole source by one line: several would be indented and closed as if they were typed. */
  async writeSource(text: string): Promise<void> {
    await this.source.getByRole("textbox").first().focus();
    await this.page.keyboard.press("ControlOrMeta+A");
    await this.page.keyboard.press("Delete");
    await this.page.keyboard.insertText(text);
  }

  get importDialog(): Locator {
    return this.page.getByRole("dialog", { name: "Import templates" });
  }

  /** One template in the import. */
  toImport(name: string): Locator {
    return this.importDialog
      .getByRole("list", { name: "To import" })
      .getByRole("listitem", { name, exact: true });
  }

  async saveAndWait(): Promise<void> {
    await this.save.click();
    await expect(this.save).toBeDisabled();
  }
}
