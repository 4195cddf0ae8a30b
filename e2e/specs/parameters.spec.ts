import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test, type Home } from "../fixtures/workbench";
import { EditorPage } from "../pages/editor-page";
import { WorkbenchPage } from "../pages/workbench-page";

async function openSearch(home: Home) {
  const { page } = await home.launch();
  const workbench = new WorkbenchPage(page);
  await workbench.choose("Script", /find-requests\.js/);
  await workbench.choose("Template", "Log report");
  return { page, workbench, form: page.getByRole("dialog", { name: "Arguments of find-requests.js" }) };
}

test.describe("script parameters", () => {
  test("Run asks for what is missing, runs, and History runs the same arguments again", async ({ home }) => {
    const { page, workbench, form } = await openSearch(home);
    await workbench.runButton.click();
    await expect(form.getByRole("textbox", { name: "path" })).toHaveAttribute("aria-invalid", "true");
    await expect(form.getByRole("textbox", { name: "top" })).toHaveValue("5");
    await form.getByRole("textbox", { name: "path" }).fill("/products");
    await form.getByRole("textbox", { name: "top" }).fill("two");
    await expect(form.getByText("top must be a whole number")).toBeVisible();
    await form.getByRole("textbox", { name: "top" }).fill("2");
    await form.getByRole("combobox", { name: "outcome" }).click();
    await page.getByRole("option", { name: "failed" }).click();
    await form.getByRole("button", { name: "Save and run" }).click();
    await expect(workbench.console).toContainText(/\d+ requests to \/products…/);
    await expect(workbench.console.locator('[data-execution-status="ok"]')).toHaveCount(1);

    // Remembered: the next run asks nothing.
    expect(await workbench.run()).toBe("ok");
    await workbench.openView("History");
    const list = page.getByRole("list", { name: "Executions" });
    await list.getByRole("listitem").first().getByRole("button").dblclick();
    await page.getByRole("tab", { name: "Input", exact: true }).click();
    await expect(page.getByRole("region", { name: "Arguments", exact: true })).toContainText(
      '"outcome": "failed"',
    );
    await page.getByRole("button", { name: "Run again", exact: true }).click();
    await expect(list.getByRole("listitem", { name: /^find-requests\.js, Log report, ok/ })).toHaveCount(3);

    await list.getByRole("listitem").last().getByRole("button").click({ button: "right" });
    await page.getByRole("menuitem", { name: "Run with other arguments…" }).click();
    await expect(form.getByRole("combobox", { name: "outcome" })).toContainText("failed");
    await form.getByRole("textbox", { name: "path" }).fill("/cart");
    await form.getByRole("textbox", { name: "path" }).press("Enter");
    await expect(workbench.console).toContainText(/\d+ requests to \/cart…/);
  });

  for (const colorScheme of ["light", "dark"] as const) {
    test(`the form can be used by everybody: ${colorScheme}`, async ({ home }) => {
      const { page } = await home.launch({ colorScheme });
      const workbench = new WorkbenchPage(page);
      await workbench.choose("Script", /find-requests\.js/);
      await workbench.runButton.click();
      const form = page.getByRole("dialog", { name: "Arguments of find-requests.js" });
      await expect(form.getByRole("switch", { name: "robots" })).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
    });
  }

  test("the editor knows the parameters, and a wrong declaration is a problem with its line", async ({
    home,
  }) => {
    const script = join(home.workspace, "scripts", "greet.js");
    writeFileSync(
      script,
      '/**\n * @param {string} args.name - Who is greeted.\n */\nconsole.log("Hello");\n',
    );
    const { page } = await home.launch();
    const workbench = new WorkbenchPage(page);
    await workbench.openFile("scripts/greet.js");
    await workbench.editorText().click();
    await page.keyboard.press("ControlOrMeta+End");
    await page.keyboard.type("args.na");
    await expect(page.getByRole("option", { name: /^name/ })).toBeVisible();
    await page.keyboard.press("Enter");
    await expect(workbench.editorText()).toContainText("args.name");

    // `args` has exactly the declared type, and follows what is typed.
    const problems = page.getByRole("list", { name: "Problems" });
    await page.getByRole("tab", { name: /^Problems/ }).click();
    await page.keyboard.press("ControlOrMeta+1");
    await workbench.editorText().click();
    await page.keyboard.press("ControlOrMeta+End");
    await page.keyboard.type("; args.names");
    await expect(problems).toContainText("'names' does not exist on type 'Parameters'. Did you mean 'name'?");
    await page.keyboard.press("ControlOrMeta+Home");
    await page.keyboard.type("/** @param {integer} [args.names=1] */ ");
    await expect(page.getByRole("tab", { name: /^Problems/ })).toHaveText("Problems");

    await page.keyboard.press("ControlOrMeta+Home");
    await page.keyboard.type("/** @param {text} args.other */ ");
    await expect(problems).toContainText("There is no type {text}");
    await expect(problems).toContainText("VALIDATION_ERROR");
  });

  test("every script has its own args, in TypeScript too, and F12 leads to the declaration", async ({
    home,
  }) => {
    const scripts = join(home.workspace, "scripts");
    writeFileSync(
      join(scripts, "one.ts"),
      '/**\n * @param {"ok" | "failed"} [args.kind=ok] - Which.\n */\nconst kind: number = args.kind;\nexport { kind };\n',
    );
    writeFileSync(join(scripts, "two.js"), "console.log(args.anything.goes);\n");
    const { page } = await home.launch();
    const workbench = new WorkbenchPage(page);
    const editor = new EditorPage(page);
    await workbench.openFile("scripts/two.js");
    await workbench.openFile("scripts/one.ts");
    await page.getByRole("tab", { name: /^Problems/ }).click();
    const problems = page.getByRole("list", { name: "Problems" });
    await expect(problems).toContainText("Type 'string' is not assignable to type 'number'");
    await expect(problems).not.toContainText("two.js");
    await editor.putCursorBehind("= args.kin");
    await expect(editor.currentLine).toHaveText("4");
    await page.keyboard.press("F12");
    await expect(editor.currentLine).toHaveText("2");
    await page.keyboard.insertText("x");
    await expect(editor.code()).toContainText("[xargs.kind=ok]");
  });
});
