import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "../fixtures/workbench";
import { EditorPage } from "../pages/editor-page";

test("find in files streams, can be cancelled, honours .gitignore and leads to the place", async ({
  home,
}) => {
  mkdirSync(join(home.workspace, "ignored"));
  writeFileSync(join(home.workspace, ".gitignore"), "ignored/\n");
  writeFileSync(join(home.workspace, "ignored", "secret.js"), "// findable\n");
  writeFileSync(join(home.workspace, "lib", "one.js"), "// nothing\n// Findable here\n");
  writeFileSync(join(home.workspace, "lib", "two.js"), "const findables = 1;\n");
  const { page } = await home.launch();
  const editor = new EditorPage(page);
  await page.keyboard.press("ControlOrMeta+Shift+f");
  const field = page.getByRole("searchbox", { name: "Find in files" });
  await expect(field).toBeFocused();
  const results = page.getByRole("list", { name: "Search results" });
  const summary = page.getByRole("status").filter({ hasText: /match|found/ });

  await field.fill("findable");
  await expect(summary).toHaveText("2 matches in 2 files");
  await expect(results).not.toContainText("secret.js");
  await page.getByRole("button", { name: "Match case" }).click();
  await expect(summary).toHaveText("1 match in 1 file");
  await page.getByRole("button", { name: "Match case" }).click();
  await page.getByRole("button", { name: "Whole words" }).click();
  await expect(summary).toHaveText("1 match in 1 file");
  await results.getByRole("button", { name: /Findable here/ }).click();
  await expect(editor.tab("one.js")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.insertText("found");
  await expect(editor.code()).toContainText("// found here");
  await page.keyboard.press("ControlOrMeta+s");

  await page.getByRole("button", { name: "Whole words" }).click();
  await page.getByRole("button", { name: "Regular expression" }).click();
  await field.fill("f[a-z]+d here");
  await expect(summary).toHaveText("1 match in 1 file");
  await field.fill("(");
  await expect(page.getByRole("status").filter({ hasText: /regular expression|pattern/i })).toBeVisible();
});

test("a long search says how far it is and ends at once when it is cancelled", async ({ home }) => {
  const line = `${"some text that says nothing. ".repeat(60)}\n`;
  mkdirSync(join(home.workspace, "big"));
  for (let index = 0; index < 200; index += 1)
    writeFileSync(join(home.workspace, "big", `${index}.txt`), line.repeat(400));
  const { page } = await home.launch();
  await page.keyboard.press("ControlOrMeta+Shift+f");
  await page.getByRole("searchbox", { name: "Find in files" }).fill("absent from every file");
  await page.getByRole("button", { name: "Cancel", exact: true }).click();
  await expect(page.getByRole("button", { name: "Cancel", exact: true })).toHaveCount(0);
  await expect(page.getByRole("status").filter({ hasText: "Nothing found" })).toHaveCount(0);
});
