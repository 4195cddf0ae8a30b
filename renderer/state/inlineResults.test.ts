import { expect, test } from "vitest";
import type { ExecutionEvent } from "../../shared/model/event";
import { createFrames } from "../testing/frames";
import { createMemoryApi, makeExecution } from "../testing/memory-api";
import { createClient } from "./client";
import { createInlineResults } from "./inlineResults";

const said = (seq: number, text: string, line?: number): ExecutionEvent => ({
  type: "console",
  seq,
  ts: seq,
  payload: {
    level: "log",
    method: "log",
    text,
    ...(line === undefined ? {} : { location: { path: "a.js", line, column: 1 } }),
  },
});

function setup() {
  const api = createMemoryApi();
  const frames = createFrames();
  const results = createInlineResults(createClient(api), frames.schedule);
  const execution = makeExecution();
  api.emit("execution.changed", { execution });
  return { api, execution, paint: frames.paint, shown: () => results.store.getState().byPath["a.js"] };
}

test("the last value of a line stands beside it", () => {
  const { api, execution, paint, shown } = setup();
  api.events(execution, [said(1, "a", 3), said(2, "b", 3), said(3, "c", 4)]);
  api.finish(execution, {});
  paint();
  expect(shown()).toEqual({
    3: { text: "b", tone: "value", seq: 2 },
    4: { text: "c", tone: "value", seq: 3 },
  });
});

test("after a flood, of which not every origin is known, a value that may not be the last says so", () => {
  const { api, execution, paint, shown } = setup();
  api.events(execution, [said(1, "first", 3), said(1001, "flood"), said(5000, "end", 9)]);
  api.finish(execution, {});
  paint();
  expect(shown()?.[3]).toMatchObject({ text: "first", isEarlier: true });
  expect(shown()?.[9]).toEqual({ text: "end", tone: "value", seq: 5000 });
});
