import { useEffect } from "react";
import { editorService } from "../../monaco/service";
import { useCodeEditor } from "../../monaco/useCodeEditor";
import { useWorkbench } from "../../state/context";
import { templatePath, type TemplateCheck } from "../../state/templateEditing";
import { Spinner } from "../../ui";
import { markTemplate } from "./monaco/markers";
import { installTemplateSchema } from "./monaco/templateSchema";

interface SourceFaceProps {
  file: string;
  text: string;
  check: TemplateCheck | undefined;
  isReadOnly: boolean;
  groupId: string;
}

/** The template's JSON in Monaco, with completion, hover docs and problems at their places. */
export function SourceFace({ file, text, check, isReadOnly, groupId }: SourceFaceProps) {
  const workbench = useWorkbench();
  const { host, parts, instance } = useCodeEditor(groupId, isReadOnly);
  const path = templatePath(file);

  useEffect(() => {
    if (parts === undefined || instance === undefined) return;
    workbench.notices.attempt(() => installTemplateSchema(parts, workbench));
    instance.setModel(editorService(workbench, parts).models.get(path) ?? null);
    instance.updateOptions({ ariaLabel: `Source of ${path}` });
  }, [parts, instance, workbench, path]);

  useEffect(() => {
    const model = instance?.getModel();
    if (model && parts !== undefined) markTemplate(parts, model, check);
  }, [instance, parts, check, text]);

  return (
    <section className="tpl-source" aria-label="JSON source">
      <div ref={host} className="tpl-source-host" />
      {instance === undefined && <Spinner label="Loading the editor" />}
    </section>
  );
}
