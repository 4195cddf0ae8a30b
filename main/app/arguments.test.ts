import { describe, expect, it } from "vitest";
import { readArguments } from "./arguments";

describe("the application's arguments", () => {
  it.each([
    [[], { safe: false }],
    [["--safe"], { safe: true }],
    [["--workspace=/a b"], { safe: false, workspace: "/a b" }],
    [["/folder"], { safe: false, workspace: "/folder" }],
    [["--no-sandbox", "--user-data-dir=/x", "--safe", "--workspace=/w"], { safe: true, workspace: "/w" }],
  ])("%j", (argv, expected) => {
    expect(readArguments(argv)).toEqual(expected);
  });
});
