import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, test } from "vitest";
import { createWorkbench } from "../../state/workbench";
import { createMemoryApi, makeTemplate } from "../../testing/memory-api";
import { renderIn } from "../../testing/render";
import { registerRun } from "./feature";
import { RunBar } from "./RunBar";

async function setup() {
  const api = createMemoryApi({
    files: { "a.js": "1", "b.ts": "2", "notes.md": "" },
    templates: [makeTemplate("Plain"), makeTemplate("Reports", { yaml: {} })],
  });
  const workbench = createWorkbench(api);
  registerRun(workbench);
  await workbench.files.load();
  await workbench.templates.load();
  await workbench.run.load();
  renderIn(workbench, <RunBar />);
  return { api, workbench, user: userEvent.setup() };
}
const combobox = (name: string) => screen.getByRole("combobox", { name });

describe("the run bar", () => {
  test("pressing Run leaves the focus, and so the selection, where it is", async () => {
    const { user, workbench } = await setup();
    workbench.run.chooseScript("a.js");
    combobox("Script").focus();
    await user.click(await screen.findByRole("button", { name: "Run" }));
    expect(document.activeElement).toBe(combobox("Script"));
  });

  test("offers the workspace's scripts, and only scripts", async () => {
    const { user } = await setup();
    await user.click(combobox("Script"));
    expect(screen.getAllByRole("option").map((option) => option.getAttribute("aria-label"))).toEqual([
      "a.js",
      "b.ts",
    ]);
  });

  test("a list can be filtered by typing", async () => {
    const { workbench, user } = await setup();
    await user.click(combobox("Template"));
    await user.type(screen.getByRole("combobox", { name: "Find" }), "rep{Enter}");
    expect(workbench.run.store.getState().template).toBe("reports.template.json");
    expect(combobox("Template").textContent).toContain("Reports");
  });

  test("Run is off without a script, and Stop while nothing runs", async () => {
    await setup();
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Run" }).disabled).toBe(true);
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Stop" }).disabled).toBe(true);
  });

  test("Run starts a session, names it in the combobox and lets Stop end the run", async () => {
    const { api, user, workbench } = await setup();
    workbench.run.chooseScript("a.js");
    await user.click(await screen.findByRole("button", { name: "Run" }));
    await waitFor(() =>
      expect(screen.getByRole<HTMLButtonElement>("button", { name: "Stop" }).disabled).toBe(false),
    );
    expect(combobox("Session").textContent).toContain("Plain 1");
    await user.click(screen.getByRole("button", { name: "Stop" }));
    expect(api.calls.some(({ name }) => name === "executions.stop")).toBe(true);
  });

  test("how a run ended is said in words, and announced", async () => {
    const { api, workbench } = await setup();
    workbench.run.chooseScript("a.js");
    const execution = await workbench.run.run();
    if (execution !== undefined) api.finish(execution, { status: "cancelled", stop: "interrupted" });
    expect(await screen.findByText(/^Stopped/)).toBeDefined();
    expect(workbench.announcer.store.getState().polite).toContain("keeps its state");
  });

  test("a template that changed since the session started offers a restart", async () => {
    const { api, user, workbench } = await setup();
    await workbench.run.startSession();
    await workbench.templates.addModule("plain.template.json", "fs");
    await user.click(await screen.findByRole("button", { name: "Restart to apply" }));
    await waitFor(() => expect(Object.keys(api.sessions.at(-1)?.template.modules ?? {})).toEqual(["fs"]));
    expect(api.sessions[0]?.status).toBe("closed");
  });
});
