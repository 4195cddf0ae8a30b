import type { editor } from "monaco-editor/editor";
import { useEffect, useRef, useState } from "react";
import { useMonaco } from "./load";
import { editorOptions } from "./options";
import { useValue, useWorkbench } from "../state/context";
import { Spinner } from "../ui";

interface DiffViewProps {
  before: string;
  after: string;
  language: string;
  label: string;
  /** Shows both texts in one column; by default the width decides. */
  inline?: boolean;
}

/** Two texts side by side, differences marked; read-only. */
export function DiffView({ before, after, language, label, inline }: DiffViewProps) {
  const workbench = useWorkbench();
  const parts = useMonaco();
  const host = useRef<HTMLDivElement>(null);
  const alive = useRef<editor.IStandaloneDiffEditor>(undefined);
  const settings = useValue(workbench.settings.store, (state) => state.settings);
  const [instance, setInstance] = useState<editor.IStandaloneDiffEditor>();

  useEffect(() => {
    if (parts === undefined || host.current === null) return;
    const made = parts.monaco.editor.createDiffEditor(host.current, {
      ...editorOptions(workbench.settings.store.getState().settings),
      readOnly: true,
      originalEditable: false,
      renderSideBySide: inline !== true,
      renderOverviewRuler: false,
      hideUnchangedRegions: { enabled: true },
    });
    alive.current = made;
    setInstance(made);
    return () => {
      alive.current = undefined;
      const models = made.getModel();
      made.dispose();
      models?.original.dispose();
      models?.modified.dispose();
      setInstance(undefined);
    };
  }, [parts, workbench, inline]);

  useEffect(() => {
    // Another one is being made; this comes again with it.
    if (instance === undefined || instance !== alive.current || parts === undefined) return;
    const old = instance.getModel();
    instance.setModel({
      original: parts.monaco.editor.createModel(before, language),
      modified: parts.monaco.editor.createModel(after, language),
    });
    old?.original.dispose();
    old?.modified.dispose();
  }, [instance, parts, before, after, language]);

  useEffect(() => {
    if (instance === undefined || instance !== alive.current) return;
    instance.updateOptions({ fontSize: settings.fontSize });
    instance.getOriginalEditor().updateOptions({ ariaLabel: `${label}, before` });
    instance.getModifiedEditor().updateOptions({ ariaLabel: `${label}, after` });
  }, [instance, settings.fontSize, label]);

  return (
    <div ref={host} style={{ height: "100%", minHeight: 0 }}>
      {parts === undefined && <Spinner label="Loading the editor" />}
    </div>
  );
}
