import type { Session } from "../../../shared/model/session";
import type { Workbench } from "../../state/workbench";
import { ConfirmDialog } from "../../ui";

/** Asks once, then removes a session and everything that it ran. */
export async function confirmDeleteSession(
  { dialogs, sessions, executions, console: output }: Workbench,
  session: Session,
): Promise<void> {
  const isAgreed = await dialogs.ask<true>((close) => (
    <ConfirmDialog
      title={`Delete ${session.name}?`}
      description="Its executions and their output leave the history. This cannot be undone."
      action="Delete"
      close={close}
    />
  ));
  if (isAgreed !== true) return;
  await sessions.delete(session.id);
  executions.forgetSession(session.id);
  output.forget(session.id);
}
