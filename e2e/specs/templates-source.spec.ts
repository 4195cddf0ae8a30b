import { openTemplate, readTemplate } from "../fixtures/template-files";
import { expect, test } from "../fixtures/workbench";

test("the source completes keys, module names and values, and explains them on hover", async ({ home }) => {
  const { page, template } = await openTemplate(home);
  await template.showFace("JSON");
  const option = (name: RegExp) => page.getByRole("option", { name }).first();

  await template.writeSource('{\n  "name": "Log report",\n  "mod\n}');
  await template.findInSource('"mod');
  await page.keyboard.press("End");
  await page.keyboard.press("ControlOrMeta+Space");
  await expect(option(/^modules/)).toBeVisible();
  await page.keyboard.press("Escape");

  await template.writeSource('{\n  "name": "Log report",\n  "modules": {\n    "zi\n  }\n}');
  await template.findInSource('"zi');
  await page.keyboard.press("End");
  await page.keyboard.press("ControlOrMeta+Space");
  await expect(option(/^zip/)).toBeVisible();
  await page.keyboard.press("Escape");

  await template.writeSource(
    '{\n  "name": "Log report",\n  "modules": { "fs": { "roots": [{ "path": ".", "access": "" }] } },\n  "limits": { "cpuMs": 100 }\n}',
  );
  await template.findInSource('"access": "');
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ControlOrMeta+Space");
  await expect(option(/read-write/)).toBeVisible();
  await page.keyboard.press("Escape");

  await template.findInSource("cpuMs");
  await page.keyboard.press("ControlOrMeta+K");
  await page.keyboard.press("ControlOrMeta+I");
  await expect(page.getByText(/Computing time of one execution, in milliseconds/)).toBeVisible();
});

test("what is wrong is said at its place in the source, as it is typed", async ({ home }) => {
  const { page, template } = await openTemplate(home);
  await template.showFace("JSON");
  await template.writeSource('{\n  "name": "Log report",\n  "limits": {\n    "cpuMS": 100\n  }\n}');
  const problem = 'Unknown key "cpuMS". Did you mean "cpuMs"?';
  await expect(page.getByRole("alert").filter({ hasText: problem })).toBeVisible();
  await template.source.getByRole("textbox").first().focus();
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.press("F8");
  await expect(template.source.getByText(problem)).toBeVisible();
  await expect(template.save).toBeEnabled();
  await template.save.click();
  await expect(page.getByText(/cpuMS/).first()).toBeVisible();
  expect(Object.keys(readTemplate(home).limits ?? {})).not.toContain("cpuMS");
});

test("undo and redo go through form and source alike, and past a save", async ({ home }) => {
  const { page, template } = await openTemplate(home);
  await template.showFace("Both");
  const description = page.getByRole("textbox", { name: "Description" });
  const original = readTemplate(home).description ?? "";
  const memory = page.getByRole("textbox", { name: "Memory" });
  const undo = page.getByRole("button", { name: "Undo", exact: true });
  const redo = page.getByRole("button", { name: "Redo", exact: true });

  await description.fill("In the form");
  await template.findInSource('"memoryMb": 128');
  await page.keyboard.type('"memoryMb": 64');
  await expect(memory).toHaveValue("64");
  await template.saveAndWait();
  expect(readTemplate(home)).toMatchObject({ description: "In the form", limits: { memoryMb: 64 } });

  await memory.fill("32");
  for (let step = 0; (await undo.isEnabled()) && step < 40; step += 1) await undo.click();
  await expect(memory).toHaveValue("128");
  await expect(description).toHaveValue(original);
  // The file holds what was saved: the text before it is an unsaved change again.
  await expect(template.save).toBeEnabled();
  for (let step = 0; (await redo.isEnabled()) && step < 40; step += 1) await redo.click();
  await expect(memory).toHaveValue("32");
  await expect(description).toHaveValue("In the form");
  await undo.click();
  await expect(memory).toHaveValue("64");
  await expect(template.save).toBeDisabled();
});
