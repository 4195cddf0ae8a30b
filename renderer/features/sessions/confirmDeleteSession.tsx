import type { Session } from "../../../shared/model/session";
import type { Workbench } from "../../state/workbench";
import { Button, Dialog } from "../../ui";

/** Asks once, then removes a session and everything that it ran. */
export async function confirmDeleteSession(
  { dialogs, sessions, executions, console: output }: Workbench,
  session: Session,
): Promise<void> {
  const isAgreed = await dialogs.ask<true>((close) => (
    <Dialog
      title={`Delete ${session.name}?`}
      open
      onClose={() => close()}
      role="alertdialog"
      size="small"
      description="Its executions and their output leave the history. This cannot be undone."
      actions={
        <>
          <Button onClick={() => close()}>Cancel</Button>
          <Button variant="danger" autoFocus onClick={() => close(true)}>
            Delete
          </Button>
        </>
      }
    />
  ));
  if (isAgreed !== true) return;
  await sessions.delete(session.id);
  executions.forgetSession(session.id);
  output.forget(session.id);
}
