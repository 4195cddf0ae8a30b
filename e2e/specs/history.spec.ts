import { expect, resize, test, type Home } from "../fixtures/workbench";
import { WorkbenchPage } from "../pages/workbench-page";

async function runSome(home: Home) {
  const { app, page } = await home.launch();
  const workbench = new WorkbenchPage(page);
  await workbench.choose("Script", /report\.js/);
  await workbench.choose("Template", "Log report");
  expect(await workbench.run()).toBe("ok");
  await workbench.choose("Script", /fails\.js/);
  expect(await workbench.run()).toBe("error");
  await workbench.openView("History");
  const list = page.getByRole("list", { name: "Executions" });
  return { app, page, workbench, list };
}

test.describe("the history", () => {
  test("lists executions with script, template, status, time and duration, and filters them", async ({
    home,
  }) => {
    const { page, list } = await runSome(home);
    await expect(list.getByRole("listitem").first()).toHaveAccessibleName(
      /^fails\.js, Log report, error, \d\d:\d\d:\d\d, .+ ms$/,
    );
    await page.getByRole("searchbox", { name: "Search executions" }).fill("report.js");
    await expect(list.getByRole("listitem", { name: /^fails/ })).toHaveCount(0);
    await expect(list.getByRole("listitem", { name: /^report/ })).toHaveCount(1);
    await page.getByRole("searchbox", { name: "Search executions" }).fill("");
    await page.getByRole("button", { name: "More filters" }).click();
    await page.getByRole("combobox", { name: "Filter by status" }).click();
    await page.getByRole("option", { name: "error" }).click();
    await expect(list.getByRole("listitem")).toHaveCount(1);
    await page.getByRole("button", { name: "Clear the filters" }).first().click();
    await expect(list.getByRole("listitem")).toHaveCount(2);
  });

  test("shows an execution of the past and runs it again", async ({ home }) => {
    const { page, list } = await runSome(home);
    await list
      .getByRole("listitem", { name: /^report/ })
      .getByRole("button")
      .dblclick();
    await expect(page.getByRole("log", { name: "Events" })).toContainText("requests");
    await page.getByRole("tab", { name: "Input", exact: true }).click();
    await expect(page.getByRole("region", { name: "Input", exact: true })).toContainText('require("fs")');
    await page.getByRole("tab", { name: "Template", exact: true }).last().click();
    await expect(page.getByRole("region", { name: "Template snapshot" })).toContainText(
      '"name": "Log report"',
    );
    await page.getByRole("button", { name: "Run again", exact: true }).click();
    await expect(list.getByRole("listitem", { name: /^report\.js, Log report, ok/ })).toHaveCount(2);
  });

  test("compares two executions and plots the durations of a script", async ({ home }) => {
    const { page, list } = await runSome(home);
    await list
      .getByRole("listitem")
      .nth(0)
      .getByRole("button")
      .click({ modifiers: ["ControlOrMeta"] });
    await list
      .getByRole("listitem")
      .nth(1)
      .getByRole("button")
      .click({ modifiers: ["ControlOrMeta"] });
    await page
      .getByRole("toolbar", { name: "Chosen executions" })
      .getByRole("button", { name: "Compare" })
      .click();
    await expect(page.getByRole("table", { name: "Metrics of both" })).toContainText("fails.js");
    const compared = page.getByRole("tabpanel", { name: /↔/ });
    const parts = compared.getByRole("tablist", { name: "Compared" });
    for (const [part, text] of [
      ["Template", '"roots"'],
      ["Code", "readPrice"],
      ["Output", "Adding up"],
    ] as const) {
      await parts.getByRole("tab", { name: part }).click();
      await expect(compared.getByRole("tabpanel", { name: part })).toContainText(text);
    }
    await list
      .getByRole("listitem", { name: /^report/ })
      .getByRole("button")
      .dblclick();
    await page.getByRole("button", { name: "Durations over time" }).click();
    await expect(page.getByRole("table", { name: "Last executions" })).toContainText("Log report");
  });

  test("at 200 % with the panel open, an execution begins with what it printed", async ({ home }) => {
    const { app, page, list } = await runSome(home);
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(2));
    await resize(app, page, { width: 1000, height: 640 });
    await list
      .getByRole("listitem", { name: /^report/ })
      .getByRole("button")
      .dblclick();
    const events = page.getByRole("log", { name: "Events" });
    await expect(events.getByText("Web server, 12 March 2026")).toBeInViewport();
    await expect(page.getByRole("tab", { name: "Template", exact: true }).last()).toBeVisible();
  });

  test("deletes for good what the user says", async ({ home }) => {
    const { page, list } = await runSome(home);
    await list
      .getByRole("listitem", { name: /^fails/ })
      .getByRole("button")
      .click({ button: "right" });
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Delete", exact: true }).click();
    await expect(list.getByRole("listitem")).toHaveCount(1);
  });
});
