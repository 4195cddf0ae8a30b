import { createStore, type StoreApi } from "zustand/vanilla";
import type { Client } from "./client";
import type { FilesConcern } from "./files";
import { isScript } from "./paths";

/** Texts of the workspace's scripts, so that the editor knows what a relative `require` gives. */
export interface ScriptSourcesConcern {
  readonly store: StoreApi<{ readonly sources: Readonly<Record<string, string>> }>;
}

// Enough for a folder of scripts; a workspace with more still works, only without completion across all of its files.
const MAX_FILES = 300;
const MAX_CHARACTERS = 200_000;

export function createScriptSources(client: Client, files: FilesConcern): ScriptSourcesConcern {
  const store = createStore<{ readonly sources: Readonly<Record<string, string>> }>(() => ({ sources: {} }));

  async function read(paths: readonly string[]): Promise<void> {
    const texts = await Promise.all(
      paths.map(async (path) => {
        try {
          return [path, (await client.request("files.read", { path })).content] as const;
        } catch {
          return undefined;
        }
      }),
    );
    const added = texts
      .filter((entry) => entry !== undefined)
      .filter(([, text]) => text.length <= MAX_CHARACTERS);
    store.setState(({ sources }) => ({ sources: { ...sources, ...Object.fromEntries(added) } }));
  }

  files.store.subscribe(({ all }, before) => {
    if (all === before.all) return;
    const wanted = all.filter(isScript).slice(0, MAX_FILES);
    const { sources } = store.getState();
    const kept = Object.fromEntries(
      wanted.flatMap((path) => (sources[path] === undefined ? [] : [[path, sources[path]]])),
    );
    if (Object.keys(kept).length !== Object.keys(sources).length) store.setState({ sources: kept });
    const missing = wanted.filter((path) => kept[path] === undefined);
    if (missing.length > 0) void read(missing);
  });
  client.on("files.changed", ({ files: changed }) => {
    const known = changed.filter((path) => store.getState().sources[path] !== undefined);
    if (known.length > 0) void read(known);
  });
  return { store };
}
