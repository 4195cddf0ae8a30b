import { Ellipsis, FlaskConical, Redo2, ScrollText, Undo2 } from "lucide-react";
import { useValue, useWorkbench } from "../../state/context";
import type { TemplateEntry } from "../../state/templates";
import { TEMPLATE_FACES, type TemplateFace } from "../../state/templateEditing";
import { Badge, Button, IconButton, Menu, type MenuEntry } from "../../ui";
import { askAndDuplicate, askAndRename } from "../template-list";
import { askAndDelete, compareWith, exportTemplates } from "./acts";
import { saveTemplate, tryTemplate } from "./saving";
import type { TemplateDocumentState, TemplateForm } from "./useTemplate";

const FACE_WORDS: Readonly<Record<TemplateFace, string>> = { form: "Form", both: "Both", source: "JSON" };

interface EditorHeadProps {
  file: string;
  name: string;
  form: TemplateForm;
  document: TemplateDocumentState;
  entry: TemplateEntry | undefined;
  isReadOnly: boolean;
}

/** The template's name and state, its two faces, and what can be done with it. */
export function EditorHead({ file, name, form, document, entry, isReadOnly }: EditorHeadProps) {
  const workbench = useWorkbench();
  const { templateEditing, commands, notices, workspace } = workbench;
  const face = useValue(templateEditing.store, (state) => state.faces[file] ?? "form");
  const history = useValue(templateEditing.store, (state) => state.history[file]);
  const hasGit = useValue(workspace.store, (state) => state.workspace?.git ?? false);
  const problems = form.problems.length;
  const isValid = document.check !== undefined && problems === 0;
  const items: MenuEntry[] = [
    {
      label: "Compare with the saved one",
      disabled: !document.dirty,
      onSelect: () => compareWith(workbench, `file:${file}`, `editor:${file}`),
    },
    ...(hasGit
      ? [
          {
            label: "Compare with the last commit",
            onSelect: () => compareWith(workbench, `git:${file}`, `file:${file}`),
          },
        ]
      : []),
    {
      label: "Compare with another template or session…",
      onSelect: () => compareWith(workbench, undefined, document.dirty ? `editor:${file}` : `file:${file}`),
    },
    "separator",
    {
      label: "Rename…",
      disabled: isReadOnly || entry?.template === undefined || document.dirty,
      onSelect: () => entry !== undefined && notices.attempt(() => askAndRename(workbench, entry)),
    },
    {
      label: "Duplicate…",
      disabled: entry?.template === undefined,
      onSelect: () => entry !== undefined && notices.attempt(() => askAndDuplicate(workbench, entry)),
    },
    {
      label: "Export…",
      disabled: entry?.template === undefined,
      onSelect: () => notices.attempt(() => exportTemplates(workbench, [file])),
    },
    "separator",
    {
      label: "Revert to the saved one",
      disabled: !document.dirty || document.status === "missing",
      onSelect: () => workbench.documents.revert(`templates/${file}`),
    },
    {
      label: "Move to trash",
      danger: true,
      disabled: isReadOnly,
      onSelect: () => notices.attempt(() => askAndDelete(workbench, file)),
    },
  ];
  return (
    <header className="tpl-head">
      <ScrollText size={16} aria-hidden className="tpl-head-icon" />
      <h1 className="tpl-name">{name}</h1>
      {document.dirty && <Badge tone="accent">unsaved</Badge>}
      {isReadOnly && <Badge tone="warning">read-only</Badge>}
      {problems > 0 && <Badge tone="danger">{problems === 1 ? "1 problem" : `${problems} problems`}</Badge>}
      <div className="tpl-head-acts">
        <div className="tpl-switch" role="group" aria-label="View">
          {TEMPLATE_FACES.map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={face === each}
              onClick={() => templateEditing.showFace(file, each)}
            >
              {FACE_WORDS[each]}
            </button>
          ))}
        </div>
        <IconButton
          label="Undo"
          shortcut="Mod+Z"
          icon={<Undo2 aria-hidden />}
          disabled={isReadOnly || history?.canUndo !== true}
          onClick={() => templateEditing.undo(file)}
        />
        <IconButton
          label="Redo"
          shortcut="Mod+Shift+Z"
          icon={<Redo2 aria-hidden />}
          disabled={isReadOnly || history?.canRedo !== true}
          onClick={() => templateEditing.redo(file)}
        />
        <Button
          size="small"
          icon={<FlaskConical size={13} aria-hidden />}
          disabled={!isValid}
          title="Start a session from the template as it stands here, saved or not"
          onClick={() => notices.attempt(() => tryTemplate(workbench, file))}
        >
          Try it
        </Button>
        <Button
          size="small"
          variant="primary"
          disabled={isReadOnly || !document.dirty || document.conflict !== null}
          title={commands.keysOf("file.save")?.replace("Mod", "Ctrl")}
          onClick={() => notices.attempt(() => saveTemplate(workbench, file))}
        >
          Save
        </Button>
        <Menu items={items} align="end">
          <IconButton label="More acts" icon={<Ellipsis aria-hidden />} />
        </Menu>
      </div>
    </header>
  );
}
