import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "../fixtures/workbench";
import { WorkbenchPage } from "../pages/workbench-page";

test.describe("the module reference", () => {
  test("explains a module and says which templates use it", async ({ home }) => {
    const { page } = await home.launch();
    const workbench = new WorkbenchPage(page);
    await workbench.openView("Modules");
    await page.getByRole("searchbox", { name: "Search modules" }).fill("readFileSync");
    await page
      .getByRole("list", { name: "Modules", exact: true })
      .getByRole("button", { name: "fs", exact: true })
      .dblclick();
    const reference = page.getByRole("article", { name: "Module fs" });
    await expect(reference.getByRole("list", { name: "Used by" })).toContainText("Log report");
    await expect(reference.getByRole("region", { name: "Configuration" })).toContainText("roots");
    await reference.getByRole("tab", { name: "Typings" }).click();
    await expect(reference.getByRole("region", { name: "Typings of fs" })).toContainText(
      'declare module "fs"',
    );
    await reference
      .getByRole("list", { name: "Used by" })
      .getByRole("button", { name: "Log report" })
      .click();
    await expect(page.getByRole("tab", { name: "Log report" })).toHaveAttribute("aria-selected", "true");
  });

  test("an example becomes a script that runs", async ({ home }) => {
    const { page } = await home.launch();
    const workbench = new WorkbenchPage(page);
    await workbench.openView("Modules");
    await page
      .getByRole("list", { name: "Modules", exact: true })
      .getByRole("button", { name: "yaml", exact: true })
      .dblclick();
    await page.getByRole("button", { name: "Open example" }).click();
    await expect(page.getByRole("tab", { name: "yaml.js" })).toHaveAttribute("aria-selected", "true");
    expect(existsSync(join(home.workspace, "examples", "yaml.js"))).toBe(true);
    expect(await workbench.run()).toBe("ok");
  });
});
