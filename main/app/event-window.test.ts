import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ExecutionEvent } from "../../shared/model/event";
import { executionIdSchema, sessionIdSchema } from "../../shared/model/ids";
import { EventWindow, KEPT_OF_FLOOD, MAX_PER_ROUND, ROUND_MS } from "./event-window";

const ids = {
  sessionId: sessionIdSchema.parse("5f0f2c5e-53ce-4d60-9c8e-6b3f3a6f9d10"),
  executionId: executionIdSchema.parse("1f0f2c5e-53ce-4d60-9c8e-6b3f3a6f9d10"),
};
const line = (seq: number, at = 1): ExecutionEvent => ({
  type: "console",
  seq,
  ts: seq,
  payload: {
    level: "log",
    method: "log",
    text: `line ${seq}`,
    location: { path: "a.js", line: at, column: 1 },
  },
});
const lines = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => line(from + index));

let sent: number[];
let window: EventWindow;
const add = (...events: ExecutionEvent[]) => window.add({ ...ids, events });

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  window = new EventWindow(({ events }) => sent.push(...events.map(({ seq }) => seq)));
});
afterEach(() => {
  window.dispose();
  vi.useRealTimers();
});

describe("the window's share of an execution's events", () => {
  it("is all of what an ordinary script prints, at once", () => {
    for (let round = 0; round < 5; round++) {
      add(...lines(round * MAX_PER_ROUND + 1, (round + 1) * MAX_PER_ROUND));
      vi.advanceTimersByTime(ROUND_MS);
    }
    expect(sent).toEqual(lines(1, 5 * MAX_PER_ROUND).map(({ seq }) => seq));
  });

  it("is bounded in a flood, and holds the newest", () => {
    const rounds = 20;
    for (let round = 0; round < rounds; round++) {
      for (let part = 0; part < 5; part++)
        add(...lines(round * 5000 + part * 1000 + 1, round * 5000 + (part + 1) * 1000));
      vi.advanceTimersByTime(ROUND_MS);
      expect(sent.at(-1)).toBe((round + 1) * 5000);
    }
    expect(sent.length).toBeLessThanOrEqual(MAX_PER_ROUND + rounds * (KEPT_OF_FLOOD + 1));
    expect(sent).toEqual([...sent].sort((a, b) => a - b));
  });

  it("is complete again when the flood is over", () => {
    add(...lines(1, 50_000));
    vi.advanceTimersByTime(3 * ROUND_MS);
    sent = [];
    add(...lines(50_001, 50_010));
    expect(sent).toEqual(lines(50_001, 50_010).map(({ seq }) => seq));
  });

  it("has the last event of every line of code that printed", () => {
    add(...lines(1, 2000), line(2001, 7), ...lines(2002, 4000));
    vi.advanceTimersByTime(ROUND_MS);
    expect(sent).toContain(2001);
  });

  it("is handed over before the end of an execution is told", () => {
    add(...lines(1, 5000));
    window.flush(ids.executionId);
    expect(sent.at(-1)).toBe(5000);
    sent = [];
    vi.advanceTimersByTime(10 * ROUND_MS);
    expect(sent).toEqual([]);
  });
});
