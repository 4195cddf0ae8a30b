import { createStore, type StoreApi } from "zustand/vanilla";
import type { AppInfo } from "../../shared/ipc/app";
import type { Workspace } from "../../shared/ipc/workspace";
import type { Client } from "./client";

export interface WorkspaceState {
  readonly workspace: Workspace | null;
  readonly recent: readonly string[];
  readonly info: AppInfo | null;
}

/** The folder that is open, and the application around it. */
export interface WorkspaceConcern {
  readonly store: StoreApi<WorkspaceState>;
  load(): Promise<void>;
  /** Opens a folder; without one, main asks for it. */
  open(path?: string): Promise<void>;
  openSample(): Promise<void>;
}

export function createWorkspace(client: Client): WorkspaceConcern {
  const store = createStore<WorkspaceState>(() => ({ workspace: null, recent: [], info: null }));
  client.on("workspace.changed", ({ workspace }) => store.setState({ workspace }));
  const loadRecent = async () => {
    store.setState({ recent: (await client.request("workspace.recent", {})).roots });
  };
  return {
    store,
    async load() {
      const [{ workspace }, info] = await Promise.all([
        client.request("workspace.get", {}),
        client.request("app.info", {}),
        loadRecent(),
      ]);
      store.setState({ workspace, info });
    },
    async open(path) {
      const { workspace } = await client.request("workspace.open", path === undefined ? {} : { path });
      if (workspace !== null) store.setState({ workspace });
      await loadRecent();
    },
    async openSample() {
      const { workspace } = await client.request("workspace.openSample", {});
      store.setState({ workspace });
      await loadRecent();
    },
  };
}
