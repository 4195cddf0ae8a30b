import { expect, test } from "vitest";
import { ansiStyled, withoutAnsi } from "./ansi";

test("escape sequences of terminals are no part of what one reads", () => {
  expect(withoutAnsi("plain")).toBe("plain");
  expect(withoutAnsi("\u001b[1;31mred\u001b[0m, \u001b[2Kmore\u001b[?25l")).toBe("red, more");
  expect(withoutAnsi("\u001b]8;;http://a.test\u0007link\u001b]8;;\u001b\\!")).toBe("link!");
});

test("those that colour are told from those that move the cursor", () => {
  expect(ansiStyled("plain")).toBeUndefined();
  expect(ansiStyled("\u001b[2K\u001b[31mred\u001b[0m m")).toBe("\u001b[31mred\u001b[0m m");
});
