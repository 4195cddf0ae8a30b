import type { editor } from "monaco-editor/editor";
import type { TemplateEditingConcern } from "../../../state/templateEditing";

/** Lets the form edit Monaco's model of a template, so that one undo history covers form and source. */
export function attachModel(
  model: editor.ITextModel,
  file: string,
  editing: TemplateEditingConcern,
): () => void {
  const tell = () => editing.historyChanged(file, { canUndo: model.canUndo(), canRedo: model.canRedo() });
  const listener = model.onDidChangeContent(tell);
  const detach = editing.attach(file, {
    apply({ offset, length, content }, isNewStep) {
      const start = model.getPositionAt(offset);
      const end = model.getPositionAt(offset + length);
      if (isNewStep) model.pushStackElement();
      model.pushEditOperations(
        [],
        [
          {
            range: {
              startLineNumber: start.lineNumber,
              startColumn: start.column,
              endLineNumber: end.lineNumber,
              endColumn: end.column,
            },
            text: content,
            forceMoveMarkers: true,
          },
        ],
        () => null,
      );
      // Otherwise typing in the source right after would be undone together with this.
      if (isNewStep) tell();
    },
    undo: () => void model.undo(),
    redo: () => void model.redo(),
  });
  tell();
  return () => {
    listener.dispose();
    detach();
  };
}
