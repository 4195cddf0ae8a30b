import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, test } from "vitest";
import type { ExecutionEvent } from "../../../shared/model/event";
import { consoleOptions } from "../../log/options";
import { createWorkbench } from "../../state/workbench";
import { createMemoryApi, makeTemplate } from "../../testing/memory-api";
import { renderIn } from "../../testing/render";
import { ConsoleView } from "./ConsoleView";

beforeEach(() => consoleOptions.setState({ hidden: new Set(), query: "", timestamps: false, follow: true }));

const said = (
  seq: number,
  level: "log" | "warn" | "error",
  text: string,
  more: object = {},
): ExecutionEvent => ({
  type: "console",
  seq,
  ts: seq,
  payload: { level, method: level, text, ...more },
});

async function setup() {
  const api = createMemoryApi({ files: { "a.js": "" }, templates: [makeTemplate("Plain")] });
  const workbench = createWorkbench(api);
  await workbench.templates.load();
  await workbench.run.load();
  workbench.run.chooseScript("a.js");
  const execution = await workbench.run.run();
  if (execution === undefined) throw new Error("Nothing runs.");
  renderIn(workbench, <ConsoleView />);
  const log = screen.getByRole("log", { name: "Console" });
  const emit = (...events: ExecutionEvent[]) => act(() => api.events(execution, events));
  return { api, workbench, execution, log, emit, user: userEvent.setup() };
}

describe("the console", () => {
  test("shows lines as they come", async () => {
    const { log, emit } = await setup();
    emit(said(1, "log", "first"), said(2, "warn", "second"));
    expect(await within(log).findByText("first")).toBeDefined();
    expect(within(log).getByText("second")).toBeDefined();
  });

  test("hides levels that are filtered out", async () => {
    const { log, emit, user } = await setup();
    emit(said(1, "log", "plain"), said(2, "error", "broken"));
    await within(log).findByText("plain");
    await user.click(screen.getByRole("button", { name: "Levels" }));
    await user.click(await screen.findByRole("menuitemcheckbox", { name: "Errors only" }));
    await waitFor(() => expect(within(log).queryByText("plain")).toBeNull());
    expect(within(log).getByText("broken")).toBeDefined();
  });

  test("the levels say how many events each has, or hits while searching", async () => {
    const { log, emit, user } = await setup();
    emit(said(1, "log", "one apple"), said(2, "error", "bad apple"), said(3, "error", "bad pear"));
    await within(log).findByText("one apple");
    consoleOptions.setState({ hidden: new Set(["error"]) });
    const counts = async () => {
      await user.click(screen.getByRole("button", { name: "Levels" }));
      const items = (await screen.findAllByRole("menuitemcheckbox")).map(({ textContent }) => textContent);
      await user.keyboard("{Escape}");
      return items.slice(2);
    };
    expect(await counts()).toEqual(["Errors2", "Warnings0", "Info0", "Log1", "Debug0"]);
    act(() => consoleOptions.setState({ query: "apple" }));
    expect(await counts()).toEqual(["Errors1", "Warnings0", "Info0", "Log1", "Debug0"]);
  });

  test("the counts of levels say when there is more than what is loaded, and search counts that too", async () => {
    const { api, log, emit, user } = await setup();
    api.answer("executions.searchEvents", () => ({
      hits: { debug: [], log: [7, 8], info: [], warn: [], error: [3] },
      through: 4999,
    }));
    // The first hit is read, with those around it.
    api.answer("executions.events", ({ after = 0, limit = 0 }) => ({
      events: Array.from({ length: limit }, (_, index) => after + 1 + index).map((seq) =>
        said(seq, seq === 3 ? "error" : "log", [3, 7, 8].includes(seq) ? "apple" : "pear"),
      ),
      total: 5000,
    }));
    emit(said(5000, "log", "one apple"));
    await within(log).findByText("one apple");
    await user.click(screen.getByRole("button", { name: "Levels" }));
    expect(await screen.findByRole("menuitemcheckbox", { name: /^Log\s?1\+$/ })).toBeDefined();
    act(() => consoleOptions.setState({ query: "apple" }));
    expect(await screen.findByRole("menuitemcheckbox", { name: /^Log\s?3$/ })).toBeDefined();
    expect(screen.getByRole("menuitemcheckbox", { name: /^Errors\s?1$/ })).toBeDefined();
  });

  test("search counts its hits and marks them", async () => {
    const { log, emit, user } = await setup();
    emit(said(1, "log", "one apple"), said(2, "log", "two pears"), said(3, "log", "Apple pie"));
    await within(log).findByText("one apple");
    await user.type(screen.getByRole("searchbox", { name: "Search the console" }), "apple");
    expect((await screen.findByRole("status")).textContent).toBe("1 of 2");
    expect(log.querySelectorAll("mark")).toHaveLength(2);
  });

  test("search finds what is not loaded, and leads there", async () => {
    const { api, log, emit, user } = await setup();
    const asked: string[] = [];
    api.answer("executions.searchEvents", ({ text, after = 0 }) => {
      asked.push(text);
      // Two steps, as for a long output.
      const seqs = [20, 2500, 4000].filter((seq) => seq > after && seq <= after + 2500);
      return {
        hits: { debug: [], log: seqs, info: [], warn: [], error: [] },
        through: Math.min(4999, after + 2500),
      };
    });
    api.answer("executions.events", ({ after = 0, limit = 0 }) => ({
      events: Array.from({ length: limit }, (_, index) =>
        said(after + 1 + index, "log", `apple ${after + 1 + index}`),
      ),
      total: 5000,
    }));
    emit(said(5000, "log", "one apple"));
    await within(log).findByText("one apple");
    await user.type(screen.getByRole("searchbox", { name: "Search the console" }), "apple");
    await waitFor(() => expect(screen.getByRole("status").textContent).toBe("1 of 4"));
    expect(asked.at(-1)).toBe("apple");
    // The first hit was not loaded: those around it are now, each of them a hit that the page counts itself.
    await waitFor(() => expect(log.querySelector("[data-hit]")?.textContent).toBe("apple 20"));
    expect(screen.getByRole("status").textContent).toBe("20 of 223");
    await user.keyboard("{Shift>}{Enter}{/Shift}");
    expect(screen.getByRole("status").textContent).toBe("19 of 223");
  });

  test("hits of hidden levels do not count", async () => {
    const { api, log, emit } = await setup();
    api.answer("executions.searchEvents", ({ after = 0 }) => ({
      hits: {
        debug: [],
        log: after === 0 ? [3007, 3008] : [],
        info: [],
        warn: [],
        error: after === 0 ? [5] : [],
      },
      through: 4999,
    }));
    emit(said(5000, "log", "one apple"));
    await within(log).findByText("one apple");
    consoleOptions.setState({ hidden: new Set(["log"]), query: "apple" });
    await waitFor(() => expect(screen.getByRole("status").textContent).toBe("1 of 1"));
    act(() => consoleOptions.setState({ hidden: new Set(["error"]) }));
    expect(screen.getByRole("status").textContent).toMatch(/of 3$/);
  });

  test("the frames of a logged error are links, beside the button that opens it", async () => {
    const { log, emit } = await setup();
    emit(
      said(1, "error", "failed", {
        args: [
          {
            type: "object",
            subtype: "error",
            className: "Error",
            preview: "Error: no light\n    at scripts/lamp.js:3:7",
            objectId: "o1",
          },
        ],
      }),
    );
    expect(
      await within(log).findByRole("button", { name: "Error: no light", expanded: false }),
    ).toBeDefined();
    expect(within(log).getByRole("button", { name: "scripts/lamp.js:3:7" })).toBeDefined();
  });

  test("groups fold", async () => {
    const { log, emit, user } = await setup();
    emit(
      said(1, "log", "Group", { method: "group" }),
      said(2, "log", "  inside", { group: 1 }),
      said(3, "log", "outside"),
    );
    expect(await within(log).findByText("inside")).toBeDefined();
    await user.click(within(log).getByRole("button", { name: "Group" }));
    await waitFor(() => expect(within(log).queryByText("inside")).toBeNull());
    expect(within(log).getByText("outside")).toBeDefined();
  });

  test("objects open into properties that the session gives on demand", async () => {
    const { api, log, emit, user } = await setup();
    api.answer("values.expand", ({ objectId }) => ({
      properties: [
        {
          name: "deep",
          kind: "property",
          enumerable: true,
          value: { type: "string", preview: `'of ${objectId}'` },
        },
      ],
    }));
    emit(said(1, "log", "{ a: 1 }", { args: [{ type: "object", preview: "{ a: 1 }", objectId: "o1" }] }));
    await user.click(await within(log).findByRole("button", { name: "{ a: 1 }" }));
    expect(await within(log).findByText("'of o1'")).toBeDefined();
  });

  test("a getter runs only when it is asked for", async () => {
    const { api, log, emit, user } = await setup();
    api.answer("values.expand", () => ({
      properties: [{ name: "total", kind: "accessor", enumerable: true }],
    }));
    api.answer("values.invokeGetter", ({ name }) => ({
      value: { type: "number", preview: name === "total" ? "42" : "?" },
    }));
    emit(said(1, "log", "Invoice {}", { args: [{ type: "object", preview: "Invoice {}", objectId: "o2" }] }));
    await user.click(await within(log).findByRole("button", { name: "Invoice {}" }));
    const getter = await within(log).findByRole("button", { name: "Run the getter total" });
    expect(api.calls.some(({ name }) => name === "values.invokeGetter")).toBe(false);
    await user.click(getter);
    expect(await within(log).findByText("42")).toBeDefined();
  });

  test("places in stack frames lead to their file", async () => {
    const { workbench, log, emit, user } = await setup();
    emit({
      type: "exception",
      seq: 1,
      ts: 1,
      payload: { name: "TypeError", message: "no", stack: "    at run (lib/util.js:12:3)" },
    });
    await user.click(await within(log).findByRole("button", { name: "lib/util.js:12:3" }));
    expect(workbench.reveal.store.getState().place).toEqual({ path: "lib/util.js", line: 12, column: 3 });
    expect(workbench.tabs.active()?.id).toBe("script:lib/util.js");
  });

  test("MODULE_NOT_ENABLED offers one button that leads to the offer", async () => {
    const { workbench, log, emit, user } = await setup();
    emit({
      type: "exception",
      seq: 1,
      ts: 1,
      payload: {
        name: "Error",
        message: "fs is not enabled",
        code: "MODULE_NOT_ENABLED",
        details: { module: "fs", template: "Plain" },
      },
    });
    await user.click(await within(log).findByRole("button", { name: "Enable fs in Plain" }));
    expect(workbench.enableModule.store.getState().request).toEqual({
      kind: "module",
      name: "fs",
      template: "plain.template.json",
      rerun: true,
    });
  });

  test("a library that no template lists is offered the same way, in a new template", async () => {
    const { workbench, log, emit, user } = await setup();
    workbench.run.chooseTemplate(null);
    emit({
      type: "exception",
      seq: 1,
      ts: 1,
      payload: {
        name: "Error",
        message: "The library lodash is not listed",
        code: "MODULE_NOT_ENABLED",
        details: { library: "lodash" },
      },
    });
    await user.click(await within(log).findByRole("button", { name: "Enable lodash in a new template" }));
    expect(workbench.enableModule.store.getState().request).toEqual({
      kind: "library",
      name: "lodash",
      template: null,
      rerun: true,
    });
  });

  test("the end of an execution says what it cost", async () => {
    const { api, execution, log, emit } = await setup();
    emit(said(1, "log", "done"));
    act(
      () =>
        void api.finish(execution, {
          metrics: {
            cpuMs: 12,
            wallMs: 42,
            memoryPeakBytes: 2 * 1024 * 1024,
            events: 1,
            outputBytes: 4,
            hostCalls: 0,
          },
        }),
    );
    expect(await within(log).findByText("Finished in 42 ms")).toBeDefined();
    expect(within(log).getByText("CPU 12 ms · peak 2 MB · 1 event")).toBeDefined();
  });

  test("a line is copied, and its place opened, by its menu", async () => {
    const { api, workbench, log, emit, user } = await setup();
    emit(
      said(1, "log", "first"),
      said(2, "warn", "\u001b[31msecond\u001b[0m", { location: { path: "a.js", line: 7 } }),
    );
    const choose = async (text: string, item: string) => {
      fireEvent.contextMenu(await within(log).findByText(text));
      await user.click(await screen.findByRole("menuitem", { name: item }));
    };
    const copied = () => api.calls.filter(({ name }) => name === "app.copyText").map(({ input }) => input);
    await choose("second", "Copy the line");
    await choose("first", "Copy the event as JSON");
    expect(copied()).toEqual([
      { text: "second" },
      { text: expect.stringContaining('"text": "first"') as unknown },
    ]);
    fireEvent.contextMenu(within(log).getByText("first"));
    await screen.findByRole("menu");
    expect(screen.queryByRole("menuitem", { name: /^Go to/ })).toBeNull();
    await user.keyboard("{Escape}");
    await choose("second", "Go to a.js:7");
    expect(workbench.reveal.store.getState().place).toEqual({ path: "a.js", line: 7 });
  });

  test("clearing empties it", async () => {
    const { log, emit, user } = await setup();
    emit(said(1, "log", "old"));
    await within(log).findByText("old");
    await user.click(screen.getByRole("button", { name: "Clear the console" }));
    expect(within(log).queryByText("old")).toBeNull();
  });
});
