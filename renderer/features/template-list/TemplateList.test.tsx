import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { createWorkbench } from "../../state/workbench";
import { createMemoryApi, makeTemplate } from "../../testing/memory-api";
import { renderIn } from "../../testing/render";
import { TemplateList } from "./TemplateList";

async function show(count: number) {
  const names = Array.from({ length: count }, (_, index) => `Template ${index}`);
  const api = createMemoryApi({
    templates: names.map((name, index) => makeTemplate(name, index === 3 ? { zip: {} } : {})),
  });
  const workbench = createWorkbench(api);
  await workbench.templates.load();
  renderIn(workbench, <TemplateList />);
  const rows = () => within(screen.getByRole("list", { name: "Templates" })).queryAllByRole("listitem");
  return { api, workbench, rows, user: userEvent.setup() };
}

test("of a thousand templates only the rows in view exist, and they say how many there are", async () => {
  const { rows } = await show(1000);
  expect(rows().length).toBeGreaterThan(5);
  expect(rows().length).toBeLessThan(100);
  expect(rows()[0]?.getAttribute("aria-setsize")).toBe("1000");
});

test("the list follows every letter of the search: names, and modules that they list", async () => {
  const { rows, user } = await show(1000);
  const search = screen.getByRole("searchbox", { name: "Search templates" });
  await user.type(search, "template 99");
  expect(rows()[0]?.getAttribute("aria-setsize")).toBe("11");
  await user.type(search, "9");
  expect(rows().map((row) => row.textContent)).toEqual([expect.stringContaining("Template 999")]);
  await user.clear(search);
  await user.type(search, "zip");
  expect(rows().map((row) => row.textContent)).toEqual([expect.stringContaining("Template 3")]);
  await user.type(search, "per");
  expect(screen.queryByText("No template fits “zipper”.")).not.toBeNull();
});

/** What jsdom lacks: the data of a drag. */
const transfer = (files: readonly File[], text = "") => ({
  types: files.length > 0 ? ["Files"] : ["text/plain"],
  files,
  items: [],
  getData: () => text,
});

test("what is dropped goes to the import as it stands, several files as one text", async () => {
  const { api, workbench } = await show(1);
  const received: unknown[] = [];
  workbench.commands.add({
    id: "template.import",
    title: "Import",
    category: "Template",
    run: (text) => void received.push(text),
  });
  api.answer("templates.bundleFiles", ({ files }) => ({ text: files.map(({ file }) => file).join("+") }));
  const list = screen.getByRole("list", { name: "Templates" });
  const one = new File(['{"name":"One"}'], "one.json");
  const two = new File(["{}"], "two.template.json");
  const note = new File(["x"], "note.txt");
  fireEvent.drop(list, { dataTransfer: transfer([one]) });
  await waitFor(() => expect(received).toEqual(['{"name":"One"}']));
  fireEvent.drop(list, { dataTransfer: transfer([one, note, two]) });
  await waitFor(() => expect(received[1]).toBe("one.json+two.template.json"));
  fireEvent.drop(list, { dataTransfer: transfer([], '{"name":"Text"}') });
  await waitFor(() => expect(received[2]).toBe('{"name":"Text"}'));
  fireEvent.drop(list, { dataTransfer: transfer([note, note]) });
  await waitFor(() =>
    expect(workbench.notices.store.getState().notices.at(-1)?.message).toContain("There is no template file"),
  );
  expect(received).toHaveLength(3);
});
