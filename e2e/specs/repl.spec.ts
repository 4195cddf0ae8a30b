import { expect, test } from "../fixtures/workbench";
import { PanelPage } from "../pages/panel-page";
import { WorkbenchPage } from "../pages/workbench-page";

test("the REPL keeps variables, takes several lines, awaits, completes from live values and remembers its history", async ({
  home,
}) => {
  const { page } = await home.launch();
  const workbench = new WorkbenchPage(page);
  const panel = new PanelPage(page);
  await workbench.choose("Template", "Plain");
  await page.keyboard.press("ControlOrMeta+Shift+y");
  await expect(panel.replInput).toBeFocused();

  // The first input starts a session.
  await panel.evaluate("const lamp = { watts: 9, worth: 40 }; lamp.watts");
  await expect(panel.replResults.getByText("9", { exact: true })).toBeVisible();
  await panel.evaluate("$_ + 1");
  await expect(panel.replResults.getByText("10", { exact: true })).toBeVisible();
  await panel.evaluate("const lamp = 'again'; lamp.length");
  await expect(panel.replResults.getByText("5", { exact: true })).toBeVisible();
  await panel.evaluate("await new Promise((done) => setTimeout(done, 5, 'late'))");
  await expect(panel.replResults.getByText("'late'", { exact: true })).toBeVisible();

  await panel.evaluate("function twice(n) {");
  await expect(panel.replInput).toHaveValue("function twice(n) {\n");
  await page.keyboard.type("return n * 2 }");
  await page.keyboard.press("Enter");
  await expect(panel.replInput).toHaveValue("");
  await panel.evaluate("twice(21)");
  await expect(panel.replResults.getByText("42", { exact: true })).toBeVisible();

  await panel.evaluate("const box = { height: 1, heavy: true }");
  await expect(panel.replInput).toHaveValue("");
  await panel.replInput.pressSequentially("box.he");
  const completions = page.getByRole("listbox", { name: "Completions" });
  await expect(completions.getByRole("option", { name: /^heavy/ })).toBeVisible();
  await expect(completions.getByRole("option", { name: /^height/ })).toBeVisible();
  await completions.getByRole("option", { name: /^height/ }).click();
  await expect(panel.replInput).toHaveValue("box.height");
  await panel.replInput.fill("");

  await panel.replInput.press("ArrowUp");
  await expect(panel.replInput).toHaveValue("const box = { height: 1, heavy: true }");
  await panel.replInput.press("ArrowUp");
  await expect(panel.replInput).toHaveValue("twice(21)");
  await panel.replInput.press("ArrowDown");
  await panel.replInput.press("ArrowDown");
  await expect(panel.replInput).toHaveValue("");

  await panel.evaluate("throw new Error('oops')");
  await expect(panel.replResults).toContainText("Error: oops");
  // What was printed stays a log of its own in the console as well.
  await panel.show("Console");
  await expect(panel.console).toContainText("Error: oops");
});
