import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { libraryIds } from "../libraries/catalogue";
import { Trash } from "../workspace/trash";
import { PRESETS, presetTemplate } from "./presets";
import { applicationRules } from "./rules";
import { TemplateStore } from "./store";

test.each(PRESETS)(
  "the preset $id makes a valid template that grants what it says, and no more",
  async ({ id, title, policy }) => {
    const root = realpathSync(mkdtempSync(join(tmpdir(), "preset-")));
    const rules = applicationRules(libraryIds());
    const store = new TemplateStore({
      workspaceRoot: root,
      rules: () => rules,
      trash: new Trash(join(root, ".trash")),
    });
    try {
      const entry = await store.create({ name: title, preset: id });
      expect(entry).toMatchObject({ state: "ok", name: title, problems: [] });
      expect(Object.keys(entry.template?.modules ?? {})).toEqual(Object.keys(policy.modules ?? {}));
      expect(entry.effects).not.toContainEqual(expect.stringContaining("not registered"));
    } finally {
      rmSync(root, { recursive: true });
    }
  },
);

test("the first preset permits nothing", () => {
  expect(presetTemplate(PRESETS[0] ?? { id: "", title: "", summary: "", policy: {} }).modules).toEqual({});
});
