import { useEffect } from "react";
import { editorService } from "../../monaco/service";
import { useMonaco } from "../../monaco/load";
import { useValue, useWorkbench } from "../../state/context";
import type { TabProps } from "../../state/places";
import { templatePath } from "../../state/templateEditing";
import { Button, EmptyState, Spinner } from "../../ui";
import { EditorHead } from "./EditorHead";
import { FormFace } from "./FormFace";
import { attachModel } from "./monaco/attachModel";
import { SourceFace } from "./SourceFace";
import { StateBars } from "./StateBars";
import { fileOf } from "./templateTab";
import { useTemplateDocument, useTemplateForm } from "./useTemplate";
import "./templates.css";

/** A template with its two faces, form and JSON source, over one text. */
export function TemplateEditor({ tab, groupId }: TabProps) {
  const workbench = useWorkbench();
  const { templates, templateEditing, workspace, tabs } = workbench;
  const file = fileOf(tab);
  const document = useTemplateDocument(file);
  const entry = useValue(templates.store, (state) => state.templates.find((each) => each.file === file));
  const isWorkspaceReadOnly = useValue(workspace.store, (state) => state.workspace?.readOnly ?? false);
  const isReadOnly = isWorkspaceReadOnly || entry?.readOnly === true || entry?.state === "newer";
  const form = useTemplateForm(file, document.text, document.check, isReadOnly);
  const face = useValue(templateEditing.store, (state) => state.faces[file] ?? "form");
  const parts = useMonaco();
  const isLoaded = document.status === "ready" || document.status === "missing";

  // The model is there whichever face is shown: its undo history belongs to both.
  useEffect(() => {
    if (parts === undefined || !isLoaded) return;
    const model = editorService(workbench, parts).models.get(templatePath(file));
    return model === undefined ? undefined : attachModel(model, file, templateEditing);
  }, [parts, isLoaded, workbench, file, templateEditing]);
  useEffect(() => {
    if (document.dirty) tabs.pin(tab.id);
  }, [document.dirty, tabs, tab.id]);

  if (document.status === "failed") {
    return (
      <EmptyState
        title="This template cannot be shown"
        actions={
          <Button
            onClick={() => workbench.notices.attempt(() => workbench.documents.open(templatePath(file)))}
          >
            Try again
          </Button>
        }
      >
        {document.error}
      </EmptyState>
    );
  }
  if (!isLoaded) {
    return (
      <div className="tpl-loading">
        <Spinner label="Loading the template" />
      </div>
    );
  }
  return (
    <div className="tpl">
      <EditorHead
        file={file}
        name={entry?.name ?? file}
        form={form}
        document={document}
        entry={entry}
        isReadOnly={isReadOnly}
      />
      <StateBars file={file} document={document} entry={entry} form={form} isReadOnly={isReadOnly} />
      <div className="tpl-faces" data-face={face}>
        {face !== "source" && <FormFace form={form} />}
        {face !== "form" && (
          <SourceFace
            file={file}
            text={document.text}
            check={document.check}
            isReadOnly={isReadOnly}
            groupId={groupId}
          />
        )}
      </div>
    </div>
  );
}
