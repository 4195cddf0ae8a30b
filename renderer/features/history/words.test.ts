import { describe, expect, test } from "vitest";
import { makeExecution } from "../../testing/memory-api";
import { executionName, whenOf } from "./words";

describe("an execution in lists", () => {
  test("is named by its script, template, status, time and duration", () => {
    const startedAt = new Date();
    startedAt.setHours(14, 3, 9, 0);
    const execution = makeExecution({
      status: "ok",
      path: "scripts/report.js",
      templateName: "Log report",
      startedAt: startedAt.getTime(),
      endedAt: startedAt.getTime() + 42,
    });
    expect(executionName(execution)).toBe("report.js, Log report, ok, 14:03:09, 42 ms");
    expect(executionName({ ...execution, kind: "repl", path: undefined, source: "1 + 1\n// two" })).toMatch(
      /^1 \+ 1, /,
    );
  });

  test("says the day when it was not today", () => {
    const then = new Date(2026, 2, 12, 8, 5, 0).getTime();
    expect(whenOf(then, new Date(2026, 2, 13).getTime())).toBe("12 Mar 08:05:00");
    expect(whenOf(then, new Date(2027, 2, 12).getTime())).toBe("12 Mar 2026 08:05:00");
  });
});
