import { baseName } from "../../state/paths";
import type { Workbench } from "../../state/workbench";
import { ConfirmDialog } from "../../ui";

/** Asks once, then moves a file or folder to the trash. */
export async function confirmTrash({ dialogs, files }: Workbench, path: string): Promise<void> {
  const isAgreed = await dialogs.ask<true>((close) => (
    <ConfirmDialog
      title={`Move ${baseName(path)} to the trash?`}
      description="You can undo this afterwards."
      action="Move to trash"
      close={close}
    />
  ));
  if (isAgreed === true) await files.trash(path);
}
