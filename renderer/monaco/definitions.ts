import type { IDisposable } from "monaco-editor/editor";
import type { Workbench } from "../state/workbench";
import type { MonacoParts } from "./load";
import { pathOf } from "./models";

/** Opens the file that a definition lies in, as a tab. */
export function followDefinitions({ monaco }: MonacoParts, workbench: Workbench): IDisposable {
  return monaco.editor.registerEditorOpener({
    openCodeEditor(_source, resource, selection) {
      const path = pathOf(resource);
      if (path === undefined || path.startsWith(".typings/")) return false;
      const place =
        selection === undefined
          ? {}
          : "lineNumber" in selection
            ? { line: selection.lineNumber, column: selection.column }
            : { line: selection.startLineNumber, column: selection.startColumn };
      workbench.reveal.show({ path, ...place });
      return true;
    },
  });
}
