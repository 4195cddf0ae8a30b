import type { editor } from "monaco-editor/editor";
import { useEffect, useRef, useState } from "react";
import { editorOptions } from "../../monaco/options";
import { editorService } from "../../monaco/service";
import { useMonaco } from "../../monaco/load";
import { useValue, useWorkbench } from "../../state/context";
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
  const parts = useMonaco();
  const host = useRef<HTMLDivElement>(null);
  const [instance, setInstance] = useState<editor.IStandaloneCodeEditor>();
  const settings = useValue(workbench.settings.store, (state) => state.settings);
  const path = templatePath(file);

  useEffect(() => {
    if (parts === undefined || host.current === null) return;
    const service = editorService(workbench, parts);
    workbench.notices.attempt(() => installTemplateSchema(parts, workbench));
    const made = parts.monaco.editor.create(host.current, {
      ...editorOptions(workbench.settings.store.getState().settings),
      model: service.models.get(path) ?? null,
      ariaLabel: `Source of ${path}`,
    });
    made.onDidFocusEditorText(() => {
      service.focused(made);
      workbench.tabs.activateGroup(groupId);
    });
    setInstance(made);
    return () => {
      service.released(made);
      made.dispose();
      setInstance(undefined);
    };
  }, [parts, workbench, path, groupId]);

  useEffect(() => {
    instance?.updateOptions({ ...editorOptions(settings), readOnly: isReadOnly });
  }, [instance, settings, isReadOnly]);

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
