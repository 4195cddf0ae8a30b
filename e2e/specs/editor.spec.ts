import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, type Home } from "../fixtures/workbench";
import { EditorPage } from "../pages/editor-page";
import { WorkbenchPage } from "../pages/workbench-page";

async function open(home: Home, scripts: Readonly<Record<string, string>> = {}) {
  for (const [name, text] of Object.entries(scripts)) writeFileSync(join(home.workspace, name), text);
  const { page } = await home.launch();
  return { page, workbench: new WorkbenchPage(page), editor: new EditorPage(page) };
}

test.describe("tabs", () => {
  test("dirty goes by content, closing asks, closed tabs come back in order", async ({ home }) => {
    const { page, workbench, editor } = await open(home);
    await workbench.openFile("scripts/hello.js");
    await workbench.openFile("scripts/fails.js");
    await editor.code().click();
    await page.keyboard.type("x");
    await expect(editor.tab("fails.js")).toHaveAccessibleDescription("unsaved changes");
    await page.keyboard.press("Backspace");
    await expect(editor.tab("fails.js")).not.toHaveAccessibleDescription("unsaved changes");

    await page.keyboard.type("y");
    await page.keyboard.press("ControlOrMeta+w");
    const question = page.getByRole("alertdialog", { name: "Save the changes to fails.js?" });
    await question.getByRole("button", { name: "Cancel" }).click();
    await expect(editor.tab("fails.js")).toBeVisible();
    await page.keyboard.press("ControlOrMeta+w");
    await question.getByRole("button", { name: "Don’t save" }).click();
    await expect(editor.tab("fails.js")).toHaveCount(0);
    await page.keyboard.press("ControlOrMeta+w");
    await expect(editor.tab("hello.js")).toHaveCount(0);
    await page.keyboard.press("ControlOrMeta+Shift+t");
    await expect(editor.tab("hello.js")).toBeVisible();
    await page.keyboard.press("ControlOrMeta+Shift+t");
    await expect(editor.tab("fails.js")).toHaveAttribute("aria-selected", "true");
    expect(readFileSync(join(home.workspace, "scripts", "fails.js"), "utf8")).not.toContain("y// Fails");
  });

  test("a split shows one document twice, in step; many tabs move nothing else", async ({ home }) => {
    const many = Object.fromEntries(
      Array.from({ length: 14 }, (_, index) => [`script-number-${index}.js`, `// ${index}\n`]),
    );
    const { page, workbench, editor } = await open(home, many);
    await workbench.openFile("README.md");
    for (const name of Object.keys(many)) {
      await page.getByRole("treeitem", { name, exact: true }).dblclick();
      await expect(editor.tab(name)).toHaveAttribute("aria-selected", "true");
    }
    expect(await page.evaluate(() => [document.documentElement.scrollWidth - innerWidth, scrollX])).toEqual([
      0, 0,
    ]);
    await expect(editor.tab("script-number-13.js")).toBeInViewport({ ratio: 1 });
    await expect(editor.tab("README.md")).not.toBeInViewport();

    await page.keyboard.press("ControlOrMeta+\\");
    await expect(editor.tabs(1)).toHaveCount(1);
    await expect(editor.code(1)).toContainText("// 13");
    await editor.code(1).click();
    await page.keyboard.press("ControlOrMeta+Home");
    await page.keyboard.type("both ");
    await expect(editor.code(0)).toContainText("both // 13");
    await page.keyboard.press("ControlOrMeta+s");
    await expect
      .poll(() => readFileSync(join(home.workspace, "script-number-13.js"), "utf8"))
      .toBe("both // 13\n");
  });
});

test.describe("the code editor", () => {
  test("definitions lead into required files, documents are formatted, the last value stands behind its line", async ({
    home,
  }) => {
    const { page, workbench, editor } = await open(home, {
      "scripts/area.js":
        "// Areas.\nfunction area(width, height) {\n  return width * height;\n}\nmodule.exports = { area };\n",
      "scripts/uses-area.js":
        'const { area } = require("./area.js");\n\nfor (const side of [1,2,3])   console.log(area(side,side))\n',
    });
    await workbench.openFile("scripts/uses-area.js");
    await workbench.choose("Template", "Plain");
    expect(await workbench.run()).toBe("ok");
    await expect(editor.code().getByText(/^\s*9$/)).toBeVisible();

    await editor.code().click();
    await page.keyboard.press("Shift+Alt+f");
    await expect(editor.code()).toContainText("for (const side of [1, 2, 3]) console.log(area(side, side))");

    await page.keyboard.press("ControlOrMeta+Home");
    for (let step = 0; step < 9; step += 1) await page.keyboard.press("ArrowRight");
    await expect(async () => {
      await page.keyboard.press("F12");
      await expect(editor.tab("area.js")).toBeVisible({ timeout: 2000 });
    }).toPass();
    await expect(editor.tab("area.js")).toHaveAttribute("aria-selected", "true");
    // At the function, not where `module.exports = { area }` hands it on.
    await expect(editor.currentLine).toHaveText("2");
    await page.keyboard.insertText("the");
    await expect(editor.code()).toContainText("function thearea(width, height)");
  });

  test("Run runs the selection when there is one, and the whole script otherwise", async ({ home }) => {
    const { page, workbench, editor } = await open(home, {
      "scripts/two.js": 'console.log("first");\nconsole.log("second");\n',
    });
    await workbench.openFile("scripts/two.js");
    await workbench.choose("Template", "Plain");
    await editor.code().click();
    await page.keyboard.press("ControlOrMeta+Home");
    await page.keyboard.press("Shift+ArrowDown");
    expect(await workbench.run()).toBe("ok");
    await expect(workbench.console).toContainText("first");
    await expect(workbench.console).not.toContainText("second");
    await page.keyboard.press("ControlOrMeta+Shift+Enter");
    await expect(workbench.console).toContainText("second");
  });

  test("Markdown and CSV have previews, JSON is checked", async ({ home }) => {
    const { page, workbench, editor } = await open(home, {
      "data/items.csv": 'name,price\nLamp,49.9\n"Chair, oak",129.5\n',
      "data/broken.json": '{ "a": 1, }\n',
    });
    await workbench.openFile("README.md");
    const preview = page.getByRole("region", { name: "Preview of README.md" });
    await expect(preview.getByRole("heading", { name: "Sample workspace" })).toBeVisible();
    await workbench.openFile("data/items.csv");
    const table = page.getByRole("table", { name: "Table of data/items.csv" });
    await expect(table.getByRole("columnheader", { name: "price" })).toBeVisible();
    await expect(table.getByRole("cell", { name: "Chair, oak" })).toBeVisible();
    await editor.code().click();
    await page.keyboard.press("ControlOrMeta+End");
    await page.keyboard.type("Rug,80\n");
    await expect(table.getByRole("cell", { name: "Rug" })).toBeVisible();
    await workbench.openFile("data/broken.json");
    await page.getByRole("tab", { name: /^Problems/ }).click();
    await expect(page.getByRole("list", { name: "Problems" })).toContainText("Trailing comma");
  });
});
