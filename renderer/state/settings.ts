import { createStore, type StoreApi } from "zustand/vanilla";
import { settingsSchema, type Settings } from "../../shared/ipc/app";
import type { Client } from "./client";

export type { Settings };

export interface SettingsState {
  readonly settings: Settings;
}

export interface SettingsConcern {
  readonly store: StoreApi<SettingsState>;
  load(): Promise<void>;
  change(change: Partial<Settings>): Promise<void>;
}

export function createSettings(client: Client): SettingsConcern {
  const store = createStore<SettingsState>(() => ({ settings: settingsSchema.parse({}) }));
  client.on("settings.changed", ({ settings }) => store.setState({ settings }));
  return {
    store,
    async load() {
      store.setState({ settings: await client.request("app.getSettings", {}) });
    },
    async change(change) {
      const before = store.getState().settings;
      // Shown at once; main's answer or refusal has the last word.
      store.setState({ settings: { ...before, ...change } });
      try {
        store.setState({ settings: await client.request("app.setSettings", change) });
      } catch (error) {
        store.setState({ settings: before });
        throw error;
      }
    },
  };
}
