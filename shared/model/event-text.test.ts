import { expect, test } from "vitest";
import { eventText, tableInWords } from "./event-text";

test("an error reads as its heading and its frames, without the heading that its stack repeats", () => {
  const event = (stack: string) =>
    ({ type: "exception", seq: 1, ts: 1, payload: { name: "Error", message: "no\nlight", stack } }) as const;
  expect(eventText(event("Error: no\nlight\n    at lamp (scripts/lamp.js:3:7)"))).toBe(
    "Error: no\nlight\n    at lamp (scripts/lamp.js:3:7)",
  );
  expect(eventText(event(""))).toBe("Error: no\nlight");
});

test("a table on one line is told by its size", () => {
  const table = { columns: ["(index)", "a"], rows: [["0", "1"]] };
  const payload = { level: "log", method: "table", text: "┌──┐", table } as const;
  expect(tableInWords({ type: "console", seq: 1, ts: 1, payload })).toBe("Table: 1 row, 2 columns");
  expect(tableInWords({ type: "stdout", seq: 1, ts: 1, payload: { text: "┌──┐" } })).toBeUndefined();
});
