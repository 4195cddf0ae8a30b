import { describe, expect, test } from "vitest";
import { makeTemplate } from "../../../testing/memory-api";
import type { ImportItem } from "../../../state/templates";
import { decided, firstChoice } from "./importDecision";

const item = (change: Partial<ImportItem> = {}): ImportItem => ({
  name: "Reports",
  file: "reports.template.json",
  template: makeTemplate("Reports"),
  problems: [],
  conflict: "none",
  effects: [],
  changes: [],
  migration: [],
  checksum: "valid",
  ...change,
});

describe("an import", () => {
  test("adds what is new and replaces nothing unless the user says so", () => {
    expect(firstChoice(item()).action).toBe("add");
    expect(firstChoice(item({ conflict: "sameId" })).action).toBe("skip");
    expect(firstChoice(item({ conflict: "nameTaken" })).action).toBe("skip");
  });

  test("leaves out what is broken", () => {
    const { template: _template, ...broken } = item();
    expect(decided(broken).action).toBe("skip");
  });

  test("gives another name only when one was written", () => {
    expect(decided(item())).toEqual({ name: "Reports", action: "add" });
    const conflicting = item({ conflict: "nameTaken" });
    expect(decided(conflicting, { action: "add", newName: "Reports 2" })).toEqual({
      name: "Reports",
      action: "add",
      newName: "Reports 2",
    });
  });
});
