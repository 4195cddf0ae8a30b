// @ts-check

/**
 * Picks an option of a combobox by its role, whether it is the browser's own or one made of a button and a list.
 *
 * @param {import("playwright").Page} page
 * @param {string} name the combobox's accessible name
 * @param {RegExp} option the option's accessible name
 * @returns {Promise<string>} what is chosen now, as the window shows it
 */
export async function choose(page, name, option) {
  const box = page.getByRole("combobox", { name, exact: true });
  await box.waitFor();
  const isNative = await box.evaluate((element) => element.tagName === "SELECT");
  if (isNative) {
    const label = (await box.getByRole("option", { name: option }).first().textContent()) ?? "";
    await box.selectOption({ label });
    return label.trim();
  }
  await box.click();
  const found = page.getByRole("option", { name: option }).first();
  const label = (await found.innerText()).trim();
  await found.click();
  return label.split("\n", 1)[0] ?? label;
}
