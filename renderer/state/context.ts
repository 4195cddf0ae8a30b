import { createContext, useContext } from "react";
import { useStore } from "zustand";
import type { StoreApi } from "zustand/vanilla";
import type { Workbench } from "./workbench";

const WorkbenchContext = createContext<Workbench | null>(null);
export const WorkbenchProvider = WorkbenchContext.Provider;

/** The window's state and acts. */
export function useWorkbench(): Workbench {
  const workbench = useContext(WorkbenchContext);
  if (workbench === null) throw new Error("This part is rendered outside of the workbench.");
  return workbench;
}

/** A value of a store; the component renders again when it changes. The selector must give a stable value. */
export const useValue = <State, Value>(store: StoreApi<State>, selector: (state: State) => Value): Value =>
  useStore(store, selector);
