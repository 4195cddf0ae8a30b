import type { editor, IDisposable } from "monaco-editor/editor";
import type { Declaration } from "../../shared/model/parameters";
import { isScript } from "../state/paths";
import type { Workbench } from "../state/workbench";
import { argumentTypes } from "./argumentTypes";
import type { MonacoParts } from "./load";
import { pathOf } from "./models";
import type { Typings } from "./typings";

const OWNER = "parameters";
const DELAY_MS = 250;

/**
 * What a script declares about its parameters, in its editor: places that cannot be understood are marked, and `args` has
 * exactly the declared type.
 */
export function followParameters(
  { monaco }: MonacoParts,
  workbench: Workbench,
  typings: Typings,
): IDisposable {
  const timers = new Map<editor.ITextModel, ReturnType<typeof setTimeout>>();

  async function declarationOf(path: string, source: string): Promise<Declaration | undefined> {
    if (!source.includes("@param")) return undefined;
    return (await workbench.client.request("parameters.read", { path, source })).declaration;
  }

  async function follow(model: editor.ITextModel, path: string): Promise<void> {
    const version = model.getVersionId();
    const source = model.getValue();
    const declaration = await declarationOf(path, source);
    // An edit meanwhile has its own turn.
    if (model.isDisposed() || model.getVersionId() !== version) return;
    typings.setArguments(path, declaration && argumentTypes(source, declaration));
    mark(model, declaration?.problems ?? []);
  }

  function mark(model: editor.ITextModel, problems: Declaration["problems"]): void {
    if (
      problems.length === 0 &&
      monaco.editor.getModelMarkers({ owner: OWNER, resource: model.uri }).length === 0
    )
      return;
    monaco.editor.setModelMarkers(
      model,
      OWNER,
      problems.map(({ line, column, message }) => ({
        startLineNumber: line,
        startColumn: column,
        endLineNumber: line,
        endColumn: line <= model.getLineCount() ? model.getLineMaxColumn(line) : column,
        severity: monaco.MarkerSeverity.Error,
        message,
        code: "VALIDATION_ERROR",
        source: OWNER,
      })),
    );
  }

  const watch = (model: editor.ITextModel) => {
    const path = pathOf(model.uri);
    if (path === undefined || !isScript(path) || path.startsWith(".typings/")) return;
    const soon = (delay: number) => {
      clearTimeout(timers.get(model));
      timers.set(
        model,
        setTimeout(() => {
          timers.delete(model);
          // Without an answer, of a workspace that closes, there is nothing to say.
          void follow(model, path).catch(() => undefined);
        }, delay),
      );
    };
    soon(0);
    model.onDidChangeContent(() => soon(DELAY_MS));
    model.onWillDispose(() => {
      clearTimeout(timers.get(model));
      timers.delete(model);
      typings.setArguments(path, undefined);
    });
  };
  monaco.editor.getModels().forEach(watch);
  const created = monaco.editor.onDidCreateModel(watch);
  return {
    dispose() {
      for (const timer of timers.values()) clearTimeout(timer);
      created.dispose();
    },
  };
}
