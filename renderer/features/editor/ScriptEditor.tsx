import type { editor } from "monaco-editor/editor";
import { useEffect, useRef } from "react";
import { useValue, useWorkbench } from "../../state/context";
import type { TabProps } from "../../state/places";
import { editorService } from "../../monaco/service";
import { useCodeEditor } from "../../monaco/useCodeEditor";
import { EmptyState, Button, Spinner } from "../../ui";
import { ConflictBar } from "./ConflictBar";
import { pathOfTab } from "./input";
import { useInlineResults } from "./useInlineResults";
import "./editor.css";

/** A file in Monaco. One editor serves all file tabs of its group: switching a tab only switches the model. */
export function ScriptEditor({ tab, groupId }: TabProps) {
  const workbench = useWorkbench();
  const path = pathOfTab(tab);
  const showsResults = useValue(workbench.settings.store, (state) => state.settings.inlineResults);
  const status = useValue(workbench.documents.store, (state) => state.documents[path]?.state ?? "loading");
  const error = useValue(workbench.documents.store, (state) => state.documents[path]?.error);
  const isReadOnly = useValue(workbench.workspace.store, (state) => state.workspace?.readOnly ?? false);
  const { host, parts, instance } = useCodeEditor(groupId, isReadOnly);
  const reveal = useValue(workbench.reveal.store, (state) => state);
  const isActiveGroup = useValue(workbench.tabs.store, (state) => state.activeGroup === groupId);
  const viewStates = useRef(new Map<string, editor.ICodeEditorViewState | null>());
  const revealed = useRef(0);

  useEffect(() => {
    workbench.notices.attempt(() => workbench.documents.open(path));
  }, [workbench, path]);

  const isLoaded = status === "ready" || status === "missing";
  useEffect(() => {
    if (instance === undefined || parts === undefined || !isLoaded) return;
    const model = editorService(workbench, parts).models.get(path);
    if (model === undefined) return;
    const states = viewStates.current;
    instance.setModel(model);
    performance.mark("editor-shown");
    instance.updateOptions({ ariaLabel: path });
    const state = states.get(path);
    if (state) instance.restoreViewState(state);
    const pin = model.onDidChangeContent(() => workbench.tabs.pin(tab.id));
    return () => {
      states.set(path, instance.saveViewState());
      pin.dispose();
    };
  }, [instance, parts, workbench, path, isLoaded, tab.id]);

  useEffect(() => {
    const { place, count } = reveal;
    if (
      instance === undefined ||
      !isLoaded ||
      !isActiveGroup ||
      place?.path !== path ||
      count === revealed.current
    )
      return;
    revealed.current = count;
    if (place.line !== undefined) {
      const column = place.column ?? 1;
      instance.setSelection({
        startLineNumber: place.line,
        startColumn: column,
        endLineNumber: place.line,
        endColumn: column + (place.length ?? 0),
      });
      instance.revealLineInCenterIfOutsideViewport(place.line);
    }
    instance.focus();
  }, [instance, isLoaded, isActiveGroup, path, reveal]);

  useInlineResults(instance, path, showsResults);

  return (
    <div className="editor-script">
      <ConflictBar path={path} />
      <div className="editor-stage">
        <div ref={host} className="editor-host" data-hidden={!isLoaded || undefined} />
        {status === "failed" && (
          <div className="editor-cover">
            <EmptyState
              title={error?.code === "FILE_NOT_FOUND" ? "This file is gone" : "This file cannot be shown"}
              actions={
                <>
                  <Button onClick={() => workbench.notices.attempt(() => workbench.documents.open(path))}>
                    Try again
                  </Button>
                  {error?.code !== "FILE_NOT_FOUND" && (
                    <Button onClick={() => workbench.notices.attempt(() => workbench.files.reveal(path))}>
                      Show in the file manager
                    </Button>
                  )}
                </>
              }
            >
              {error?.message}
            </EmptyState>
          </div>
        )}
        {(parts === undefined || status === "loading") && (
          <div className="editor-cover">
            <Spinner label="Loading the editor" />
          </div>
        )}
      </div>
    </div>
  );
}
