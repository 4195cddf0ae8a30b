import { describe, expect, test } from "vitest";
import { createMemoryApi } from "../testing/memory-api";
import { createClient } from "./client";
import { createPersistence } from "./persist";
import { createTabs, type TabsConcern } from "./tabs";

const tab = (id: string) => ({ id, kind: "script", input: { path: id } });

function setup() {
  const api = createMemoryApi();
  const persistence = createPersistence(createClient(api));
  return { api, persistence, tabs: createTabs(persistence) };
}
const ids = (tabs: TabsConcern) =>
  tabs.store.getState().groups.map((group) => group.tabs.map(({ id }) => id));

describe("editor tabs", () => {
  test("opening a document twice shows its tab", () => {
    const { tabs } = setup();
    tabs.open(tab("a"));
    tabs.open(tab("b"));
    tabs.open(tab("a"));
    expect(ids(tabs)).toEqual([["a", "b"]]);
    expect(tabs.active()?.id).toBe("a");
  });

  test("a preview takes the place of the preview before, until it is kept", () => {
    const { tabs } = setup();
    tabs.open(tab("a"), { preview: true });
    tabs.open(tab("b"), { preview: true });
    expect(ids(tabs)).toEqual([["b"]]);
    tabs.pin("b");
    tabs.open(tab("c"), { preview: true });
    expect(ids(tabs)).toEqual([["b", "c"]]);
  });

  test("closing shows the tab used before; a closed tab can be reopened", () => {
    const { tabs } = setup();
    for (const id of ["a", "b", "c"]) tabs.open(tab(id));
    tabs.activate("a", "1");
    tabs.close("a", "1");
    expect(tabs.active()?.id).toBe("c");
    tabs.reopen();
    expect(tabs.active()?.id).toBe("a");
  });

  test("splitting shows the document twice, and an empty group goes away", () => {
    const { tabs } = setup();
    tabs.open(tab("a"));
    tabs.split();
    expect(ids(tabs)).toEqual([["a"], ["a"]]);
    tabs.close("a", tabs.store.getState().activeGroup);
    expect(ids(tabs)).toEqual([["a"]]);
  });

  test("a tab moves to another group", () => {
    const { tabs } = setup();
    tabs.open(tab("a"));
    tabs.open(tab("b"));
    tabs.split();
    const [first, second] = tabs.store.getState().groups;
    tabs.move("a", first?.id ?? "", second?.id ?? "", 0);
    expect(ids(tabs).map((group) => [...group].sort())).toEqual([["b"], ["a", "b"]]);
  });

  test("a renamed document keeps its place", () => {
    const { tabs } = setup();
    tabs.open(tab("a"));
    tabs.open(tab("b"));
    tabs.replace((candidate) => (candidate.id === "a" ? { ...candidate, id: "z" } : candidate));
    expect(ids(tabs)).toEqual([["z", "b"]]);
  });

  test("tabs come back after a restart", async () => {
    const { api, persistence, tabs } = setup();
    tabs.open(tab("a"));
    tabs.open(tab("b"));
    await persistence.flush();
    const later = createTabs(createPersistence(createClient(api)));
    await later.load();
    expect(ids(later)).toEqual([["a", "b"]]);
    expect(later.active()?.id).toBe("b");
  });
});
