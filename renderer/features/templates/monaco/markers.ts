import type { editor } from "monaco-editor/editor";
import type { MonacoParts } from "../../../monaco/load";
import { placeInJson } from "../../../state/jsonText";
import type { TemplateCheck } from "../../../state/templateEditing";

const OWNER = "template";

/** Shows problems and remarks at their places in the source. */
export function markTemplate(
  { monaco }: MonacoParts,
  model: editor.ITextModel,
  check: TemplateCheck | undefined,
): void {
  // Places belong to the checked text; the next check comes a moment after the last key.
  if (check === undefined || check.text !== model.getValue()) return;
  const { Error: error, Warning: warning, Info: info } = monaco.MarkerSeverity;
  const at = (path: readonly (string | number)[], what: "value" | "key" = "value") => {
    const { offset, length } = placeInJson(check.text, [...path], what);
    const start = model.getPositionAt(offset);
    const end = model.getPositionAt(offset + length);
    return {
      startLineNumber: start.lineNumber,
      startColumn: start.column,
      endLineNumber: end.lineNumber,
      endColumn: end.column,
    };
  };
  const problems = check.problems
    // What is no JSON at all is marked by Monaco's own parser.
    .filter((problem) => problem.path.length > 0 || problem.error.details?.["line"] === undefined)
    .map((problem) => ({
      ...at(problem.path, problem.error.details?.["unknownKey"] === undefined ? "value" : "key"),
      severity: error,
      message: problem.error.message,
      code: problem.error.code,
      source: "template",
    }));
  const remarks = check.remarks.map((remark) => ({
    ...at(remark.path),
    severity: remark.severity === "error" ? error : remark.severity === "warning" ? warning : info,
    message: remark.message,
    code: remark.rule,
    source: "template",
  }));
  monaco.editor.setModelMarkers(model, OWNER, [...problems, ...remarks]);
}
