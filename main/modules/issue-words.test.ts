import { expect, test } from "vitest";
import { templateSchema } from "../../shared/model/template";
import { describeIssues } from "./schema-problems";

const ID = "0a7d7c52-6f0e-4a53-8a0b-6d7f1f7c1e01";

test.each([
  [{ limits: { cpuMs: "fast" } }, "A number is expected."],
  [{ limits: { cpuMs: 1.5 } }, "A whole number is expected."],
  [{ limits: { cpuMs: 1 } }, "At least 10."],
  [{ limits: { memoryMb: 9999 } }, "At most 2,048."],
  [{ name: "" }, "It must not be empty."],
  [{ name: undefined }, "Missing: a text is expected."],
  [{ name: "x".repeat(121) }, "At most 120 characters."],
  [{ modules: [] }, "An object in { } is expected."],
  [{ startup: {} }, "A list in [ ] is expected."],
  [{ startup: [{ path: "a.js", mode: "run" }] }, '"eval" or "import" is expected.'],
  [{ runtime: { console: 1 } }, "True or false is expected."],
  [{ id: "x" }, "Invalid UUID."],
  [{ libraries: [5] }, "None of the forms that are allowed here."],
])("%j is explained in plain words", (input, words) => {
  const parsed = templateSchema.safeParse({ id: ID, name: "T", ...input });
  expect(parsed.success).toBe(false);
  expect(describeIssues(templateSchema, parsed.error?.issues ?? [])[0]?.message).toBe(words);
});
