import type { editor, IDisposable, languages } from "monaco-editor/editor";
import type { Missing } from "../state/enableModule";
import { findModuleProblems, type ModuleProblem } from "../state/moduleProblems";
import { isScript } from "../state/paths";
import type { Workbench } from "../state/workbench";
import type { MonacoParts } from "./load";
import { pathOf } from "./models";

const OWNER = "modules";
const DELAY_MS = 200;

/** Marks every `require` that the chosen template will refuse, with the fix beside it. */
export function markModuleProblems({ monaco }: MonacoParts, workbench: Workbench): IDisposable {
  const problems = new WeakMap<editor.ITextModel, readonly ModuleProblem[]>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function mark(model: editor.ITextModel): void {
    const path = pathOf(model.uri);
    if (path === undefined || !isScript(path) || path.startsWith(".typings/")) return;
    const { template } = workbench.run.store.getState();
    const { modules, libraries } = workbench.modules.store.getState();
    const found = findModuleProblems(path, model.getValue(), {
      template: (template === null ? undefined : workbench.templates.get(template)?.template) ?? null,
      modules,
      libraries,
      files: workbench.files.store.getState().all,
    });
    problems.set(model, found);
    monaco.editor.setModelMarkers(
      model,
      OWNER,
      found.map((problem) => ({
        ...rangeOf(model, problem),
        severity: monaco.MarkerSeverity.Error,
        message: problem.message,
        code: problem.code,
        source: "template",
      })),
    );
  }
  const markSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => monaco.editor.getModels().forEach(mark), DELAY_MS);
  };

  const enable = `${OWNER}.enable`;
  const disposables: IDisposable[] = [
    monaco.editor.onDidCreateModel((model) => {
      markSoon();
      model.onDidChangeContent(markSoon);
    }),
    monaco.editor.registerCommand(enable, (_accessor: unknown, missing: Missing) => {
      workbench.enableModule.ask(missing);
    }),
    monaco.languages.registerCodeActionProvider(["javascript", "typescript"], {
      provideCodeActions(model, range) {
        const { template } = workbench.run.store.getState();
        const name =
          (template === null ? undefined : workbench.templates.get(template)?.name) ?? "a new template";
        // What was found before the last key press stands at places that are no longer right.
        mark(model);
        const actions = (problems.get(model) ?? []).flatMap((problem): languages.CodeAction[] => {
          const place = rangeOf(model, problem);
          const { fix } = problem;
          if (fix === undefined || !monaco.Range.areIntersectingOrTouching(place, range)) return [];
          return fix.kind === "enable"
            ? [
                {
                  title: `Enable ${fix.missing.name} in ${name}`,
                  kind: "quickfix",
                  isPreferred: true,
                  command: { id: enable, title: "Enable", arguments: [fix.missing] },
                },
              ]
            : [
                {
                  title: `Change to “${fix.with}”`,
                  kind: "quickfix",
                  isPreferred: true,
                  edit: {
                    edits: [
                      {
                        resource: model.uri,
                        versionId: model.getVersionId(),
                        textEdit: { range: place, text: fix.with },
                      },
                    ],
                  },
                },
              ];
        });
        return { actions, dispose: () => undefined };
      },
    }),
  ];
  const ends = [
    workbench.run.store.subscribe((state, before) => state.template !== before.template && markSoon()),
    workbench.templates.store.subscribe(markSoon),
    workbench.modules.store.subscribe(markSoon),
    workbench.files.store.subscribe((state, before) => state.all !== before.all && markSoon()),
  ];
  markSoon();
  return {
    dispose() {
      clearTimeout(timer);
      for (const disposable of disposables) disposable.dispose();
      for (const end of ends) end();
    },
  };
}

function rangeOf(model: editor.ITextModel, { offset, specifier }: ModuleProblem) {
  const start = model.getPositionAt(offset);
  const end = model.getPositionAt(offset + specifier.length);
  return {
    startLineNumber: start.lineNumber,
    startColumn: start.column,
    endLineNumber: end.lineNumber,
    endColumn: end.column,
  };
}
