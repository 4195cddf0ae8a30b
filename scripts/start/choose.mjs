// @ts-check

/**
 * Picks an option of a combobox: a button that opens a list of options.
 *
 * @param {import("playwright").Page} page
 * @param {string} name the combobox's accessible name
 * @param {RegExp} option the option's accessible name
 * @returns {Promise<string>} what is chosen now, as the window shows it
 */
export async function choose(page, name, option) {
  const box = page.getByRole("combobox", { name, exact: true });
  await box.waitFor();
  await box.click();
  const found = page.getByRole("option", { name: option }).first();
  const label = (await found.innerText()).trim();
  await found.click();
  return label.split("\n", 1)[0] ?? label;
}
