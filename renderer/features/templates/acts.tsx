import { templatePath } from "../../state/templateEditing";
import type { TemplateEntry } from "../../state/templates";
import { plural } from "../../state/format";
import type { Workbench } from "../../state/workbench";
import { templateTab } from "../../state/templateTab";
import { confirmDeleteTemplate } from "../template-list";
import { ExportDialog, type ExportChoice } from "./dialogs/ExportDialog";
import { ImportDialog } from "./dialogs/ImportDialog";
import { NewTemplateDialog, type NewTemplate } from "./dialogs/NewTemplateDialog";
import { compareTab, type Side } from "./templateTab";

/** Asks what a new template starts from, creates it and opens it. */
export async function askAndCreate(workbench: Workbench): Promise<void> {
  const { dialogs, templates, tabs, layout } = workbench;
  const wanted = await dialogs.ask<NewTemplate>((close) => <NewTemplateDialog close={close} />);
  if (wanted === undefined) return;
  const { name, from } = wanted;
  const entry =
    from.kind === "duplicate"
      ? await templates.duplicate(from.file, name)
      : await templates.create({
          name,
          ...(from.kind === "preset" ? { preset: from.id } : {}),
          ...(from.kind === "script" ? { fromScript: from.path } : {}),
        });
  layout.showView("templates");
  tabs.open(templateTab(entry));
}

/** A file that was never in the list cannot be put into the trash: then only its tab closes. */
export async function askAndDelete(workbench: Workbench, file: string): Promise<void> {
  const entry: TemplateEntry | undefined = workbench.templates.get(file);
  if (entry !== undefined) await confirmDeleteTemplate(workbench, entry);
}

/** Opens a comparison; a side that is not given is chosen there. */
export function compareWith({ tabs }: Workbench, before: Side | undefined, after: Side | undefined): void {
  tabs.open(compareTab(before, after));
}

/** Asks which templates to export and how, and writes them where the user says. */
export async function exportTemplates(
  { dialogs, templates, notices }: Workbench,
  files?: readonly string[],
): Promise<void> {
  const wanted = await dialogs.ask<ExportChoice>((close) => <ExportDialog start={files} close={close} />);
  if (wanted === undefined) return;
  const { files: chosen, form } = wanted;
  if (form === "folder") {
    const folder = await templates.exportToFolder(chosen);
    if (folder !== undefined)
      notices.show({
        severity: "success",
        message: `Exported ${plural(chosen.length, "template")} to ${folder}, with their checksums beside them.`,
      });
    return;
  }
  const [first] = chosen;
  const only =
    chosen.length === 1 && first !== undefined ? first.replace(/\.template\.json$/, "") : "templates";
  const path = await templates.exportTo(chosen, `${only}.templates.json`);
  if (path !== undefined)
    notices.show({
      severity: "success",
      message: `Exported to ${path}. A checksum inside tells whether it was changed on its way.`,
    });
}

/** Opens the import, with a text that was dropped or pasted elsewhere if there is one. */
export async function importTemplates(
  { dialogs, tabs, layout, notices }: Workbench,
  text?: string,
): Promise<void> {
  const entries = await dialogs.ask<readonly TemplateEntry[]>((close) => (
    <ImportDialog start={text} close={close} />
  ));
  if (entries === undefined) return;
  layout.showView("templates");
  const [first] = entries;
  if (first !== undefined) tabs.open(templateTab(first));
  notices.show({
    severity: "success",
    message:
      entries.length === 1 && first !== undefined
        ? `Imported the template “${first.name}”.`
        : `Imported ${entries.length} templates.`,
  });
}

/** The file of the template tab that is shown. */
export function activeTemplate({ tabs, documents }: Workbench): string | undefined {
  const tab = tabs.active();
  const file = tab?.kind === "template" ? tab.input["file"] : undefined;
  return typeof file === "string" && documents.get(templatePath(file)) !== undefined ? file : undefined;
}
