import { z } from "zod";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Persistence } from "./persist";

const layoutSchema = z.object({
  sideBarVisible: z.boolean(),
  sideBarView: z.string(),
  panelVisible: z.boolean(),
  panelView: z.string(),
  panelMaximised: z.boolean(),
  /** Sizes of resizable groups, by group: panel → percent. */
  sizes: z.record(z.string(), z.record(z.string(), z.number())),
});
export type Layout = z.infer<typeof layoutSchema>;

/** What is visible, where and how large; remembered for the workspace. */
export interface LayoutConcern {
  readonly store: StoreApi<Layout>;
  load(): Promise<void>;
  /** Shows a side bar view, or hides the side bar when that view is shown already and `toggle` is set. */
  showView(id: string, options?: { toggle?: boolean }): void;
  showPanel(id: string): void;
  toggleSideBar(): void;
  togglePanel(): void;
  toggleMaximisedPanel(): void;
  /** Gives the editors room again when the panel has all of it. */
  showEditors(): void;
  resized(group: string, sizes: Readonly<Record<string, number>>): void;
}

const KEY = "layout";

export function createLayout(persistence: Persistence): LayoutConcern {
  const store = createStore<Layout>(() => ({
    sideBarVisible: true,
    sideBarView: "files",
    panelVisible: true,
    panelView: "console",
    panelMaximised: false,
    sizes: {},
  }));
  const change = (partial: Partial<Layout>) => {
    store.setState(partial);
    persistence.save(KEY, () => store.getState());
  };
  return {
    store,
    async load() {
      const layout = await persistence.load(KEY, layoutSchema);
      if (layout !== undefined) store.setState(layout);
    },
    showView(id, { toggle = false } = {}) {
      const { sideBarView, sideBarVisible } = store.getState();
      const isShown = sideBarView === id && sideBarVisible;
      change({ sideBarView: id, sideBarVisible: !(toggle && isShown) });
    },
    showPanel: (id) => change({ panelView: id, panelVisible: true }),
    toggleSideBar: () => change({ sideBarVisible: !store.getState().sideBarVisible }),
    togglePanel: () => change({ panelVisible: !store.getState().panelVisible, panelMaximised: false }),
    toggleMaximisedPanel: () =>
      change({ panelVisible: true, panelMaximised: !store.getState().panelMaximised }),
    showEditors() {
      if (store.getState().panelMaximised) change({ panelMaximised: false });
    },
    resized: (group, sizes) => change({ sizes: { ...store.getState().sizes, [group]: { ...sizes } } }),
  };
}
