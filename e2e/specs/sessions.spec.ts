import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "../fixtures/workbench";
import { PanelPage } from "../pages/panel-page";
import { WorkbenchPage } from "../pages/workbench-page";

test.describe("sessions", () => {
  test("are listed with their state, and can be restarted, closed and deleted", async ({ home }) => {
    const { page } = await home.launch();
    const workbench = new WorkbenchPage(page);
    const panel = new PanelPage(page);
    await workbench.openView("Sessions");
    await expect(page.getByRole("tabpanel", { name: "Sessions view" })).toContainText("No sessions yet");
    await workbench.choose("Template", "Plain");
    await page.getByRole("button", { name: "New session" }).first().click();
    const list = page.getByRole("list", { name: "Sessions" });
    await expect(list.getByRole("button", { name: "Plain", exact: true })).toHaveAccessibleDescription(
      "ready",
    );
    await panel.show("REPL");
    await panel.evaluate("globalThis.kept = 1");
    await expect(panel.replResults.getByText("1", { exact: true })).toBeVisible();

    await list.getByRole("button", { name: "Restart Plain" }).click();
    await expect(list.getByRole("button", { name: "Delete Plain" })).toHaveCount(1);
    await panel.evaluate("typeof kept");
    await expect(panel.replResults.getByText("'undefined'")).toBeVisible();

    await list.getByRole("button", { name: /^Close Plain/ }).click();
    await expect(list.getByRole("button", { name: /^Close Plain/ })).toHaveCount(0);
    await list.getByRole("button", { name: "Delete Plain" }).first().click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
    await expect(list.getByRole("listitem")).toHaveCount(1);
  });

  test("a session that cannot start says where, and starts again once it is mended", async ({ home }) => {
    const startup = join(home.workspace, "startup", "helpers.js");
    const good = readFileSync(startup, "utf8");
    writeFileSync(startup, "// broken\nnull.x;\n");
    const { page } = await home.launch();
    const workbench = new WorkbenchPage(page);
    const panel = new PanelPage(page);
    await workbench.choose("Script", /money/);
    await workbench.choose("Template", "With helpers");
    await workbench.runButton.click();
    await expect(panel.console).toContainText("TypeError");
    await expect(panel.console.getByRole("button", { name: "helpers.js:2" }).first()).toBeVisible();
    await expect(workbench.combobox("Session")).toContainText("With helpers");
    await workbench.openView("Sessions");
    const list = page.getByRole("list", { name: "Sessions" });
    await expect(list.getByRole("listitem").first()).toContainText("startup/helpers.js");

    writeFileSync(startup, good);
    await panel.console.getByRole("button", { name: "Restart the session" }).click();
    await expect(list.getByRole("button", { name: /^With helpers/ }).first()).toHaveAccessibleDescription(
      "ready",
    );
    expect(await workbench.run()).toBe("ok");
  });

  test("a changed template is named, and one act restarts the session with it", async ({ home }) => {
    const { page } = await home.launch();
    const workbench = new WorkbenchPage(page);
    await workbench.choose("Script", /hello/);
    await workbench.choose("Template", "Plain");
    expect(await workbench.run()).toBe("ok");
    const file = join(home.workspace, "templates", "plain.template.json");
    const template = JSON.parse(readFileSync(file, "utf8")) as object;
    writeFileSync(file, JSON.stringify({ ...template, limits: { cpuMs: 1500 } }));
    await expect(page.getByRole("button", { name: "Restart to apply" })).toBeVisible();
    await workbench.openView("Sessions");
    await expect(page.getByRole("list", { name: "Sessions" })).toContainText(
      "Template changed since this session started",
    );
    await page.getByRole("button", { name: "Restart to apply" }).click();
    await expect(page.getByRole("button", { name: "Restart to apply" })).toHaveCount(0);
    expect(await workbench.run()).toBe("ok");
  });
});
