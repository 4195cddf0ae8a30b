import { contextBridge, ipcRenderer } from "electron";
import type { WorkbenchBridge } from "../../shared/ipc/contract";

// The channel names are repeated here because a sandboxed preload is one small file: importing the contract would
// bundle every schema into it. preload.test.ts holds them against the contract.
const REQUEST_CHANNEL = "workbench:request";
const EVENT_CHANNEL = "workbench:event";

type Listener = (payload: string) => void;
const listeners = new Map<string, Set<Listener>>();

ipcRenderer.on(EVENT_CHANNEL, (_event, name: string, payload: string) => {
  for (const listener of listeners.get(name) ?? []) listener(payload);
});

const bridge: WorkbenchBridge = {
  request: (name, input) => ipcRenderer.invoke(REQUEST_CHANNEL, name, input),
  on: (name, listener) => {
    const set = listeners.get(name) ?? new Set<Listener>();
    listeners.set(name, set.add(listener));
    return () => {
      set.delete(listener);
    };
  },
};

contextBridge.exposeInMainWorld("workbench", bridge);
