import type { Tab } from "../../state/tabs";

export const COMPARE_KIND = "templateComparison";

/** File of the template that a tab edits. */
export const fileOf = (tab: Tab): string => (typeof tab.input["file"] === "string" ? tab.input["file"] : "");

/** One side of a comparison, as the choice names it: `file:x`, `editor:x`, `git:x`, `session:id`. */
export type Side = `${"file" | "editor" | "git" | "session"}:${string}`;

export const isSide = (text: unknown): text is Side =>
  typeof text === "string" && /^(file|editor|git|session):/.test(text);

export const compareTab = (before: Side | undefined, after: Side | undefined) => ({
  id: `${COMPARE_KIND}:${before ?? ""}:${after ?? ""}`,
  kind: COMPARE_KIND,
  input: { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) },
});
