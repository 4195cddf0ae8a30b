import type { Tab } from "../../state/tabs";

/** Path of the file that a tab shows. */
export function pathOfTab(tab: Tab): string {
  const { path } = tab.input;
  return typeof path === "string" ? path : "";
}
