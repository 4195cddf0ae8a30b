import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, test } from "vitest";
import { createWorkbench } from "../../state/workbench";
import { createMemoryApi, makeTemplate } from "../../testing/memory-api";
import { renderIn } from "../../testing/render";
import { ReplView } from "./ReplView";

async function setup() {
  const api = createMemoryApi({ templates: [makeTemplate("Plain")] });
  const workbench = createWorkbench(api);
  await workbench.templates.load();
  await workbench.run.load();
  renderIn(workbench, <ReplView />);
  const input = screen.getByRole<HTMLTextAreaElement>("textbox", { name: "REPL input" });
  return { api, workbench, input, user: userEvent.setup() };
}
const sources = (api: ReturnType<typeof createMemoryApi>) => api.executions.map(({ source }) => source);

describe("the REPL", () => {
  test("Enter runs what is complete; the first input starts a session", async () => {
    const { api, input, user } = await setup();
    await user.type(input, "1 + 1{Enter}");
    await waitFor(() => expect(sources(api)).toEqual(["1 + 1"]));
    expect(input.value).toBe("");
  });

  test("Enter breaks the line of what is not complete", async () => {
    const { api, input, user } = await setup();
    api.answer("repl.check", ({ source }) => ({ state: source.includes("}") ? "complete" : "incomplete" }));
    await user.type(input, "if (true) {{{Enter}");
    await waitFor(() => expect(input.value).toBe("if (true) {\n"));
    await user.type(input, "}}{Enter}");
    await waitFor(() => expect(sources(api)).toHaveLength(1));
  });

  test("Up and Down walk through the history and come back to what was being written", async () => {
    const { workbench, input, user } = await setup();
    workbench.repl.ran("first");
    workbench.repl.ran("second");
    await user.type(input, "unfinished{ArrowUp}");
    expect(input.value).toBe("second");
    await user.keyboard("{ArrowUp}");
    expect(input.value).toBe("first");
    await user.keyboard("{ArrowDown}{ArrowDown}");
    expect(input.value).toBe("unfinished");
  });

  test("completions of the live session are offered and accepted with Tab", async () => {
    const { api, workbench, input, user } = await setup();
    await workbench.run.startSession();
    api.answer("repl.complete", () => ({
      from: 4,
      items: [
        { label: "max", kind: "method", detail: "max(a: number): number", summary: "Gives the larger one." },
        { label: "map", kind: "method" },
      ],
    }));
    await user.type(input, "set.ma");
    const first = await screen.findByRole("option", { name: /^max/ });
    expect(first.textContent).toContain("max(a: number): number");
    expect(first.textContent).toContain("Gives the larger one.");
    await user.keyboard("{ArrowDown}{Tab}");
    expect(input.value).toBe("set.map");
  });
});
