import { isDirty } from "../../state/documents";
import { templatePath } from "../../state/templateEditing";
import type { Workbench } from "../../state/workbench";
import { SaveDialog, type SaveAnswer } from "../../ui";

/** Saves a template that validates; when the disk holds another text, the tab shows both and lets the user decide. */
export async function saveTemplate(
  { templateEditing, notices, announcer }: Workbench,
  file: string,
): Promise<void> {
  const outcome = await templateEditing.save(file);
  if (outcome === "saved") {
    announcer.say("The template is saved.");
    return;
  }
  notices.show({
    severity: "warning",
    code: "TEMPLATE_CONFLICT",
    message: "The template changed on disk while you edited it. Compare the two and decide.",
  });
}

/** Asks what to do with unsaved changes; `false` keeps the tab. */
export async function mayCloseTemplate(workbench: Workbench, file: string): Promise<boolean> {
  const { documents, dialogs, templates } = workbench;
  const path = templatePath(file);
  if (!isDirty(documents.get(path))) return true;
  const name = templates.get(file)?.name ?? file;
  const answer = await dialogs.ask<SaveAnswer>((close) => <SaveDialog name={name} close={close} />);
  if (answer !== "save") return answer === "discard";
  await saveTemplate(workbench, file);
  return !isDirty(documents.get(path));
}

/** Starts a session from the template as it stands in the editor, clearly marked when that is not saved, and uses it for runs. */
export async function tryTemplate(
  { templateEditing, templates, documents, sessions, run, notices, layout }: Workbench,
  file: string,
): Promise<void> {
  const source = templateEditing.textOf(file);
  if (source === undefined) return;
  const isUnsaved = isDirty(documents.get(templatePath(file)));
  const name = templates.get(file)?.name ?? file;
  const created = await sessions.create(
    isUnsaved ? { source } : { file },
    isUnsaved ? `${name} (unsaved)` : undefined,
  );
  run.chooseSession(created.id);
  const session = await sessions.settled(created.id);
  if (session?.status === "crashed") {
    layout.showView("sessions");
    notices.show({
      severity: "error",
      code: "STARTUP_FAILED",
      message: session.lastError?.message ?? session.reason ?? "The session could not start.",
    });
    return;
  }
  notices.show({
    severity: "success",
    message: isUnsaved
      ? `“${session?.name ?? name}” is ready: a session from the unsaved template. Runs use it now.`
      : `“${session?.name ?? name}” is ready. Runs use it now.`,
  });
}
