import type { editor } from "monaco-editor/editor";
import { useEffect, useRef, useState, type RefObject } from "react";
import { useValue, useWorkbench } from "../state/context";
import { useMonaco, type MonacoParts } from "./load";
import { editorOptions } from "./options";
import { editorService } from "./service";

/** An editor without a model; `parts` and `instance` are there once Monaco is loaded. */
interface CodeEditor {
  /** Where the editor is made. */
  readonly host: RefObject<HTMLDivElement | null>;
  readonly parts: MonacoParts | undefined;
  readonly instance: editor.IStandaloneCodeEditor | undefined;
}

/** Makes an editor of a group that follows the user's settings; it is disposed of with its element. */
export function useCodeEditor(groupId: string, isReadOnly: boolean): CodeEditor {
  const workbench = useWorkbench();
  const parts = useMonaco();
  const host = useRef<HTMLDivElement>(null);
  const [instance, setInstance] = useState<editor.IStandaloneCodeEditor>();
  const settings = useValue(workbench.settings.store, (state) => state.settings);

  useEffect(() => {
    if (parts === undefined || host.current === null) return;
    const service = editorService(workbench, parts);
    const made = parts.monaco.editor.create(host.current, {
      ...editorOptions(workbench.settings.store.getState().settings),
      model: null,
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
  }, [parts, workbench, groupId]);

  useEffect(() => {
    instance?.updateOptions({ ...editorOptions(settings), readOnly: isReadOnly });
  }, [instance, settings, isReadOnly]);

  return { host, parts, instance };
}
