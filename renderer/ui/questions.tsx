import { Button } from "./Button";
import { Dialog } from "./Dialog";

interface ConfirmDialogProps {
  /** The question; also the dialog's accessible name. */
  title: string;
  /** What is lost, and whether it can be had again. */
  description: string;
  /** The verb of the button that agrees. */
  action: string;
  /** Called once: `true` when the user agrees, with nothing otherwise. */
  close(agreed?: true): void;
}

/** Asks once before something is destroyed. */
export function ConfirmDialog({ title, description, action, close }: ConfirmDialogProps) {
  return (
    <Dialog
      title={title}
      open
      onClose={() => close()}
      role="alertdialog"
      size="small"
      description={description}
      actions={
        <>
          <Button onClick={() => close()}>Cancel</Button>
          <Button variant="danger" autoFocus onClick={() => close(true)}>
            {action}
          </Button>
        </>
      }
    />
  );
}

/** What becomes of unsaved changes. */
export type SaveAnswer = "save" | "discard";

interface SaveDialogProps {
  /** The document, as its tab calls it. */
  name: string;
  /** Called once: with nothing when the user cancels. */
  close(answer?: SaveAnswer): void;
}

/** Asks what to do with the unsaved changes of a document that is about to close. */
export function SaveDialog({ name, close }: SaveDialogProps) {
  return (
    <Dialog
      title={`Save the changes to ${name}?`}
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
  );
}
