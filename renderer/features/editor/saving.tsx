import { isDirty } from "../../state/documents";
import { baseName } from "../../state/paths";
import type { Workbench } from "../../state/workbench";
import { currentEditorService } from "../../monaco/service";
import { SaveDialog, type SaveAnswer } from "../../ui";
import { diffTab } from "./diffTab";

/** Saves a file; when it changed on disk meanwhile, shows both texts instead. */
export async function saveFile(workbench: Workbench, path: string): Promise<void> {
  currentEditorService(workbench)?.models.flush();
  const outcome = await workbench.documents.save(path);
  if (outcome === "saved") return;
  workbench.tabs.open(diffTab.conflict(path));
  workbench.notices.show({
    severity: "warning",
    code: "FILE_CONFLICT",
    message: `${baseName(path)} changed on disk while you edited it. Compare the two and decide.`,
  });
}

/** Asks what to do with unsaved changes; `false` keeps the tab. */
export async function mayCloseFile(workbench: Workbench, path: string): Promise<boolean> {
  const { documents, dialogs } = workbench;
  if (!isDirty(documents.get(path))) return true;
  const answer = await dialogs.ask<SaveAnswer>((close) => <SaveDialog name={baseName(path)} close={close} />);
  if (answer !== "save") return answer === "discard";
  await saveFile(workbench, path);
  return !isDirty(documents.get(path));
}
