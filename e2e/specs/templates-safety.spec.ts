import { chmodSync, existsSync, readFileSync, rmSync } from "node:fs";
import {
  LOG_REPORT,
  openTemplate,
  readTemplate,
  templatePath,
  writeTemplate,
} from "../fixtures/template-files";
import { expect, test } from "../fixtures/workbench";

test("a template of a newer version is read-only and stays as it is", async ({ home }) => {
  writeTemplate(home, "future.template.json", { version: 2, name: "Future", wonders: true });
  const before = readFileSync(templatePath(home, "future.template.json"), "utf8");
  const { page, template } = await openTemplate(home, "Future");
  await expect(
    page.getByText(/This template has version 2; this application reads version 1/).first(),
  ).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Name" })).toBeDisabled();
  await expect(template.save).toBeDisabled();
  expect(readFileSync(templatePath(home, "future.template.json"), "utf8")).toBe(before);
});

test("two files with one id both stay, say so, and one gets an id of its own", async ({ home }) => {
  const { id } = readTemplate(home);
  writeTemplate(home, "twin.template.json", { id, name: "Twin", modules: {} });
  const { page, template } = await openTemplate(home, "Twin");
  await expect(page.getByText(/log-report\.template\.json has the same id/).first()).toBeVisible();
  await page.getByRole("button", { name: "Give this one an id of its own" }).click();
  await template.saveAndWait();
  await expect(page.getByText(/has the same id/)).toHaveCount(0);
  expect(readTemplate(home, "twin.template.json").id).not.toBe(id);
  expect(readTemplate(home).id).toBe(id);
});

test("two files of one name say so, without offering an id that would not help", async ({ home }) => {
  writeTemplate(home, "other.template.json", { name: "LOG REPORT", modules: {} });
  const { page, template } = await openTemplate(home, "LOG REPORT");
  await expect(page.getByText(/has the same name "LOG REPORT"/).first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Give this one an id of its own" })).toHaveCount(0);
  await page.getByRole("textbox", { name: "Name" }).fill("Another report");
  await template.saveAndWait();
  await expect(page.getByText(/has the same name/)).toHaveCount(0);
});

test("files that differ only in upper and lower case are both shown with the reason", async ({ home }) => {
  test.skip(process.platform !== "linux", "Elsewhere the two are one file.");
  writeTemplate(home, "PLAIN.template.json", { name: "Shouting", modules: {} });
  const { page } = await openTemplate(home, "Shouting");
  await expect(
    page.getByText(/differs from this file's name only in upper and lower case/).first(),
  ).toBeVisible();
});

test("a template that is deleted while it is edited keeps its text and can be written again", async ({
  home,
}) => {
  const { page } = await openTemplate(home);
  await page.getByRole("textbox", { name: "Description" }).fill("mine");
  rmSync(templatePath(home, LOG_REPORT));
  await expect(page.getByText("This template was removed from disk. Its text is kept here.")).toBeVisible();
  expect(existsSync(templatePath(home, LOG_REPORT))).toBe(false);
  await page.getByRole("button", { name: "Write it again" }).click();
  await expect.poll(() => existsSync(templatePath(home, LOG_REPORT))).toBe(true);
  expect(readTemplate(home).description).toBe("mine");
});

test("a read-only file is shown as such and is not written", async ({ home }) => {
  chmodSync(templatePath(home, LOG_REPORT), 0o444);
  const { page, template } = await openTemplate(home);
  await expect(page.getByText(/This template cannot be written here/)).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Name" })).toBeDisabled();
  await expect(template.save).toBeDisabled();
  await expect(page.getByRole("button", { name: "Add module", exact: true })).toBeDisabled();
  await template.act("Log report", "Duplicate…");
  const dialog = page.getByRole("dialog", { name: "Duplicate template" });
  await dialog.getByRole("textbox", { name: "Name" }).fill("Mine");
  await dialog.getByRole("button", { name: "Duplicate" }).click();
  await expect(page.getByRole("tab", { name: "Mine", exact: true })).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Name" })).toBeEnabled();
});
