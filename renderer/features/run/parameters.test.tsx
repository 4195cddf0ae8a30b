import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, test } from "vitest";
import { WorkbenchError } from "../../../shared/model/error";
import type { Declaration, Parameter } from "../../../shared/model/parameters";
import { useValue, useWorkbench } from "../../state/context";
import { createWorkbench } from "../../state/workbench";
import { createMemoryApi, makeTemplate } from "../../testing/memory-api";
import { renderIn } from "../../testing/render";
import { registerRun } from "./feature";
import { RunBar } from "./RunBar";

const parameter = (name: string, type: Parameter["type"], more: Partial<Parameter> = {}): Parameter => ({
  name,
  type,
  presence: "optional",
  description: "",
  line: 1,
  ...more,
});

const PARAMETERS: Parameter[] = [
  parameter("path", { kind: "string" }, { presence: "required", description: "Where it begins." }),
  parameter("top", { kind: "integer" }, { default: 5 }),
  parameter("outcome", { kind: "choice", choices: ["any", "ok"] }, { default: "any" }),
  parameter("robots", { kind: "boolean" }, { description: "Counts them." }),
  parameter("tags", { kind: "list", of: { kind: "string" } }),
  parameter("log", { kind: "file" }, { default: "data/access.log" }),
];

function Dialogs() {
  const { dialogs } = useWorkbench();
  return useValue(dialogs.store, (state) => state.open).map(({ id, node }) => <div key={id}>{node}</div>);
}

async function setup(declaration: Partial<Declaration> = {}) {
  const api = createMemoryApi({
    files: { "a.js": "1", "plain.js": "2", "data/access.log": "", "data/other.log": "" },
    templates: [makeTemplate("Plain")],
  });
  api.answer("parameters.read", ({ path }) => ({
    declaration: {
      description: "Finds requests.",
      problems: [],
      ...declaration,
      parameters: path === "a.js" ? (declaration.parameters ?? PARAMETERS) : [],
    },
  }));
  const workbench = createWorkbench(api);
  registerRun(workbench);
  await workbench.files.load();
  await workbench.templates.load();
  await workbench.run.load();
  workbench.run.chooseScript("a.js");
  renderIn(
    workbench,
    <>
      <RunBar />
      <Dialogs />
    </>,
  );
  const user = userEvent.setup();
  const starts = () => api.calls.filter(({ name }) => name === "executions.start").map(({ input }) => input);
  return { api, workbench, user, starts };
}

const form = async () => within(await screen.findByRole("dialog", { name: "Arguments of a.js" }));
const press = (name: string) => screen.findByRole("button", { name });

describe("a script that declares parameters", () => {
  test("Run asks for what is missing, runs with what was given, and remembers it", async () => {
    const { api, user, starts, workbench } = await setup();
    await user.click(await press("Run"));
    const dialog = await form();
    expect(dialog.getByText("Finds requests.")).toBeDefined();
    const path = dialog.getByRole("textbox", { name: "path" });
    expect(path.getAttribute("aria-invalid")).toBe("true");
    expect(dialog.getByText("path is missing: give text.")).toBeDefined();
    expect(dialog.getByText(/Where it begins\./)).toBeDefined();
    expect(starts()).toEqual([]);

    await user.type(path, "/products");
    await user.click(dialog.getByRole("switch", { name: "robots" }));
    await user.click(dialog.getByRole("button", { name: "Save and run" }));
    await waitFor(() => expect(starts()).toHaveLength(1));
    const args = {
      path: "/products",
      top: 5,
      outcome: "any",
      robots: true,
      tags: [],
      log: "data/access.log",
    };
    expect(starts()[0]).toMatchObject({ request: { path: "a.js", args } });
    expect(workbench.run.inputOf("a.js").args).toBe('{"path":"/products","robots":true}');

    const [execution] = api.executions;
    if (execution !== undefined) api.finish(execution, {});
    await user.click(await press("Run"));
    await waitFor(() => expect(starts()).toHaveLength(2));
    expect(starts()[1]).toMatchObject({ request: { args } });
  });

  test("the form shows defaults, checks as one types, and gives them back", async () => {
    const { user, workbench } = await setup();
    workbench.run.setInput("a.js", { args: '{"path":"/a","top":3,"gone":1}', env: {} });
    await user.click(await press("Arguments and environment"));
    const dialog = await form();
    const top = dialog.getByRole<HTMLInputElement>("textbox", { name: "top" });
    expect(top.value).toBe("3");
    expect(dialog.getByRole("combobox", { name: "outcome" }).textContent).toContain("any");
    await user.type(top, ".5");
    expect(dialog.getByText('top must be a whole number, not "3.5".')).toBeDefined();
    expect(dialog.getByRole<HTMLButtonElement>("button", { name: "Save" }).disabled).toBe(true);
    await user.click(dialog.getByRole("button", { name: "Defaults" }));
    expect(top.value).toBe("5");
    expect(dialog.queryByText(/path is missing/)).toBeNull();
    await user.click(dialog.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(workbench.run.inputOf("a.js").args).toBe(""));
  });

  test("lists are chips, also what was typed and not added yet; files are suggested", async () => {
    const { user, workbench } = await setup();
    await user.click(await press("Arguments and environment"));
    const dialog = await form();
    await user.type(dialog.getByRole("combobox", { name: "tags" }), "one{Enter}two");
    const log = dialog.getByRole("combobox", { name: "log" });
    await user.clear(log);
    await user.type(log, "other");
    await user.click(await screen.findByRole("option", { name: "data/other.log" }));
    await user.click(dialog.getByRole("button", { name: "Save" }));
    await waitFor(() =>
      expect(workbench.run.inputOf("a.js").args).toBe('{"tags":["one","two"],"log":"data/other.log"}'),
    );
  });

  test("Enter in a field runs; a field that is still missing gets the focus", async () => {
    const { user, starts } = await setup();
    await user.click(await press("Arguments and environment"));
    const dialog = await form();
    await user.type(dialog.getByRole("textbox", { name: "top" }), "{Enter}");
    const path = dialog.getByRole("textbox", { name: "path" });
    expect(document.activeElement).toBe(path);
    await user.type(path, "/{Enter}");
    await waitFor(() => expect(starts()).toHaveLength(1));
  });

  test("a declaration that cannot be understood is shown with its line, in the form and in the editor", async () => {
    const problems = [{ line: 3, column: 4, message: "There is no type {text}." }];
    const { user, workbench, starts } = await setup({ problems });
    await user.click(await press("Arguments and environment"));
    expect((await form()).getByRole("alert").textContent).toContain("Line 3: There is no type {text}.");
    await user.keyboard("{Escape}");
    await user.click(await press("Run"));
    await waitFor(() =>
      expect(workbench.reveal.store.getState().place).toMatchObject({ path: "a.js", line: 3 }),
    );
    expect(workbench.notices.store.getState().notices.at(-1)).toMatchObject({
      code: "VALIDATION_ERROR",
      message: "a.js:3: There is no type {text}.",
    });
    expect(starts()).toEqual([]);
  });

  test("running an old execution again asks when its arguments no longer fit", async () => {
    const { api, user, workbench, starts } = await setup();
    workbench.run.setInput("a.js", { args: '{"path":"/then","top":3}', env: { MODE: "x" } });
    const execution = await workbench.run.run();
    if (execution === undefined) throw new Error("nothing ran");
    const ended = api.finish(execution, {});
    const details = { script: "a.js", parameters: ["top"], given: { path: "/then", top: "many" } };
    api.answer("executions.start", () => {
      throw new WorkbenchError("VALIDATION_ERROR", "a.js: top must be a whole number.", details);
    });
    workbench.notices.attempt(async () => void (await workbench.run.repeat(ended, null)));
    const dialog = await form();
    expect(dialog.getByRole<HTMLInputElement>("textbox", { name: "path" }).value).toBe("/then");
    expect(dialog.getByText('top must be a whole number, not "many".')).toBeDefined();
    await user.click(dialog.getByRole("button", { name: "Cancel" }));
    expect(starts().at(-1)).toMatchObject({
      request: { args: { path: "/then", top: 3 }, env: { MODE: "x" } },
    });
  });

  test("“Run again with the same arguments” means those of that run, whatever is remembered now", async () => {
    const { api, workbench, starts } = await setup();
    workbench.run.setInput("a.js", { args: '{"path":"/then"}', env: {} });
    const execution = await workbench.run.run();
    if (execution === undefined) throw new Error("nothing ran");
    api.finish(execution, {});
    workbench.run.setInput("a.js", { args: '{"path":"/now"}', env: {} });
    workbench.commands.run("run.again");
    await waitFor(() => expect(starts()).toHaveLength(2));
    expect(starts()[1]).toMatchObject({ request: { args: { path: "/then", top: 5 } } });
  });
});

test("a script without a declaration keeps its JSON arguments", async () => {
  const { user, workbench } = await setup();
  workbench.run.chooseScript("plain.js");
  await user.click(await press("Arguments and environment"));
  const dialog = within(await screen.findByRole("dialog", { name: "Arguments of plain.js" }));
  await user.click(dialog.getByRole("textbox", { name: "Arguments (JSON)" }));
  await user.paste("[1, 2]");
  await user.click(dialog.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(workbench.run.inputOf("plain.js").args).toBe("[1, 2]"));
});
