import { createStore, type StoreApi } from "zustand/vanilla";
import type { IpcOutput } from "../../shared/ipc/contract";
import type { LibraryDescriptor, ModuleDescriptor } from "../../shared/model/module";
import type { ModuleConfig } from "../../shared/model/template";
import type { Client } from "./client";

export interface ModulesState {
  readonly modules: readonly ModuleDescriptor[];
  readonly libraries: readonly LibraryDescriptor[];
}

/** What a configuration permits, in words, or what is wrong with it. */
export type ConfigDescription = IpcOutput<"modules.describe">;

/** What the registry and the library catalogue hold. */
export interface ModulesConcern {
  readonly store: StoreApi<ModulesState>;
  load(): Promise<void>;
  /** By name or alias. */
  find(specifier: string): ModuleDescriptor | undefined;
  /** `beside` names the modules that the template lists. */
  describe(module: string, config: ModuleConfig, beside: readonly string[]): Promise<ConfigDescription>;
  /** Opens a library's site in the system's browser. */
  openHomepage(url: string): Promise<void>;
}

export function createModules(client: Client): ModulesConcern {
  const store = createStore<ModulesState>(() => ({ modules: [], libraries: [] }));
  return {
    store,
    async load() {
      const [{ modules }, { libraries }] = await Promise.all([
        client.request("modules.list", {}),
        client.request("libraries.list", {}),
      ]);
      store.setState({ modules, libraries });
    },
    async openHomepage(url) {
      await client.request("app.openExternal", { url });
    },
    describe: (module, config, beside) =>
      client.request("modules.describe", { module, config, beside: [...beside] }),
    find: (specifier) =>
      store
        .getState()
        .modules.find((module) => module.name === specifier || module.aliases.includes(specifier)),
  };
}
