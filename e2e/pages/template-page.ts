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

  async saveAndWait(): Promise<void> {
    await this.save.click();
    await expect(this.save).toBeDisabled();
  }
}
