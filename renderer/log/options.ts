import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { ConsoleLevel } from "../../shared/model/event";

interface ConsoleOptions {
  /** Levels that are not shown. */
  readonly hidden: ReadonlySet<ConsoleLevel>;
  readonly query: string;
  readonly timestamps: boolean;
  /** Keeps the newest line in view. Scrolling up ends it. */
  readonly follow: boolean;
}

/** How the console is looked at: one choice for all sessions. */
export const consoleOptions = createStore<ConsoleOptions>(() => ({
  hidden: new Set(),
  query: "",
  timestamps: false,
  follow: true,
}));
export const useConsoleOptions = (): ConsoleOptions => useStore(consoleOptions);
