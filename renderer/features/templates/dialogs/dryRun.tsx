import type { Workbench } from "../../../state/workbench";
import { DryRunDialog } from "./DryRunDialog";

/** Starts a session from the text as it stands, shows what its startup files did, and takes the session away again. */
export function dryRun(workbench: Workbench, file: string): void {
  const { dialogs, notices, sessions, startupTrace, templateEditing, templates } = workbench;
  const source = templateEditing.textOf(file);
  if (source === undefined) return;
  notices.attempt(async () => {
    const name = templates.get(file)?.name ?? file;
    const session = await sessions.create({ source }, `Dry run of ${name}`);
    startupTrace.follow(session.id);
    try {
      await dialogs.ask((close) => <DryRunDialog id={session.id} name={name} close={() => close()} />);
    } finally {
      startupTrace.end();
      await sessions.close(session.id);
      await sessions.delete(session.id);
    }
  });
}
