import { z } from "zod";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Persistence } from "./persist";

const tabSchema = z.object({
  /** Unique for the document: opening the same one again shows this tab. */
  id: z.string(),
  /** Id of the tab kind that shows it. */
  kind: z.string(),
  /** What the kind needs to show it; JSON, so that it can be restored. */
  input: z.record(z.string(), z.json()),
  /** Shown in italics; the next preview takes its place. */
  preview: z.boolean().default(false),
});
export type Tab = z.infer<typeof tabSchema>;

const groupSchema = z.object({
  id: z.string(),
  tabs: z.array(tabSchema),
  active: z.string().nullable(),
  /** Tab ids, the last used first. */
  recent: z.array(z.string()).default([]),
});
export type TabGroup = z.infer<typeof groupSchema>;

const tabsSchema = z.object({ groups: z.array(groupSchema).min(1).max(4), activeGroup: z.string() });

export interface TabsState {
  readonly groups: readonly TabGroup[];
  readonly activeGroup: string;
  /** Closed tabs, the newest last. */
  readonly closed: readonly Tab[];
}

export interface OpenOptions {
  groupId?: string;
  preview?: boolean;
  /** Leaves the tab that is shown where it is. */
  background?: boolean;
}

/** Documents of the editor area, in one or more groups side by side. */
export interface TabsConcern {
  readonly store: StoreApi<TabsState>;
  load(): Promise<void>;
  open(tab: Omit<Tab, "preview">, options?: OpenOptions): void;
  close(tabId: string, groupId: string): void;
  reopen(): void;
  activate(tabId: string, groupId: string): void;
  activateGroup(groupId: string): void;
  /** Keeps a preview tab. */
  pin(tabId: string): void;
  move(tabId: string, fromGroup: string, toGroup: string, index: number): void;
  /** Shows the active tab in a second group beside it. */
  split(): void;
  /** Moves the focus among the active group's tabs. */
  step(by: 1 | -1): void;
  /** Replaces tabs of documents that were renamed, or drops them (`null`). */
  replace(map: (tab: Tab) => Tab | null): void;
  active(): Tab | undefined;
  isOpen(tabId: string): boolean;
}

const KEY = "tabs";
const KEPT_CLOSED = 30;
const MAX_GROUPS = 3;

/** `shown` is called whenever somebody asks to see a document. */
export function createTabs(persistence: Persistence, shown: () => void = () => undefined): TabsConcern {
  const store = createStore<TabsState>(() => ({
    groups: [{ id: "1", tabs: [], active: null, recent: [] }],
    activeGroup: "1",
    closed: [],
  }));

  const change = (partial: Partial<TabsState>) => {
    store.setState(partial);
    persistence.save(KEY, () => ({
      groups: [...store.getState().groups],
      activeGroup: store.getState().activeGroup,
    }));
  };
  const changeGroup = (id: string, map: (group: TabGroup) => TabGroup) =>
    store.getState().groups.map((group) => (group.id === id ? map(group) : group));
  const withActive = (group: TabGroup, tabId: string): TabGroup => ({
    ...group,
    active: tabId,
    recent: [tabId, ...group.recent.filter((id) => id !== tabId)],
  });

  const concern: TabsConcern = {
    store,
    async load() {
      const saved = await persistence.load(KEY, tabsSchema);
      if (saved !== undefined) store.setState({ groups: saved.groups, activeGroup: saved.activeGroup });
    },
    open(tab, { groupId, preview = false, background = false } = {}) {
      const { groups, activeGroup } = store.getState();
      const target = groups.find((group) => group.id === (groupId ?? activeGroup)) ?? groups[0];
      if (target === undefined) return;
      if (!background) shown();
      const known = target.tabs.find((candidate) => candidate.id === tab.id);
      if (known !== undefined) {
        const kept = { ...known, ...tab, preview: known.preview && preview };
        const tabs = target.tabs.map((candidate) => (candidate === known ? kept : candidate));
        change({
          groups: changeGroup(target.id, (group) =>
            background ? { ...group, tabs } : withActive({ ...group, tabs }, tab.id),
          ),
          ...(background ? {} : { activeGroup: target.id }),
        });
        return;
      }
      const activeIndex = target.tabs.findIndex((candidate) => candidate.id === target.active);
      const others = preview ? target.tabs.filter((candidate) => !candidate.preview) : target.tabs;
      const index = Math.min(activeIndex + 1, others.length);
      const tabs = [...others.slice(0, index), { ...tab, preview }, ...others.slice(index)];
      change({
        groups: changeGroup(target.id, (group) =>
          background && group.active !== null ? { ...group, tabs } : withActive({ ...group, tabs }, tab.id),
        ),
        ...(background ? {} : { activeGroup: target.id }),
      });
    },
    close(tabId, groupId) {
      const { groups, activeGroup, closed } = store.getState();
      const group = groups.find((candidate) => candidate.id === groupId);
      const tab = group?.tabs.find((candidate) => candidate.id === tabId);
      if (group === undefined || tab === undefined) return;
      const tabs = group.tabs.filter((candidate) => candidate.id !== tabId);
      const recent = group.recent.filter(
        (id) => id !== tabId && tabs.some((candidate) => candidate.id === id),
      );
      const active = group.active === tabId ? (recent[0] ?? tabs[0]?.id ?? null) : group.active;
      const changed = changeGroup(groupId, (candidate) => ({ ...candidate, tabs, active, recent }));
      // An empty group beside another one has no use.
      const left = changed.length > 1 ? changed.filter((candidate) => candidate.tabs.length > 0) : changed;
      const first = left[0];
      const groupsLeft = first === undefined ? changed.slice(0, 1) : left;
      change({
        groups: groupsLeft,
        activeGroup: groupsLeft.some((candidate) => candidate.id === activeGroup)
          ? activeGroup
          : (groupsLeft[0]?.id ?? "1"),
        closed: [...closed.filter((candidate) => candidate.id !== tabId), tab].slice(-KEPT_CLOSED),
      });
    },
    reopen() {
      const { closed } = store.getState();
      const tab = closed.at(-1);
      if (tab === undefined) return;
      store.setState({ closed: closed.slice(0, -1) });
      concern.open(tab);
    },
    activate(tabId, groupId) {
      shown();
      change({ groups: changeGroup(groupId, (group) => withActive(group, tabId)), activeGroup: groupId });
    },
    activateGroup(groupId) {
      if (store.getState().activeGroup !== groupId) change({ activeGroup: groupId });
    },
    pin(tabId) {
      const isPreview = store
        .getState()
        .groups.some((group) => group.tabs.some((tab) => tab.id === tabId && tab.preview));
      if (!isPreview) return;
      change({
        groups: store.getState().groups.map((group) => ({
          ...group,
          tabs: group.tabs.map((tab) => (tab.id === tabId ? { ...tab, preview: false } : tab)),
        })),
      });
    },
    move(tabId, fromGroup, toGroup, index) {
      const { groups, closed } = store.getState();
      const tab = groups
        .find((group) => group.id === fromGroup)
        ?.tabs.find((candidate) => candidate.id === tabId);
      if (tab === undefined) return;
      if (fromGroup === toGroup) {
        change({
          groups: changeGroup(toGroup, (group) => {
            const others = group.tabs.filter((candidate) => candidate.id !== tabId);
            return { ...group, tabs: [...others.slice(0, index), tab, ...others.slice(index)] };
          }),
        });
        return;
      }
      concern.close(tabId, fromGroup);
      store.setState({ closed });
      concern.open(tab, { groupId: toGroup });
    },
    split() {
      const { groups, activeGroup } = store.getState();
      const group = groups.find((candidate) => candidate.id === activeGroup);
      const tab = group?.tabs.find((candidate) => candidate.id === group.active);
      if (group === undefined || tab === undefined || groups.length >= MAX_GROUPS) return;
      const id = String(Math.max(...groups.map((candidate) => Number(candidate.id))) + 1);
      const index = groups.indexOf(group) + 1;
      const added: TabGroup = { id, tabs: [{ ...tab, preview: false }], active: tab.id, recent: [tab.id] };
      change({ groups: [...groups.slice(0, index), added, ...groups.slice(index)], activeGroup: id });
    },
    step(by) {
      const { groups, activeGroup } = store.getState();
      const group = groups.find((candidate) => candidate.id === activeGroup);
      if (group === undefined || group.tabs.length === 0) return;
      const index = group.tabs.findIndex((tab) => tab.id === group.active);
      const next = group.tabs[(index + by + group.tabs.length) % group.tabs.length];
      if (next !== undefined) concern.activate(next.id, group.id);
    },
    replace(map) {
      const { groups, activeGroup } = store.getState();
      const renamed = new Map<string, string>();
      const changed = groups.map((group) => {
        const tabs = group.tabs.flatMap((tab) => {
          const next = map(tab);
          if (next !== null) renamed.set(tab.id, next.id);
          return next === null ? [] : [next];
        });
        const recent = group.recent.flatMap((id) => renamed.get(id) ?? []);
        const active =
          group.active === null ? null : (renamed.get(group.active) ?? recent[0] ?? tabs[0]?.id ?? null);
        return { ...group, tabs, active, recent };
      });
      const left = changed.length > 1 ? changed.filter((group) => group.tabs.length > 0) : changed;
      const kept = left.length === 0 ? changed.slice(0, 1) : left;
      change({
        groups: kept,
        activeGroup: kept.some((group) => group.id === activeGroup) ? activeGroup : (kept[0]?.id ?? "1"),
      });
    },
    active() {
      const { groups, activeGroup } = store.getState();
      const group = groups.find((candidate) => candidate.id === activeGroup);
      return group?.tabs.find((tab) => tab.id === group.active);
    },
    isOpen: (tabId) => store.getState().groups.some((group) => group.tabs.some((tab) => tab.id === tabId)),
  };
  return concern;
}
