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

  it("do not take the unpackaged application's own folder for a workspace, wherever it stands", () => {
    expect(readArguments(["--inspect=0", "/app", "--safe"], "/app")).toEqual({ safe: true });
    expect(readArguments([".", "/w"], process.cwd())).toEqual({ safe: false, workspace: "/w" });
  });
});
