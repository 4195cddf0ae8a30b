import { expect, test } from "vitest";
import { libraryIds } from "../libraries/catalogue";
import { temporaryFolder } from "../testing/temporary-folder";
import { PRESETS, presetTemplate } from "./presets";
import { applicationRules } from "./rules";
import { openTestStore } from "./testing/test-store";

test.each(PRESETS)(
  "the preset $id makes a valid template that grants what it says, and no more",
  async ({ id, title, policy }) => {
    const store = openTestStore(temporaryFolder(), applicationRules(libraryIds()));
    const entry = await store.create({ name: title, preset: id });
    expect(entry).toMatchObject({ state: "ok", name: title, problems: [] });
    expect(Object.keys(entry.template?.modules ?? {})).toEqual(Object.keys(policy.modules ?? {}));
    expect(entry.effects).not.toContainEqual(expect.stringContaining("not registered"));
  },
);

test("the first preset permits nothing", () => {
  expect(presetTemplate(PRESETS[0] ?? { id: "", title: "", summary: "", policy: {} }).modules).toEqual({});
});
