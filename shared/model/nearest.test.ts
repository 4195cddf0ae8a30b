import { expect, test } from "vitest";
import { nearest, nearestFile, nearestScript } from "./nearest";

test("the nearest name is offered only when it can be meant", () => {
  expect(nearest("yml", ["yaml", "fs"])).toBe("yaml");
  expect(nearest("FS", ["yaml", "fs"])).toBe("fs");
  expect(nearest("completely-different", ["yaml", "fs"])).toBeUndefined();
  expect(nearest("", ["fs"])).toBeUndefined();
});

test.each([
  ["./utl.js", "", "./util.js"],
  ["./utl", "", "./util.js"],
  ["./Util.js", "", "./util.js"],
  ["./confg", "", "./config.json"],
  ["../utl.js", "lib", "../util.js"],
  ["../util.js", "", "./util.js"],
  ["./../utl", "lib", "../util.js"],
  ["./x/../utl", "", "./util.js"],
  ["./helpers.js", "", "./lib/helpers.js"],
  ["./helpers", "jobs/daily", "../../lib/helpers.js"],
  ["./lbi/helpers.js", "", "./lib/helpers.js"],
  ["./nothing-like-it.js", "", undefined],
])("%s in the folder %j means %s", (specifier, folder, file) => {
  expect(nearestFile(specifier, folder, ["util.js", "config.json", "lib/helpers.js"])).toBe(file);
});

test("a name that two folders have is not guessed", () => {
  expect(nearestFile("./helpers-x.js", "", ["a/far/helpers-x.js", "b/far/helpers-x.js"])).toBeUndefined();
});

test("a specifier without ./ means a file of a root without its ending", () => {
  expect(nearestScript("lib/utl", ["lib/util.js"])).toBe("lib/util");
});
