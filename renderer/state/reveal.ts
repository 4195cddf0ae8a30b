import { createStore, type StoreApi } from "zustand/vanilla";
import { baseName } from "./paths";
import type { OpenOptions, TabsConcern } from "./tabs";

export interface Place {
  readonly path: string;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  /** Characters to select from there. */
  readonly length?: number | undefined;
}

/** Whether a place lies in a file; code that was typed has places too. */
export const isFilePlace = ({ path }: Place): boolean =>
  !path.startsWith("repl:") && path !== "eval" && !path.startsWith("<");

/** Shows a place in a file; the editor that holds it listens. */
export interface Reveal {
  /** The place asked for last; `count` tells two requests for one place apart. */
  readonly store: StoreApi<{ readonly place: Place | null; readonly count: number }>;
  show(place: Place, options?: OpenOptions): void;
}

export const SCRIPT_TAB = "script";

/** The tab that shows a file of the workspace. */
export const fileTab = (path: string) => ({
  id: `${SCRIPT_TAB}:${path}`,
  kind: SCRIPT_TAB,
  input: { path, name: baseName(path) },
});

export function createReveal(tabs: TabsConcern): Reveal {
  const store = createStore<{ readonly place: Place | null; readonly count: number }>(() => ({
    place: null,
    count: 0,
  }));
  return {
    store,
    show(place, options) {
      tabs.open(fileTab(place.path), options);
      store.setState(({ count }) => ({ place, count: count + 1 }));
    },
  };
}
