import { expect, test, vi } from "vitest";
import { ipcEvents } from "../../shared/ipc/events";
import { createWorkbench } from "../state/workbench";
import { createMemoryApi } from "../testing/memory-api";
import { registerFeatures } from "./features";

// jsdom lacks it, and the plots ask for it as soon as they are imported.
vi.hoisted(() => {
  vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener() {}, removeEventListener() {} }));
});

function withFeatures() {
  const workbench = createWorkbench(createMemoryApi());
  registerFeatures(workbench);
  return workbench;
}

test.each(ipcEvents["app.command"].shape.command.options)(
  "the menu's command %s is one of the window's",
  (id) => expect(withFeatures().commands.get(id)).toBeDefined(),
);

test("a key belongs to one command wherever that is enabled", () => {
  const { commands } = withFeatures();
  const owners = new Map<string, string[]>();
  for (const { id, keys = [], enabled } of commands.store.getState().items) {
    // What depends on the place, such as the active tab, may take a key over there.
    if (enabled !== undefined) continue;
    for (const key of keys) owners.set(key, [...(owners.get(key) ?? []), id]);
  }
  expect([...owners].filter(([, ids]) => ids.length > 1)).toEqual([]);
});
