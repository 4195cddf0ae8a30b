import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "playwright/test";
import { chooseFolder, LOG_REPORT, readTemplate, templatePath } from "../fixtures/template-files";
import { expect, test, type Home } from "../fixtures/workbench";
import { TemplatePage } from "../pages/template-page";
import { WorkbenchPage } from "../pages/workbench-page";

async function openList(home: Home) {
  const { app, page } = await home.launch();
  await new WorkbenchPage(page).openView("Templates");
  return { app, page, list: page.getByRole("list", { name: "Templates" }), template: new TemplatePage(page) };
}

/** Drops files or folders of the disk as the system's file manager does. */
async function dropFiles(page: Page, target: Locator, paths: readonly string[]): Promise<void> {
  const box = await target.boundingBox();
  if (box === null) throw new Error("The target is not shown.");
  const at = { x: box.x + box.width / 2, y: box.y + Math.min(box.height / 2, 60) };
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  const devtools = await page.context().newCDPSession(page);
  for (const type of ["dragEnter", "dragOver", "drop"] as const)
    await devtools.send("Input.dispatchDragEvent", { type, ...at, data });
  await devtools.detach();
}

test("templates are exported as a folder, and come back by dropping it on the list", async ({ home }) => {
  const folder = join(home.folder, "shared");
  mkdirSync(folder);
  const { app, page, list, template } = await openList(home);
  await chooseFolder(app, folder);
  await page.getByRole("button", { name: "Import, export, compare" }).click();
  await page.getByRole("menuitem", { name: "Export…" }).click();
  const dialog = page.getByRole("dialog", { name: "Export templates" });
  await dialog.getByRole("radio", { name: "A folder" }).click();
  await dialog.getByRole("checkbox", { name: "With helpers" }).click();
  await dialog.getByRole("button", { name: "Export", exact: true }).click();
  await expect
    .poll(() => readdirSync(folder).sort())
    .toEqual(["checksums.json", LOG_REPORT, "plain.template.json"]);
  expect(readFileSync(join(folder, LOG_REPORT), "utf8")).toBe(
    readFileSync(templatePath(home, LOG_REPORT), "utf8"),
  );

  // One of them changes on its way.
  const theirs = readTemplate(home);
  const changed = { ...theirs, limits: { ...theirs.limits, memoryMb: 512 } };
  writeFileSync(join(folder, LOG_REPORT), JSON.stringify(changed));
  await dropFiles(page, list, [folder]);
  await expect(template.importDialog).toBeVisible();
  await expect(template.toImport("Plain")).toContainText("unchanged since its export");
  await expect(template.toImport("Log report")).toContainText("changed since its export");
  await expect(template.toImport("Log report")).toContainText("This template is in the workspace already.");
  // Nothing that exists is replaced unless that is chosen, and then it is said in words.
  await expect(template.importDialog.getByRole("button", { name: "Import", exact: true })).toBeDisabled();
  await template.importDialog.getByRole("combobox", { name: "What to do with Log report" }).click();
  await page.getByRole("option", { name: "Replace the one here" }).click();
  await expect(template.toImport("Log report")).toContainText("memory 128 → 512 MB");
  expect(readTemplate(home).limits?.["memoryMb"] ?? 128).toBe(128);
  await template.importDialog.getByRole("button", { name: "Import", exact: true }).click();
  await expect.poll(() => readTemplate(home).limits?.["memoryMb"]).toBe(512);
});

test("dropped files are shown before anything is written; junk says why", async ({ home }) => {
  const [one, two, junk] = ["one", "two", "junk"].map((name) => join(home.folder, `${name}.json`));
  if (one === undefined || two === undefined || junk === undefined) throw new Error("Three files.");
  writeFileSync(one, JSON.stringify({ name: "First", modules: { exec: { commands: ["*"] } } }));
  writeFileSync(two, JSON.stringify({ name: "Second", exposed_modules: ["json", "yaml"] }));
  writeFileSync(junk, "{ no");
  const { page, list, template } = await openList(home);

  await dropFiles(page, list, [one, two]);
  await expect(template.toImport("First")).toContainText("run every command of this machine");
  await expect(template.toImport("Second")).toContainText("JSON is a built-in and always available");
  expect(readdirSync(join(home.workspace, "templates"))).not.toContain("first.template.json");
  await template.importDialog.getByRole("button", { name: "Import 2 templates" }).click();
  await expect(list.getByRole("button", { name: "Second", exact: true })).toBeVisible();
  expect(Object.keys(readTemplate(home, "second.template.json").modules)).toEqual(["yaml"]);

  await dropFiles(page, list, [junk]);
  await expect(template.importDialog.getByText(/This is not a template or a bundle: line 1/)).toBeVisible();
  await page.keyboard.press("Escape");
});

test("files are chosen in the dialog, and one of the same name gets another", async ({ home }) => {
  const path = join(home.folder, "received.json");
  writeFileSync(path, JSON.stringify({ name: "plain", modules: { path: {} } }));
  const { page, template } = await openList(home);
  await page.getByRole("button", { name: "Import, export, compare" }).click();
  await page.getByRole("menuitem", { name: "Import…" }).click();
  await template.importDialog.getByLabel("Template files").setInputFiles(path);
  await expect(template.toImport("plain")).toContainText("Another template of the workspace has this name.");
  await template.importDialog.getByRole("combobox", { name: "What to do with plain" }).click();
  await page.getByRole("option", { name: "Add under another name" }).click();
  await template.importDialog.getByRole("textbox", { name: "New name of plain" }).fill("Plain with paths");
  await template.importDialog.getByRole("button", { name: "Import", exact: true }).click();
  await expect(page.getByRole("tab", { name: "Plain with paths" })).toBeVisible();
  expect(existsSync(templatePath(home, "plain-with-paths.template.json"))).toBe(true);
  expect(readTemplate(home, "plain.template.json").modules).toEqual({});
});
