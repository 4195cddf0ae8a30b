import { createStore, type StoreApi } from "zustand/vanilla";

/** Things that features plug in: kept by id, in their order, observable. */
export interface Registry<T extends { readonly id: string; readonly order?: number }> {
  readonly store: StoreApi<{ readonly items: readonly T[] }>;
  /** Adds one; throws when its id is taken, because two features would fight for one place. */
  add(...items: T[]): void;
  get(id: string): T | undefined;
}

export function createRegistry<T extends { readonly id: string; readonly order?: number }>(
  what: string,
): Registry<T> {
  const store = createStore<{ readonly items: readonly T[] }>(() => ({ items: [] }));
  const get = (id: string) => store.getState().items.find((item) => item.id === id);
  return {
    store,
    get,
    add(...items) {
      for (const item of items) {
        if (get(item.id) !== undefined) throw new Error(`The ${what} "${item.id}" is registered twice.`);
        store.setState(({ items: known }) => ({
          items: [...known, item].sort((a, b) => (a.order ?? 0) - (b.order ?? 0)),
        }));
      }
    },
  };
}
