import { describe, expect, test } from "vitest";
import { makeExecution } from "../testing/memory-api";
import { formatBytes, formatDuration, outcomeOf } from "./format";

test("durations and sizes read as people write them", () => {
  expect([0.84, 42, 1240, 5000, 125_000].map(formatDuration)).toEqual([
    "0.8 ms",
    "42 ms",
    "1.24 s",
    "5 s",
    "2 min 5 s",
  ]);
  expect([10, 1000].map(formatDuration)).toEqual(["10 ms", "1 s"]);
  expect([60_000, 119_900].map(formatDuration)).toEqual(["1 min", "2 min"]);
  expect([512, 14_336, 1_572_864, 10 * 1024 * 1024].map(formatBytes)).toEqual([
    "512 B",
    "14 KB",
    "1.5 MB",
    "10 MB",
  ]);
});

describe("the outcome of an execution is honest", () => {
  const execution = (change: object) => makeExecution({ status: "ok", endedAt: 42, ...change });

  test.each([
    [{ stop: "interrupted" }, "keeps its state"],
    [{ stop: "killed" }, "state is lost"],
    [{ stop: "engineReplaced" }, "fresh one runs"],
  ])("a stop says which of three things it was: %o", (change, words) => {
    expect(outcomeOf(execution({ status: "cancelled", ...change })).detail).toContain(words);
  });

  test("a limit is named", () => {
    const error = {
      name: "Error",
      code: "WALL_LIMIT_EXCEEDED",
      message: "Stopped after 5 s (limits.wallMs)",
    };
    expect(outcomeOf(execution({ status: "timeout", error }))).toMatchObject({
      tone: "warning",
      title: "Stopped by a limit after 42 ms",
    });
    expect(outcomeOf(execution({ status: "timeout", error })).detail).toContain("limits.wallMs");
  });

  test("an error gives its name and message", () => {
    const error = { name: "TypeError", message: "x is not a function\nmore" };
    expect(outcomeOf(execution({ status: "error", error })).detail).toBe("TypeError: x is not a function");
  });
});
