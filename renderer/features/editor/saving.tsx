import { isDirty } from "../../state/documents";
import { baseName } from "../../state/paths";
import type { Workbench } from "../../state/workbench";
import { currentEditorService } from "../../monaco/service";
import { Button, Dialog } from "../../ui";
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
  const answer = await dialogs.ask<"save" | "discard">((close) => (
    <Dialog
      title={`Save the changes to ${baseName(path)}?`}
      open
      onClose={() => close()}
      role="alertdialog"
      size="small"
      description="Your changes are lost if you do not save them."
      actions={
        <>
          <Button onClick={() => close("discard")}>Don’t save</Button>
          <Button onClick={() => close()}>Cancel</Button>
          <Button variant="primary" autoFocus onClick={() => close("save")}>
            Save
          </Button>
        </>
      }
    />
  ));
  if (answer === undefined) return false;
  if (answer === "save") {
    await saveFile(workbench, path);
    return !isDirty(documents.get(path));
  }
  return true;
}
