import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  LOG_REPORT,
  openTemplate as open,
  readTemplate as read,
  templatePath as pathOf,
  writeTemplate,
} from "../fixtures/template-files";
import { expect, test } from "../fixtures/workbench";
import { WorkbenchPage } from "../pages/workbench-page";

test.describe("the template editor", () => {
  test("form and JSON show the same text, and undo covers both", async ({ home }) => {
    const { page, template } = await open(home);
    await template.showFace("Both");
    await page.getByRole("textbox", { name: "Description" }).fill("For Monday mornings");
    await expect(template.source).toContainText("For Monday mornings");
    await page.getByRole("button", { name: "Remove yaml" }).click();
    await expect(template.source).not.toContainText('"yaml"');

    await page.getByRole("button", { name: "Undo" }).click();
    await expect(template.source).toContainText('"yaml"');
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByRole("textbox", { name: "Description" })).toHaveValue(
      read(home).description ?? "",
    );
    await expect(template.save).toBeDisabled();
    await page.getByRole("button", { name: "Redo" }).click();
    await expect(page.getByRole("textbox", { name: "Description" })).toHaveValue("For Monday mornings");

    // Typed in the source, seen in the form.
    await template.source.getByRole("textbox").first().focus();
    await page.keyboard.press("ControlOrMeta+Home");
    await page.keyboard.press("ControlOrMeta+F");
    await page.keyboard.type("Monday mornings");
    await page.keyboard.press("Escape");
    await page.keyboard.type("Friday nights");
    await expect(page.getByRole("textbox", { name: "Description" })).toHaveValue("For Friday nights");
  });

  test("the picker lists only registrable modules, previews the effect and the change, and adds with least rights", async ({
    home,
  }) => {
    const { page, template } = await open(home, "Plain");
    await page.getByRole("button", { name: "Add module", exact: true }).click();
    const list = template.picker.getByRole("list", { name: "Registrable modules" });
    await expect(list.getByRole("button", { name: "fs", exact: true })).toBeVisible();
    for (const builtin of ["JSON", "Math", "Date", "Promise", "console"])
      await expect(list.getByRole("button", { name: builtin, exact: true })).toHaveCount(0);
    await expect(template.picker).toContainText("always available");

    await template.picker.getByRole("searchbox", { name: "Search modules" }).fill("readFileSync");
    await list.getByRole("button", { name: "fs", exact: true }).click();
    await template.picker.getByRole("combobox", { name: "Path of root 1" }).fill("data");
    await expect(template.picker.getByRole("list", { name: "Effect preview" })).toContainText(
      "may read files in ./data",
    );
    await expect(template.picker.getByRole("region", { name: "Change of the template" })).toContainText(
      '"path": "data"',
    );
    await template.picker.getByRole("button", { name: "Add fs", exact: true }).click();
    await expect(page.getByRole("list", { name: "What fs permits" })).toContainText(
      "may read files in ./data",
    );
    await template.saveAndWait();
    expect(read(home, "plain.template.json").modules).toEqual({
      fs: { roots: [{ path: "data", access: "read" }] },
    });
  });

  test("a wrong value is named at its field while it is typed, and is never stored", async ({ home }) => {
    const { page, template } = await open(home);
    const field = page.getByRole("textbox", { name: "Memory" });
    await field.fill("7");
    await expect(field).toHaveAttribute("aria-invalid", "true");
    await template.save.click();
    await expect(page.getByText(/memoryMb/).first()).toBeVisible();
    expect(read(home).limits?.["memoryMb"] ?? 128).toBe(128);

    await field.fill("256");
    await expect(field).not.toHaveAttribute("aria-invalid", "true");
    await page.keyboard.press("ControlOrMeta+S");
    await expect.poll(() => read(home).limits?.["memoryMb"]).toBe(256);
    await field.hover();
    await page.getByRole("button", { name: "Reset the limit Memory to its default" }).click();
    await expect(field).toHaveValue("128");
  });

  test("built-ins that older data lists are taken out in one step", async ({ home }) => {
    const old = { ...read(home), modules: { json: {}, Math: {}, console: {}, yaml: {} } };
    writeTemplate(home, LOG_REPORT, old);
    const { page, template } = await open(home);
    await page.getByRole("button", { name: "Remove the 3 built-ins" }).click();
    await template.saveAndWait();
    expect(Object.keys(read(home).modules)).toEqual(["yaml"]);
  });

  test("a broken file is shown with its place, kept as it is, and mended in the source", async ({ home }) => {
    const path = pathOf(home, "half.template.json");
    writeFileSync(path, '{ "name": "Half", ');
    const { page, template } = await open(home, "half");
    await expect(page.getByRole("alert").first()).toContainText("Line 1");
    await expect(page.getByRole("button", { name: "Add module", exact: true })).toBeDisabled();
    await page.getByRole("button", { name: "Show in the source" }).click();
    await template.source.getByRole("textbox").first().focus();
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.press("Delete");
    await page.keyboard.insertText('{ "name": "Whole", "modules": {} }');
    expect(readFileSync(path, "utf8")).toBe('{ "name": "Half", ');
    await template.saveAndWait();
    await expect(page.getByRole("tab", { name: "Whole" })).toBeVisible();
  });

  test("a template that changes on disk while it is edited shows both and lets the user decide", async ({
    home,
  }) => {
    const { page, template } = await open(home);
    await page.getByRole("textbox", { name: "Description" }).fill("mine");
    const theirs = { ...read(home), description: "theirs" };
    writeTemplate(home, LOG_REPORT, theirs);
    await expect(page.getByText("changed on disk while you edited it")).toBeVisible();
    expect(read(home).description).toBe("theirs");
    await page.getByRole("button", { name: "Keep my edits" }).click();
    await expect.poll(() => read(home).description).toBe("mine");
    await expect(template.save).toBeDisabled();
  });

  test("startup files are added, reordered by keyboard and tried in a dry run", async ({ home }) => {
    writeFileSync(join(home.workspace, "scripts", "greet.js"), 'console.log("Good morning");\n');
    const { page, template } = await open(home, "With helpers");
    const list = page.getByRole("list", { name: "Startup files of this template" });
    const before = await list.getByRole("listitem").count();
    const script = page.getByRole("combobox", { name: "Startup file" });
    await script.fill("scripts/greet.js");
    await page.getByRole("button", { name: "Add startup file" }).click();
    await expect(list.getByRole("listitem")).toHaveCount(before + 1);
    await list.getByRole("listitem", { name: /greet\.js/ }).focus();
    for (let step = 0; step < before; step += 1) await page.keyboard.press("Alt+ArrowUp");
    await expect(list.getByRole("listitem").first()).toHaveAccessibleName(/^1\. scripts\/greet\.js/);

    await page.getByRole("button", { name: "Dry run" }).click();
    const dialog = page.getByRole("dialog", { name: "Dry run of With helpers" });
    await expect(dialog.getByRole("status")).toContainText("The session would be ready.");
    await expect(dialog.getByRole("list", { name: "Startup trace" })).toContainText("scripts/greet.js");
    await dialog.getByRole("button", { name: "Close", exact: true }).last().click();
    await template.saveAndWait();
    expect(read(home, "with-helpers.template.json").startup?.[0]?.path).toBe("scripts/greet.js");
  });

  test("an unsaved template can be tried: its session is marked and the file stays as it was", async ({
    home,
  }) => {
    const { page, workbench, template } = await open(home, "Plain");
    await template.addModule("path");
    await page.getByRole("button", { name: "Try it" }).click();
    await expect(workbench.combobox("Session")).toContainText("Plain (unsaved)");
    expect(readFileSync(pathOf(home, "plain.template.json"), "utf8")).not.toContain('"path"');
  });
});

test.describe("templates come and go", () => {
  test("new ones start from scratch, a preset, another template or a script", async ({ home }) => {
    const { page } = await home.launch();
    const workbench = new WorkbenchPage(page);
    await workbench.openView("Templates");
    const create = async (name: string, start: RegExp, file: string) => {
      await page.getByRole("button", { name: "New template" }).first().click();
      const dialog = page.getByRole("dialog", { name: "New template" });
      await dialog.getByRole("textbox", { name: "Name" }).fill(name);
      await dialog.getByRole("radio", { name: start }).click();
      if (name === "Scripted")
        await dialog.getByRole("combobox", { name: "Script to read" }).fill("scripts/report.js");
      await dialog.getByRole("button", { name: "Create" }).click();
      await expect(page.getByRole("tab", { name, exact: true })).toBeVisible();
      return read(home, file);
    };
    expect((await create("Empty one", /^Scratch/, "empty-one.template.json")).modules).toEqual({});
    expect(
      Object.keys((await create("Reporter", /^Data report/, "reporter.template.json")).modules),
    ).toContain("fs");
    expect(Object.keys((await create("Twin", /^A copy/, "twin.template.json")).modules)).toEqual(
      Object.keys(read(home).modules),
    );
    expect(
      Object.keys(
        (await create("Scripted", /^What a script needs/, "scripted.template.json")).modules,
      ).sort(),
    ).toEqual(["fs", "yaml"]);
  });

  test("a deleted template can be brought back", async ({ home }) => {
    const { page } = await open(home, "Plain");
    await page.getByRole("tabpanel", { name: "Plain" }).getByRole("button", { name: "More acts" }).click();
    await page.getByRole("menuitem", { name: "Move to trash" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Move to trash" }).click();
    await expect.poll(() => existsSync(pathOf(home, "plain.template.json"))).toBe(false);
    await page.getByRole("button", { name: "Undo", exact: true }).last().click();
    await expect.poll(() => existsSync(pathOf(home, "plain.template.json"))).toBe(true);
  });

  test("a comparison says in words what widens", async ({ home }) => {
    const { page, template } = await open(home);
    await page.getByRole("button", { name: "Configure fs" }).click();
    await page.getByRole("combobox", { name: "Access of root 1" }).click();
    await page.getByRole("option", { name: "read and write" }).click();
    await page.getByRole("textbox", { name: "Memory" }).fill("64");
    await expect(template.save).toBeEnabled();
    await page
      .getByRole("tabpanel", { name: "Log report" })
      .getByRole("button", { name: "More acts" })
      .click();
    await page.getByRole("menuitem", { name: "Compare with the saved one" }).click();
    const changes = page.getByRole("list", { name: "Policy changes" });
    await expect(changes.getByRole("listitem").filter({ hasText: "widens" }).first()).toContainText("./data");
    await expect(changes.getByRole("listitem").filter({ hasText: "memory" })).toContainText(/narrows.*64 MB/);
  });

  test("an import shows policy, migration and conflicts before it writes", async ({ home }) => {
    const { page } = await home.launch();
    const workbench = new WorkbenchPage(page);
    await workbench.openView("Templates");
    await page.getByRole("button", { name: "Import, export, compare" }).click();
    await page.getByRole("menuitem", { name: "Import…" }).click();
    const dialog = page.getByRole("dialog", { name: "Import templates" });
    const older = {
      name: "Old friend",
      exposed_modules: ["fs", "json"],
      libraries: ["lodash"],
      settings: { limits: { cpu_ms: 1500 } },
    };
    await dialog.getByRole("textbox", { name: "Template text" }).fill(JSON.stringify(older));
    const item = dialog
      .getByRole("list", { name: "To import" })
      .getByRole("listitem", { name: "Old friend" });
    await expect(item).toContainText("Migrated from the older form");
    await expect(item).toContainText("may load the library lodash");
    expect(existsSync(pathOf(home, "old-friend.template.json"))).toBe(false);
    await dialog.getByRole("button", { name: "Import", exact: true }).click();
    await expect(page.getByRole("tab", { name: "Old friend" })).toBeVisible();
    expect(Object.keys(read(home, "old-friend.template.json").modules)).toEqual(["fs"]);
  });
});
