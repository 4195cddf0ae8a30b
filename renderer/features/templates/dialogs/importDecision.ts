import type { ImportChoice, ImportItem } from "../../../state/templates";

/** What the user wants for one template of an import. */
export interface Decision {
  readonly action: ImportChoice["action"];
  readonly newName: string;
}

/** What is safe without asking: nothing that exists is replaced unless the user says so. */
export const firstChoice = (item: ImportItem): Decision => ({
  action: item.template === undefined ? "skip" : item.conflict === "none" ? "add" : "skip",
  newName: item.conflict === "none" ? item.name : `${item.name} (imported)`,
});

/** The choice as main takes it. */
export function decided(item: ImportItem, decision: Decision = firstChoice(item)): ImportChoice {
  const newName = decision.newName.trim();
  const isRenamed = decision.action === "add" && newName !== "" && newName !== item.name;
  return { name: item.name, action: decision.action, ...(isRenamed ? { newName } : {}) };
}
