/** The log with its search field that has the focus; the shortcuts of a search mean the one in which somebody is. */
export const focusedLog = (): Element | null => document.activeElement?.closest(".log-area") ?? null;

/** Presses one of its buttons that lead from hit to hit. */
export const stepInLog = (name: "Next hit" | "Previous hit"): void =>
  focusedLog()?.querySelector<HTMLButtonElement>(`button[aria-label="${name}"]`)?.click();
