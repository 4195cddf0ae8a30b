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
  /** Shown at once; main's answer or refusal has the last word. Throws `STORAGE_UNAVAILABLE`: it then holds for now. */
  change(change: Partial<Settings>): Promise<void>;
}

/** What main says about the settings, with the changes that it has not answered yet. */
export function createSettings(client: Client): SettingsConcern {
  let confirmed = settingsSchema.parse({});
  const unanswered = new Set<Partial<Settings>>();
  const store = createStore<SettingsState>(() => ({ settings: confirmed }));
  const show = (settings: Settings) => {
    confirmed = settings;
    store.setState({ settings: Object.assign({}, confirmed, ...unanswered) as Settings });
  };
  client.on("settings.changed", ({ settings }) => show(settings));
  return {
    store,
    async load() {
      show(await client.request("app.getSettings", {}));
    },
    async change(change) {
      unanswered.add(change);
      show(confirmed);
      try {
        confirmed = await client.request("app.setSettings", change);
      } finally {
        // Refused or not: what main holds has been told.
        unanswered.delete(change);
        show(confirmed);
      }
    },
  };
}
