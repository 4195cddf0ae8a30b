import type { editor } from "monaco-editor/editor";
import { useEffect } from "react";
import { useValue, useWorkbench } from "../../state/context";

const EARLIER =
  "Printed too much for every line’s origin to be kept: this is what the line gave early in the run, perhaps not the last.";

/** Shows what each line gave in the last run, behind the line; typing takes it away. */
export function useInlineResults(
  instance: editor.IStandaloneCodeEditor | undefined,
  path: string,
  isOn: boolean,
): void {
  const workbench = useWorkbench();
  const results = useValue(workbench.inlineResults.store, (state) => state.byPath[path]);

  useEffect(() => {
    const model = instance?.getModel();
    if (instance === undefined || !model || !isOn || results === undefined) return;
    const decorations = instance.createDecorationsCollection(
      Object.entries(results)
        .map(([line, result]) => ({ line: Number(line), ...result }))
        .filter(({ line }) => line >= 1 && line <= model.getLineCount())
        .map(({ line, text, tone, isEarlier }) => {
          const column = model.getLineMaxColumn(line);
          return {
            range: { startLineNumber: line, startColumn: column, endLineNumber: line, endColumn: column },
            options: {
              showIfCollapsed: true,
              after: {
                content: `   ${text}${isEarlier === true ? " …" : ""}`,
                inlineClassName: `editor-inline editor-inline-${tone}`,
              },
              ...(isEarlier === true ? { hoverMessage: { value: EARLIER } } : {}),
            },
          };
        }),
    );
    const clear = model.onDidChangeContent(() => workbench.inlineResults.clear(path));
    return () => {
      decorations.clear();
      clear.dispose();
    };
  }, [instance, isOn, path, results, workbench]);
}
