import { expect, test } from "vitest";
import { formatKeys, keysOfEvent } from "./keys";

const keys = (init: KeyboardEventInit) => keysOfEvent(new KeyboardEvent("keydown", init));

test("a key press is named as the command registry names it", () => {
  expect(keys({ key: "Enter", ctrlKey: true })).toBe("Mod+Enter");
  expect(keys({ key: "P", ctrlKey: true, shiftKey: true })).toBe("Mod+Shift+P");
  expect(keys({ key: ".", ctrlKey: true })).toBe("Mod+.");
  expect(keys({ key: "F5" })).toBe("F5");
});

test("a modifier alone is no shortcut", () => {
  expect(keys({ key: "Control", ctrlKey: true })).toBeUndefined();
});

test("key caps read as on the keyboard", () => {
  expect(formatKeys("Mod+Shift+P")).toEqual(["Ctrl", "Shift", "P"]);
});
