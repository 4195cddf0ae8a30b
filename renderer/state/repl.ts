import { z } from "zod";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Persistence } from "./persist";

export interface ReplState {
  readonly draft: string;
  /** Earlier inputs, the oldest first. */
  readonly history: readonly string[];
  /** Place in the history while walking through it; `history.length` is the draft. */
  readonly place: number;
}

/** REPL input and its history, remembered for the workspace. */
export interface ReplConcern {
  readonly store: StoreApi<ReplState>;
  load(): Promise<void>;
  edit(draft: string): void;
  /** Walks through the history; `false` when there is nothing further that way. */
  walk(by: 1 | -1): boolean;
  /** Remembers an input that ran and empties the field. */
  ran(source: string): void;
}

const KEY = "repl";
const KEPT = 500;
const schema = z.object({ draft: z.string(), history: z.array(z.string()) });

export function createRepl(persistence: Persistence): ReplConcern {
  const store = createStore<ReplState>(() => ({ draft: "", history: [], place: 0 }));
  /** What was being written before walking back. */
  let unfinished = "";
  const keep = () =>
    persistence.save(KEY, () => {
      const { draft, history } = store.getState();
      return { draft, history: [...history] };
    });
  return {
    store,
    async load() {
      const saved = await persistence.load(KEY, schema);
      if (saved !== undefined) store.setState({ ...saved, place: saved.history.length });
    },
    edit(draft) {
      store.setState({ draft });
      keep();
    },
    walk(by) {
      const { history, place, draft } = store.getState();
      const next = place + by;
      if (next < 0 || next > history.length) return false;
      if (place === history.length) unfinished = draft;
      store.setState({ place: next, draft: next === history.length ? unfinished : (history[next] ?? "") });
      return true;
    },
    ran(source) {
      const { history } = store.getState();
      const next = [...history.filter((entry) => entry !== source), source].slice(-KEPT);
      unfinished = "";
      store.setState({ draft: "", history: next, place: next.length });
      keep();
    },
  };
}
