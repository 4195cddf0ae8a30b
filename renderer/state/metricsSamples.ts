import { createStore, type StoreApi } from "zustand/vanilla";
import type { SessionsConcern } from "./sessions";

/** Memory of a session at a moment. */
export interface Sample {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly bytes: number;
}

/** Memory of live sessions over time, as far back as the window remembers. */
export interface MetricsSamplesConcern {
  readonly store: StoreApi<{ readonly bySession: Readonly<Record<string, readonly Sample[]>> }>;
}

const KEPT = 2000;

export function createMetricsSamples(sessions: SessionsConcern): MetricsSamplesConcern {
  const store = createStore<{ readonly bySession: Readonly<Record<string, readonly Sample[]>> }>(() => ({
    bySession: {},
  }));
  const seen = new Map<string, number | undefined>();
  sessions.store.subscribe(({ sessions: all }) => {
    const now = Date.now();
    const added: Record<string, readonly Sample[]> = {};
    for (const { id, memoryBytes } of all) {
      if (memoryBytes === undefined || seen.get(id) === memoryBytes) continue;
      seen.set(id, memoryBytes);
      added[id] = [...(store.getState().bySession[id] ?? []), { at: now, bytes: memoryBytes }].slice(-KEPT);
    }
    if (Object.keys(added).length > 0)
      store.setState(({ bySession }) => ({ bySession: { ...bySession, ...added } }));
  });
  return { store };
}
