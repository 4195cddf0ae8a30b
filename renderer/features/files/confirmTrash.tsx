import { baseName } from "../../state/paths";
import type { Workbench } from "../../state/workbench";
import { Button, Dialog } from "../../ui";

/** Asks once, then moves a file or folder to the trash. */
export async function confirmTrash({ dialogs, files }: Workbench, path: string): Promise<void> {
  const isAgreed = await dialogs.ask<true>((close) => (
    <Dialog
      title={`Move ${baseName(path)} to the trash?`}
      open
      onClose={() => close()}
      role="alertdialog"
      size="small"
      description="You can undo this afterwards."
      actions={
        <>
          <Button onClick={() => close()}>Cancel</Button>
          <Button variant="danger" autoFocus onClick={() => close(true)}>
            Move to trash
          </Button>
        </>
      }
    />
  ));
  if (isAgreed === true) await files.trash(path);
}
