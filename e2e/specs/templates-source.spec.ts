import { LOG_REPORT, openTemplate, readTemplate, writeTemplate } from "../fixtures/template-files";
import { expect, test } from "../fixtures/workbench";

test("the source completes keys, module names and values, and explains them on hover", async ({ home }) => {
  const { page, template } = await openTemplate(home);
  await template.showFace("JSON");
  for (const { source, after, offered } of [
    { source: '{ "name": "T", "mod }', after: '"mod', offered: /^modules/ },
    { source: '{ "name": "T", "modules": { "zi } }', after: '"zi', offered: /^zip/ },
    {
      source: '{ "name": "T", "modules": { "fs": { "roots": [{ "path": ".", "access": "" }] } } }',
      after: '"access": "',
      offered: /read-write/,
    },
    { source: '{ "name": "T", "libraries": [""] }', after: '"libraries": ["', offered: /lodash/ },
  ]) {
    await template.writeSource(source);
    await template.findInSource(after);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ControlOrMeta+Space");
    await expect(page.getByRole("option", { name: offered }).first()).toBeVisible();
    await page.keyboard.press("Escape");
  }

  await template.writeSource('{ "name": "T", "limits": { "cpuMs": 100 } }');
  await template.findInSource("cpuMs");
  await page.keyboard.press("ControlOrMeta+K");
  await page.keyboard.press("ControlOrMeta+I");
  await expect(page.getByText(/Computing time of one execution, in milliseconds/)).toBeVisible();
});

test("what is wrong is said at its place in the source, as it is typed", async ({ home }) => {
  const { page, template } = await openTemplate(home);
  await template.showFace("JSON");
  await template.writeSource('{ "name": "Log report", "limits": { "cpuMS": 100 } }');
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
  writeTemplate(home, LOG_REPORT, { ...readTemplate(home), limits: { memoryMb: 128 } });
  const { page, template } = await openTemplate(home);
  await template.showFace("Both");
  const description = page.getByRole("textbox", { name: "Description" });
  const original = readTemplate(home).description ?? "";
  const memory = page.getByRole("textbox", { name: "Memory" });
  const undo = page.getByRole("button", { name: "Undo", exact: true });
  const redo = page.getByRole("button", { name: "Redo", exact: true });

  await description.fill("In the form");
  await template.findInSource("128");
  await page.keyboard.type("64");
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
