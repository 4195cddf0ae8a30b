import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "../fixtures/workbench";
import { WorkbenchPage } from "../pages/workbench-page";

test.describe("the main job", () => {
  test("first start opens the sample workspace and its report runs", async ({ home }) => {
    const { page } = await home.launch({ workspace: "sample" });
    const workbench = new WorkbenchPage(page);
    await expect(
      page.getByRole("tree", { name: "Files" }).getByRole("treeitem", { name: "templates" }),
    ).toBeVisible();
    await workbench.choose("Script", /report\.js/);
    await workbench.choose("Template", "Log report");
    expect(await workbench.run()).toBe("ok");
    await expect(workbench.console).toContainText("requests");
  });

  test("a module taken away in the picker is refused at the next run, and works when it is back", async ({
    home,
  }) => {
    const { page } = await home.launch();
    const workbench = new WorkbenchPage(page);
    await workbench.choose("Script", /report\.js/);
    await workbench.choose("Template", "Log report");
    expect(await workbench.run()).toBe("ok");

    await workbench.openTemplate("Log report");
    await page.getByRole("button", { name: "Remove fs" }).click();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    const file = join(home.workspace, "templates", "log-report.template.json");
    await expect
      .poll(() => Object.keys((JSON.parse(readFileSync(file, "utf8")) as { modules: object }).modules))
      .toEqual(["yaml"]);

    await workbench.choose("Session", "New session");
    expect(await workbench.run()).toBe("error");
    await expect(workbench.console).toContainText('fs is not enabled in the template "Log report"');
    await expect(workbench.console).toContainText("vm-workbench template add-module");

    await page.getByRole("button", { name: /^Enable fs in Log report/ }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Enable and run again" }).click();
    await expect
      .poll(() => Object.keys((JSON.parse(readFileSync(file, "utf8")) as { modules: object }).modules).sort())
      .toEqual(["fs", "yaml"]);
  });

  test("Stop ends an endless loop and the next run is healthy", async ({ home }) => {
    const { page } = await home.launch();
    const workbench = new WorkbenchPage(page);
    await workbench.choose("Script", /endless/);
    await workbench.choose("Template", "Plain");
    await workbench.runButton.click();
    await expect(workbench.console).toContainText("Counting");
    await workbench.stopButton.click();
    await expect(workbench.console.locator('[data-execution-status="cancelled"]')).toHaveCount(1);
    await workbench.choose("Script", /hello/);
    expect(await workbench.run()).toBe("ok");
  });

  test("history is there after a restart, also after a power cut", async ({ home }) => {
    const first = await home.launch();
    const workbench = new WorkbenchPage(first.page);
    await workbench.choose("Script", /report\.js/);
    await workbench.choose("Template", "Log report");
    expect(await workbench.run()).toBe("ok");
    await first.kill();

    const second = await home.launch();
    const again = new WorkbenchPage(second.page);
    await again.openView("History");
    const executions = second.page.getByRole("list", { name: "Executions" });
    await expect(executions.getByRole("listitem").filter({ hasText: "report.js" }).first()).toBeVisible();
  });
});
