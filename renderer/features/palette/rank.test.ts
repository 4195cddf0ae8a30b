import { expect, test } from "vitest";
import { rankFiles } from "./rank";

const paths = ["data/report.yaml", "scripts/report.js", "lib/re-export.js", "README.md"];

test("the name that contains what was typed comes first", () => {
  expect(rankFiles(paths, "report.j", [])[0]).toBe("scripts/report.js");
});

test("letters in order are enough", () => {
  expect(rankFiles(paths, "rxp", [])).toEqual(["lib/re-export.js"]);
});

test("without a query, the files used last come first", () => {
  expect(rankFiles(paths, "", ["README.md"])[0]).toBe("README.md");
});

test("what does not fit is left out", () => {
  expect(rankFiles(paths, "zzz", [])).toEqual([]);
});
