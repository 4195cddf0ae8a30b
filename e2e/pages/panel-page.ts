import type { Locator, Page } from "playwright/test";

type Panel = "Console" | "REPL" | "Problems" | "Trace" | "Metrics";

/** The panel below the editors. */
export class PanelPage {
  constructor(readonly page: Page) {}

  get region(): Locator {
    return this.page.getByRole("region", { name: "Panel" });
  }
  async show(panel: Panel): Promise<void> {
    await this.region
      .getByRole("tablist", { name: "Panel" })
      .getByRole("tab", { name: new RegExp(`^${panel}`) })
      .click();
  }

  get console(): Locator {
    return this.page.getByRole("log", { name: "Console" });
  }
  get search(): Locator {
    return this.page.getByRole("searchbox", { name: "Search the console" });
  }
  get follow(): Locator {
    return this.page.getByRole("button", { name: "Follow new lines" });
  }
  /** Chooses entries of the menu of levels. */
  async toggleLevel(name: string): Promise<void> {
    await this.page.getByRole("button", { name: "Levels", exact: true }).click();
    await this.page.getByRole("menuitemcheckbox", { name }).click();
  }

  get replInput(): Locator {
    return this.page.getByRole("textbox", { name: "REPL input" });
  }
  get replResults(): Locator {
    return this.page.getByRole("log", { name: "REPL results" });
  }
  /** Types REPL input and presses Enter. */
  async evaluate(source: string): Promise<void> {
    await this.replInput.fill(source);
    await this.replInput.press("Enter");
  }

  get problems(): Locator {
    return this.page.getByRole("list", { name: "Problems" });
  }
}
