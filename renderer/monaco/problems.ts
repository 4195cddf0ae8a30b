import type { editor, IDisposable } from "monaco-editor/editor";
import type { Problem } from "../state/problems";
import type { Workbench } from "../state/workbench";
import type { MonacoParts } from "./load";
import { pathOf } from "./models";

const RUN_OWNER = "run";
/** Advice about compiler options, which nobody has here. */
const FOR_PROJECTS = / Do you need to change your target library\?.*$/s;

/** Shows the errors of a script's last run at their lines; an edit or a new run takes them away. */
export function markRunErrors({ monaco }: MonacoParts, workbench: Workbench): IDisposable {
  const mark = () => {
    const errors = workbench.problems.store.getState().byOwner[RUN_OWNER] ?? [];
    for (const model of monaco.editor.getModels()) {
      const path = pathOf(model.uri);
      const markers = errors
        .filter((problem) => problem.path === path && problem.line <= model.getLineCount())
        .map((problem) => ({
          ...wordAt(model, problem),
          severity: monaco.MarkerSeverity.Error,
          message: problem.message,
          source: "last run",
          ...(problem.code === undefined ? {} : { code: problem.code }),
        }));
      monaco.editor.setModelMarkers(model, RUN_OWNER, markers);
    }
  };
  const end = workbench.problems.store.subscribe(
    (state, before) => state.byOwner[RUN_OWNER] !== before.byOwner[RUN_OWNER] && mark(),
  );
  const created = monaco.editor.onDidCreateModel(() => queueMicrotask(mark));
  return {
    dispose() {
      end();
      created.dispose();
    },
  };
}

function wordAt(model: editor.ITextModel, { line, column }: Problem) {
  const word = model.getWordAtPosition({ lineNumber: line, column });
  const last = model.getLineMaxColumn(line);
  return {
    startLineNumber: line,
    startColumn: word?.startColumn ?? Math.min(column, last),
    endLineNumber: line,
    endColumn: word?.endColumn ?? last,
  };
}

/** Feeds the Problems panel with what the language services found in open files. */
export function collectProblems({ monaco }: MonacoParts, workbench: Workbench): IDisposable {
  const severities: Readonly<Record<number, Problem["severity"]>> = {
    [monaco.MarkerSeverity.Error]: "error",
    [monaco.MarkerSeverity.Warning]: "warning",
  };
  const collect = () => {
    const open = workbench.documents.store.getState().documents;
    const problems = monaco.editor.getModelMarkers({}).flatMap((marker): Problem[] => {
      const path = pathOf(marker.resource);
      const severity = severities[marker.severity];
      if (
        path === undefined ||
        open[path] === undefined ||
        severity === undefined ||
        marker.owner === RUN_OWNER
      )
        return [];
      const code = typeof marker.code === "object" ? marker.code.value : marker.code;
      return [
        {
          path,
          line: marker.startLineNumber,
          column: marker.startColumn,
          severity,
          message: marker.message.replace(FOR_PROJECTS, ""),
          source: marker.source ?? marker.owner,
          code,
        },
      ];
    });
    workbench.problems.set("editor", problems);
  };
  return monaco.editor.onDidChangeMarkers(collect);
}
