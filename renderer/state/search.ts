import { createStore, type StoreApi } from "zustand/vanilla";
import type { SearchMatch } from "../../shared/ipc/workspace";
import type { Client } from "./client";

export interface SearchQuery {
  readonly query: string;
  readonly regex: boolean;
  readonly caseSensitive: boolean;
  readonly wholeWord: boolean;
}

export interface SearchState extends SearchQuery {
  readonly matches: readonly SearchMatch[];
  /** `done` with what was found; `failed` with a sentence. */
  readonly status:
    | { readonly kind: "idle" | "searching" }
    | {
        readonly kind: "done";
        readonly matches: number;
        readonly files: number;
        readonly truncated: boolean;
      }
    | { readonly kind: "failed"; readonly message: string };
}

/** Text search over the workspace's files; results stream in and a new search ends the one before. */
export interface SearchConcern {
  readonly store: StoreApi<SearchState>;
  search(change: Partial<SearchQuery>): Promise<void>;
  cancel(): void;
}

const MAX_MATCHES = 5000;

export function createSearch(client: Client): SearchConcern {
  const store = createStore<SearchState>(() => ({
    query: "",
    regex: false,
    caseSensitive: false,
    wholeWord: false,
    matches: [],
    status: { kind: "idle" },
  }));
  /** The search whose matches are shown. It stays after its answer, which can overtake its last matches. */
  let current: string | undefined;

  client.on("search.results", ({ id, matches }) => {
    if (id !== current) return;
    store.setState((state) => ({ matches: [...state.matches, ...matches].slice(0, MAX_MATCHES) }));
  });

  function cancel(): void {
    const id = current;
    current = undefined;
    if (id === undefined || store.getState().status.kind !== "searching") return;
    void client.request("files.cancelSearch", { id }).catch(() => undefined);
    store.setState({ status: { kind: "idle" } });
  }

  return {
    store,
    cancel,
    async search(change) {
      cancel();
      store.setState({ ...change, matches: [] });
      const { query, regex, caseSensitive, wholeWord } = store.getState();
      if (query === "") {
        store.setState({ status: { kind: "idle" } });
        return;
      }
      const id = crypto.randomUUID();
      current = id;
      store.setState({ status: { kind: "searching" } });
      try {
        const { matches, files, truncated } = await client.request("files.search", {
          id,
          query,
          regex,
          caseSensitive,
          wholeWord,
        });
        if (current === id) store.setState({ status: { kind: "done", matches, files, truncated } });
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        if (current === id) store.setState({ status: { kind: "failed", message } });
      }
    },
  };
}
