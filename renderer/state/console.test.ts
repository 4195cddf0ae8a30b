import { describe, expect, test, vi } from "vitest";
import type { ExecutionEvent } from "../../shared/model/event";
import { executionSchema, type Execution } from "../../shared/model/execution";
import { createFrames } from "../testing/frames";
import { createMemoryApi, makeExecution } from "../testing/memory-api";
import { createClient } from "./client";
import { createConsole } from "./console";
import { MAX_ROWS } from "./consoleRows";
import { createExecutions } from "./executions";

const line = (seq: number): ExecutionEvent => ({
  type: "console",
  seq,
  ts: seq,
  payload: { level: "log", method: "log", text: `line ${seq}` },
});
const lines = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => line(from + index));

function setup() {
  const api = createMemoryApi();
  const client = createClient(api);
  const frames = createFrames();
  const executions = createExecutions(client);
  const output = createConsole(client, executions, () => undefined, frames.schedule);
  const execution = makeExecution();
  const shown = () =>
    output.rowsOf(execution.sessionId).map((row) => (row.kind === "event" ? row.event.seq : row.kind));
  const metrics = (events: number): Execution["metrics"] => ({
    cpuMs: 1,
    wallMs: 1,
    memoryPeakBytes: 1,
    events,
    outputBytes: 1,
    hostCalls: 0,
  });
  return { api, frames, output, paint: frames.paint, execution, shown, metrics };
}

describe("the console of a session", () => {
  test("many batches change the list once per frame", () => {
    const { api, frames, output, paint, execution, shown } = setup();
    let changes = 0;
    output.store.subscribe(() => (changes += 1));
    api.emit("execution.changed", { execution });
    for (let seq = 1; seq <= 50; seq += 1) api.events(execution, [line(seq)]);
    expect(changes).toBe(0);
    expect(frames.waiting()).toBe(1);
    paint();
    expect(changes).toBe(1);
    expect(shown()).toEqual(["start", ...lines(1, 50).map(({ seq }) => seq)]);
  });

  test("an event that arrives twice is shown once", () => {
    const { api, paint, execution, shown } = setup();
    api.events(execution, lines(1, 3));
    api.events(execution, lines(2, 4));
    paint();
    expect(shown()).toEqual(["start", 1, 2, 3, 4]);
  });

  test("events that arrive after the end stand before it", () => {
    const { api, paint, execution, shown, metrics } = setup();
    api.emit("execution.changed", { execution });
    api.finish(execution, { metrics: metrics(2) });
    paint();
    api.events(execution, lines(1, 2));
    paint();
    expect(shown()).toEqual(["start", 1, 2, "end"]);
  });

  test("last events that never came are asked for", async () => {
    const { api, paint, execution, shown, metrics } = setup();
    api.answer("executions.events", ({ after = 0 }) => ({ events: lines(after + 1, 3), total: 3 }));
    api.events(execution, lines(1, 1));
    api.finish(execution, { metrics: metrics(3) });
    paint();
    await vi.waitFor(() => {
      paint();
      expect(shown()).toEqual(["start", 1, 2, 3, "end"]);
    });
  });

  test("a gap says how many events are missing, and loads them", async () => {
    const { api, output, paint, execution, shown } = setup();
    api.answer("executions.events", ({ after = 0, limit = 1 }) => ({
      events: lines(after + 1, after + limit),
      total: 9,
    }));
    api.events(execution, lines(6, 9));
    paint();
    expect(shown()).toEqual(["start", "gap", 6, 7, 8, 9]);
    const gap = output.rowsOf(execution.sessionId).find((row) => row.kind === "gap");
    expect(gap).toMatchObject({ before: 6, count: 5 });
    if (gap?.kind === "gap") await output.loadEarlier(execution.sessionId, gap);
    expect(shown()).toEqual(["start", 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test("a flood never makes the page hold more than its window, and the cut is shown", () => {
    const { api, output, paint, execution } = setup();
    for (let from = 1; from <= 100_000; from += 1000) {
      api.events(execution, lines(from, from + 999));
      paint();
    }
    const rows = output.rowsOf(execution.sessionId);
    expect(rows.length).toBeLessThanOrEqual(MAX_ROWS);
    expect(rows.at(-1)).toMatchObject({ event: { seq: 100_000 } });
    const gap = rows.find((row) => row.kind === "gap");
    const first = rows.find((row) => row.kind === "event");
    expect(gap).toMatchObject({ count: (first?.kind === "event" ? first.event.seq : 0) - 1 });
  });

  test("glimpses of a flood leave one gap: the first lines and the newest stay", () => {
    const { api, output, paint, execution, shown } = setup();
    api.events(execution, lines(1, 3));
    api.events(execution, [line(10), ...lines(20, 22)]);
    paint();
    expect(shown()).toEqual(["start", 1, 2, 3, "gap", 20, 21, 22]);
    api.events(execution, lines(23, 23));
    api.events(execution, lines(90, 91));
    paint();
    expect(shown()).toEqual(["start", 1, 2, 3, "gap", 90, 91]);
    expect(output.rowsOf(execution.sessionId).find(({ kind }) => kind === "gap")).toMatchObject({
      before: 90,
      count: 86,
    });
  });

  test("after a flood the newest of what was left out are read", async () => {
    const { api, output, paint, execution, metrics } = setup();
    api.answer("executions.events", ({ after = 0, limit = 1 }) => ({
      events: lines(after + 1, after + limit),
      total: 100_000,
    }));
    api.events(execution, lines(1, 3));
    api.events(execution, lines(99_901, 100_000));
    api.finish(execution, { metrics: metrics(100_000) });
    paint();
    await vi.waitFor(() => {
      const rows = output.rowsOf(execution.sessionId);
      const seqs = rows.flatMap((row) => (row.kind === "event" ? [row.event.seq] : []));
      expect(seqs).toEqual([1, 2, 3, ...lines(95_001, 100_000).map(({ seq }) => seq)]);
      expect(rows.find(({ kind }) => kind === "gap")).toMatchObject({ before: 95_001, count: 94_997 });
    });
  });

  test("what a session printed before the window was there is read back", async () => {
    const { api, output, execution, shown, metrics } = setup();
    api.executions.push(
      executionSchema.parse({ ...execution, status: "ok", endedAt: 5, metrics: metrics(2) }),
    );
    api.answer("executions.events", () => ({ events: lines(1, 2), total: 2 }));
    await output.restore(execution.sessionId);
    expect(shown()).toEqual(["start", 1, 2, "end"]);
  });

  test("clearing empties it; what comes next is shown", () => {
    const { api, output, paint, execution, shown } = setup();
    api.events(execution, lines(1, 3));
    paint();
    output.clear(execution.sessionId);
    api.events(execution, lines(4, 4));
    paint();
    expect(shown()).toEqual([4]);
  });

  test("clearing lets the session release the values that were shown, thrown ones too", async () => {
    const { api, output, paint, execution } = setup();
    const released: string[] = [];
    api.answer("values.release", ({ objectIds }) => {
      released.push(...objectIds);
      return {};
    });
    const value = (objectId: string) => ({ type: "object", preview: "{}", objectId }) as const;
    api.events(execution, [
      { type: "value", seq: 1, ts: 1, payload: { value: value("result") } },
      {
        type: "exception",
        seq: 2,
        ts: 2,
        payload: { name: "Uncaught", message: "{}", value: value("thrown") },
      },
      { type: "exception", seq: 3, ts: 3, payload: { name: "Error", message: "no value" } },
    ]);
    paint();
    output.clear(execution.sessionId);
    await vi.waitFor(() => expect(released).toEqual(["result", "thrown"]));
  });

  test("events around one that somebody looks at are read, and stay while a flood goes on", async () => {
    const { api, output, paint, execution, shown } = setup();
    api.answer("executions.events", ({ after = 0, limit = 0 }) => ({
      events: lines(after + 1, after + limit),
      total: 100_000,
    }));
    api.events(execution, lines(1, 3));
    api.events(execution, lines(10_001, 10_002));
    paint();
    await output.loadAround(execution.sessionId, execution.id, 5000);
    const around = lines(4800, 5200).map(({ seq }) => seq);
    expect(shown()).toEqual(["start", 1, 2, 3, "gap", ...around, "gap", 10_001, 10_002]);
    api.events(execution, lines(20_001, 20_002));
    paint();
    expect(shown()).toEqual(["start", 1, 2, 3, "gap", ...around, "gap", 20_001, 20_002]);
    const counts = output
      .rowsOf(execution.sessionId)
      .flatMap((row) => (row.kind === "gap" ? [{ before: row.before, count: row.count }] : []));
    expect(counts).toEqual([
      { before: 4800, count: 4796 },
      { before: 20_001, count: 14_800 },
    ]);
    await output.loadAround(execution.sessionId, execution.id, 4600);
    expect(shown().filter((row) => row === "gap")).toHaveLength(2);
    expect(shown()).toContain(4400);
  });
});
