import { useState } from "react";
import { isDirty } from "../../state/documents";
import type { TemplateEntry } from "../../state/templates";
import type { Workbench } from "../../state/workbench";
import { Button, ConfirmDialog, Dialog, TextField } from "../../ui";
import { TEMPLATE_KIND, templateTab } from "../../state/templateTab";

interface NameQuestion {
  title: string;
  initial: string;
  action: string;
  /** The template whose own name is not taken for itself. */
  renamed?: TemplateEntry;
}

/** Asks for a template's name; names that are taken are refused while typing. */
function askTemplateName(
  { dialogs, templates }: Workbench,
  question: NameQuestion,
): Promise<string | undefined> {
  const others = templates.store.getState().templates.filter(({ file }) => file !== question.renamed?.file);
  const taken = new Set(others.map((entry) => entry.name.toLowerCase()));
  return dialogs.ask<string>((close) => <NameDialog question={question} taken={taken} close={close} />);
}

/** Asks for another name and renames the template. */
export async function askAndRename(workbench: Workbench, entry: TemplateEntry): Promise<void> {
  const name = await askTemplateName(workbench, {
    title: "Rename template",
    initial: entry.name,
    action: "Rename",
    renamed: entry,
  });
  if (name !== undefined) await workbench.templates.rename(entry.file, name);
}

/** Asks for the name of a copy, makes it and opens it. */
export async function askAndDuplicate(workbench: Workbench, entry: TemplateEntry): Promise<void> {
  const name = await askTemplateName(workbench, {
    title: "Duplicate template",
    initial: `${entry.name} copy`,
    action: "Duplicate",
  });
  if (name !== undefined)
    workbench.tabs.open(templateTab(await workbench.templates.duplicate(entry.file, name)));
}

function NameDialog({
  question,
  taken,
  close,
}: {
  question: NameQuestion;
  taken: ReadonlySet<string>;
  close(name?: string): void;
}) {
  const [name, setName] = useState(question.initial);
  const trimmed = name.trim();
  const problem = taken.has(trimmed.toLowerCase())
    ? `A template named “${trimmed}” exists already.`
    : undefined;
  const isReady = trimmed !== "" && problem === undefined;
  return (
    <Dialog
      title={question.title}
      open
      onClose={() => close()}
      size="small"
      actions={
        <>
          <Button onClick={() => close()}>Cancel</Button>
          <Button variant="primary" disabled={!isReady} onClick={() => close(trimmed)}>
            {question.action}
          </Button>
        </>
      }
    >
      <TextField
        label="Name"
        value={name}
        onChange={setName}
        problem={problem}
        autoFocus
        onFocus={(event) => event.target.select()}
        onKeyDown={(event) => event.key === "Enter" && isReady && close(trimmed)}
      />
    </Dialog>
  );
}

/** Asks once, then moves a template to the trash. */
export async function confirmDeleteTemplate(
  { dialogs, templates, tabs, documents }: Workbench,
  entry: TemplateEntry,
): Promise<void> {
  const isAgreed = await dialogs.ask<true>((close) => (
    <ConfirmDialog
      title={`Move the template ${entry.name} to the trash?`}
      description="Sessions that run keep their snapshot, and the history stays readable. You can undo this."
      action="Move to trash"
      close={close}
    />
  ));
  if (isAgreed !== true) return;
  await templates.delete(entry.file);
  const path = `templates/${entry.file}`;
  // Unsaved changes are in no trash: their tab stays and can write the file again.
  if (isDirty(documents.get(path))) return;
  tabs.replace((tab) => (tab.kind === TEMPLATE_KIND && tab.input["file"] === entry.file ? null : tab));
  documents.close(path);
}
