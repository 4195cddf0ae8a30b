import { describe, expect, test, vi } from "vitest";
import type { Execution } from "../../shared/model/execution";
import { createMemoryApi, makeExecution } from "../testing/memory-api";
import { createClient } from "./client";
import { createHistory } from "./history";

const endedExecution = (change: Partial<Execution> = {}): Execution =>
  makeExecution({
    status: "ok",
    path: "report.js",
    source: "1",
    startedAt: 1000,
    endedAt: 1010,
    metrics: { cpuMs: 5, wallMs: 10, memoryPeakBytes: 2_000_000, events: 3, outputBytes: 40, hostCalls: 0 },
    templateName: "Reports",
    ...change,
  });

function setup(executions: Execution[] = []) {
  const api = createMemoryApi();
  api.executions.push(...executions);
  const failures: unknown[] = [];
  const history = createHistory(createClient(api), (error) => failures.push(error));
  return { api, history, failures };
}

describe("the history", () => {
  test("an execution that starts while it is shown comes first, and its end changes its row", async () => {
    const { api, history } = setup([endedExecution()]);
    await history.load();
    const running = endedExecution({ status: "running", endedAt: undefined, metrics: undefined });
    api.emit("execution.changed", { execution: running });
    expect(history.store.getState().executions.map((each) => each.status)).toEqual(["running", "ok"]);
    api.emit("execution.changed", { execution: { ...running, status: "error" } });
    expect(history.store.getState().executions.map((each) => each.status)).toEqual(["error", "ok"]);
  });

  test("filters are asked of main, together", async () => {
    const { api, history } = setup();
    history.setFilter({ template: "Reports" });
    history.setFilter({ status: "error", text: " price " });
    await vi.waitFor(() =>
      expect(api.calls.at(-1)?.input).toMatchObject({ template: "Reports", status: "error", text: "price" }),
    );
  });

  test("older ones are read on demand, none twice", async () => {
    const page = Array.from({ length: 100 }, (_, index) => endedExecution({ startedAt: 5000 - index }));
    const { api, history } = setup(page);
    await history.load();
    expect(history.store.getState().hasMore).toBe(true);
    const older = endedExecution({ startedAt: 10 });
    api.answer("executions.list", () => ({ executions: [...page.slice(-1), older] }));
    await history.loadMore();
    expect(history.store.getState().executions).toHaveLength(101);
    expect(history.store.getState().hasMore).toBe(false);
  });

  test("the peaks of a template are the most that any of its executions needed", async () => {
    const { history } = setup([
      endedExecution(),
      endedExecution({
        metrics: { cpuMs: 900, wallMs: 8, memoryPeakBytes: 1, events: 9, outputBytes: 1, hostCalls: 0 },
      }),
    ]);
    expect(await history.peaksOf("Reports")).toEqual({
      count: 2,
      cpuMs: 900,
      wallMs: 10,
      memoryBytes: 2_000_000,
      events: 9,
      outputBytes: 40,
    });
  });

  test("deleted executions leave the list and the choice", async () => {
    const kept = endedExecution();
    const gone = endedExecution();
    const { api, history } = setup([kept, gone]);
    api.answer("executions.delete", () => ({}));
    await history.load();
    history.toggle(gone.id);
    await history.delete([gone.id]);
    expect(history.store.getState().executions.map((each) => each.id)).toEqual([kept.id]);
    expect(history.store.getState().chosen).toEqual([]);
  });

  test("an execution is opened with all of its events, page by page", async () => {
    const execution = endedExecution();
    const { api, history } = setup([execution]);
    const total = 2500;
    api.answer("executions.get", () => ({ execution, session: null }));
    api.answer("executions.events", ({ after = 0, limit = 1000 }) => ({
      total,
      events: Array.from({ length: Math.min(limit, total - after) }, (_, index) => ({
        seq: after + index + 1,
        ts: 0,
        type: "stdout" as const,
        payload: { text: "x" },
      })),
    }));
    await history.open(execution.id);
    const record = history.store.getState().records[execution.id];
    expect(record?.events.map((event) => event.seq)).toEqual(
      Array.from({ length: total }, (_, index) => index + 1),
    );
  });
});
