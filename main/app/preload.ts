import { contextBridge, ipcRenderer } from "electron";
import type { WorkbenchApi } from "../../shared/ipc/contract";

// The channel names are repeated here because a sandboxed preload is one small file: importing the contract would
// bundle every schema into it. preload.test.ts holds them against the contract.
const REQUEST_CHANNEL = "workbench:request";
const EVENT_CHANNEL = "workbench:event";

type Listener = (payload: unknown) => void;
const listeners = new Map<string, Set<Listener>>();

ipcRenderer.on(EVENT_CHANNEL, (_event, name: string, payload: unknown) => {
  for (const listener of listeners.get(name) ?? []) listener(payload);
});

const api: WorkbenchApi = {
  request: (name, input) => ipcRenderer.invoke(REQUEST_CHANNEL, name, input),
  on: (name, listener) => {
    // Main checked the payload against the event of this name before it sent it.
    const own = listener as Listener;
    const set = listeners.get(name) ?? new Set<Listener>();
    listeners.set(name, set.add(own));
    return () => {
      set.delete(own);
    };
  },
};

contextBridge.exposeInMainWorld("workbench", api);
