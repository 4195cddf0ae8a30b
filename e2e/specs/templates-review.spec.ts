import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  chooseFolder,
  LOG_REPORT,
  openTemplate,
  readTemplate,
  writeTemplate,
} from "../fixtures/template-files";
import { expect, test } from "../fixtures/workbench";

test("a template is compared with its last commit, in words and as text", async ({ home }) => {
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@example.org", ...args], {
      cwd: home.workspace,
    });
  git("init", "--quiet");
  git("add", ".");
  git("commit", "--quiet", "-m", "Templates");
  const before = readTemplate(home);
  writeTemplate(home, LOG_REPORT, { ...before, limits: { ...before.limits, memoryMb: 256 } });

  const { page, template } = await openTemplate(home);
  await template.act("Log report", "Compare with the last commit");
  await expect(page.getByRole("list", { name: "Policy changes" }).getByRole("listitem")).toHaveText([
    "widensmemory 128 → 256 MB",
  ]);
  const texts = page.getByRole("tabpanel", { name: "Compare templates" });
  await expect(texts.getByText('"memoryMb": 256').first()).toBeVisible();

  // The sides may be any two: the commit stays, the other becomes another template.
  await page.getByRole("combobox", { name: "After" }).click();
  await page.getByRole("option", { name: "Plain", exact: true }).click();
  await expect(page.getByRole("list", { name: "Policy changes" })).toContainText(
    "may no longer read files in ./data",
  );
});

test("a template is compared with the snapshot that a session runs with", async ({ home }) => {
  const { page, workbench, template } = await openTemplate(home);
  await page.getByRole("button", { name: "Try it" }).click();
  await expect(workbench.combobox("Session")).toContainText("Log report");
  await page.getByRole("textbox", { name: "Memory" }).fill("64");
  await template.saveAndWait();
  await workbench.openView("Sessions");
  await page.getByRole("button", { name: "What changed" }).click();
  await expect(page.getByRole("list", { name: "Policy changes" }).getByRole("listitem")).toHaveText([
    "narrowsmemory 128 → 64 MB",
  ]);
  await expect(page.getByRole("combobox", { name: "Before" })).toContainText("Log report");
});

test("limits stand beside the peaks of the last runs", async ({ home }) => {
  const { page, workbench } = await openTemplate(home);
  await expect(page.getByText(/^Peak so far/)).toHaveCount(0);
  await workbench.choose("Script", /report\.js/);
  await workbench.choose("Template", "Log report");
  expect(await workbench.run()).toBe("ok");
  await page.getByRole("tab", { name: "Log report" }).click();
  await expect(page.getByText(/^Peak so far .* of 2 s$/)).toBeVisible();
  await expect(page.getByText(/^Peak so far .* of 128 MB$/)).toBeVisible();
});

test("startup files are reordered by dragging", async ({ home }) => {
  for (const name of ["one", "two", "three"])
    writeFileSync(join(home.workspace, "scripts", `${name}.js`), "0;\n");
  writeTemplate(home, "ordered.template.json", {
    name: "Ordered",
    startup: ["one", "two", "three"].map((name) => ({ path: `scripts/${name}.js`, mode: "eval" })),
  });
  const { page, template } = await openTemplate(home, "Ordered");
  const rows = page.getByRole("list", { name: "Startup files of this template" }).getByRole("listitem");
  await rows.nth(2).scrollIntoViewIfNeeded();
  await rows
    .nth(2)
    .dragTo(rows.nth(0), { sourcePosition: { x: 12, y: 12 }, targetPosition: { x: 12, y: 12 } });
  await expect(rows.first()).toHaveAccessibleName(/^1\. scripts\/three\.js/);
  await template.saveAndWait();
  expect(readTemplate(home, "ordered.template.json").startup?.map(({ path }) => path)).toEqual([
    "scripts/three.js",
    "scripts/one.js",
    "scripts/two.js",
  ]);
});

test("the picker takes folders, commands and origins, and hints at what adds nothing", async ({ home }) => {
  const { app, page, template } = await openTemplate(home, "Plain");
  await chooseFolder(app, join(home.workspace, "data"));
  await template.openPicker("fs");
  const hints = template.picker.getByRole("list", { name: "Worth a second look" });
  await template.picker.getByRole("button", { name: "Choose a folder for root 1" }).click();
  await expect(template.picker.getByRole("combobox", { name: "Path of root 1" })).toHaveValue("data");
  await template.picker.getByRole("button", { name: "Add root" }).click();
  await template.picker.getByRole("combobox", { name: "Path of root 2" }).fill("data");
  await expect(hints).toContainText("adds nothing");
  await template.picker.getByRole("button", { name: "Reset Roots to its default" }).click();
  await expect(hints).toHaveCount(0);
  await template.picker.getByRole("button", { name: "Add fs", exact: true }).click();

  await template.openPicker("exec");
  await template.picker.getByRole("combobox", { name: "Commands" }).fill("git");
  await page.keyboard.press("Enter");
  await expect(template.picker.getByRole("list", { name: "Effect preview" })).toContainText("may run git");
  await expect(hints).toContainText("the roots of fs do not hold them");
  await template.picker.getByRole("button", { name: "Remove command git" }).click();
  await expect(hints).toContainText("No command is listed: every command is refused.");
  await page.keyboard.press("Escape");
});
