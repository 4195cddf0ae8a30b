import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "../fixtures/workbench";
import { EditorPage } from "../pages/editor-page";
import { PanelPage } from "../pages/panel-page";
import { WorkbenchPage } from "../pages/workbench-page";

test("problems name what the template refuses and what is unknown, and quick fixes mend it", async ({
  home,
}) => {
  const path = join(home.workspace, "scripts", "wrong.js");
  writeFileSync(join(home.workspace, "scripts", "util.js"), "exports.twice = (n) => n * 2;\n");
  writeFileSync(
    path,
    'const { twice } = require("./utl");\nconst os = require("os");\ndocument.querySelector("p");\nconsole.log(twice(21), os.EOL);\n',
  );
  const { page } = await home.launch();
  const workbench = new WorkbenchPage(page);
  const editor = new EditorPage(page);
  const panel = new PanelPage(page);
  await workbench.openFile("scripts/wrong.js");
  await workbench.choose("Template", "Plain");
  await panel.show("Problems");
  await expect(panel.problems).toContainText("There is no file “./utl”. Did you mean “./util.js”?");
  await expect(panel.problems).toContainText("os is not enabled in the template “Plain”.");
  // The page's own globals are none of a session's.
  await expect(panel.problems).toContainText("Cannot find name 'document'");

  const fix = async (problem: RegExp, act: string) => {
    await panel.problems.getByRole("button", { name: problem }).click();
    await page.keyboard.press("Alt+Enter");
    const choice = page.getByRole("option", { name: act });
    await expect(choice).toBeVisible();
    await page.keyboard.press("Enter");
  };
  await fix(/There is no file/, "Change to “./util.js”");
  await expect(editor.code()).toContainText('require("./util.js")');
  await fix(/os is not enabled/, "Enable os in Plain");
  const dialog = page.getByRole("dialog", { name: "Enable os in Plain?" });
  await expect(dialog).toContainText("It allows");
  await dialog.getByRole("button", { name: "Enable" }).click();
  await expect
    .poll(() => readFileSync(join(home.workspace, "templates", "plain.template.json"), "utf8"))
    .toContain('"os"');
  await expect(panel.problems.getByRole("button", { name: /not enabled|no file/ })).toHaveCount(0);

  await editor.replaceAll('const { twice } = require("./util.js");\nconsole.log(twice(21));\nnull.x;\n');
  expect(await workbench.run()).toBe("error");
  await panel.show("Problems");
  const error = panel.problems.getByRole("button", { name: /TypeError/ });
  await expect(error).toContainText("last run");
  await error.click();
  await page.keyboard.press("Home");
  await page.keyboard.insertText("// ");
  await expect(editor.code()).toContainText("// null.x;");
});

test("the console mends a misspelt path with the same fix as the editor", async ({ home }) => {
  writeFileSync(join(home.workspace, "scripts", "util.js"), "exports.twice = (n) => n * 2;\n");
  writeFileSync(
    join(home.workspace, "scripts", "wrong.js"),
    '// doubles\nconst { twice } = require("./utl");\nconsole.log(twice(21));\n',
  );
  const { page } = await home.launch();
  const workbench = new WorkbenchPage(page);
  const editor = new EditorPage(page);
  const panel = new PanelPage(page);
  await workbench.openFile("scripts/wrong.js");
  expect(await workbench.run()).toBe("error");
  await expect(panel.console).toContainText('Did you mean "./util.js"?');
  await panel.console.getByRole("button", { name: "Change to “./util.js”" }).click();
  await expect(editor.code()).toContainText('require("./util.js")');
  expect(await workbench.run()).toBe("ok");
  await expect(panel.console.getByText("42", { exact: true })).toBeVisible();
});
