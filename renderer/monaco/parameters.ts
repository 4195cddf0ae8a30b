import type { editor, IDisposable, IRange, languages } from "monaco-editor/editor";
import { defaultOf } from "../../shared/model/arguments";
import { typeText, type Declaration, type Parameter } from "../../shared/model/parameters";
import { isScript } from "../state/paths";
import type { Workbench } from "../state/workbench";
import type { MonacoParts } from "./load";
import { pathOf } from "./models";

const OWNER = "parameters";
const LANGUAGES = ["javascript", "typescript"];
const DELAY_MS = 250;
/** `args.`, or `args?.`, and the beginning of a name, up to the cursor. */
const MEMBER = /(?:^|[^\w$.])args\??\.([\w$]*)$/;

/**
 * What a script declares about its parameters, in its editor: places that cannot be understood are marked, `args.`
 * offers the names, and pointing at one tells its type, default and description.
 */
export function helpWithParameters({ monaco }: MonacoParts, workbench: Workbench): IDisposable {
  const timers = new Map<editor.ITextModel, ReturnType<typeof setTimeout>>();

  async function read(model: editor.ITextModel): Promise<Declaration | undefined> {
    const path = pathOf(model.uri);
    const source = model.getValue();
    if (path === undefined || !isScript(path) || path.startsWith(".typings/") || !source.includes("@param"))
      return undefined;
    return (await workbench.client.request("parameters.read", { path, source })).declaration;
  }

  async function mark(model: editor.ITextModel): Promise<void> {
    const version = model.getVersionId();
    const problems = (await read(model))?.problems ?? [];
    // An edit meanwhile is marked by its own turn.
    if (model.isDisposed() || model.getVersionId() !== version) return;
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

  const markSoon = (model: editor.ITextModel) => {
    clearTimeout(timers.get(model));
    timers.set(
      model,
      setTimeout(() => {
        timers.delete(model);
        // Without an answer, of a workspace that closes, there is nothing to mark.
        void mark(model).catch(() => undefined);
      }, DELAY_MS),
    );
  };
  const watch = (model: editor.ITextModel) => {
    markSoon(model);
    model.onDidChangeContent(() => markSoon(model));
    model.onWillDispose(() => {
      clearTimeout(timers.get(model));
      timers.delete(model);
    });
  };
  monaco.editor.getModels().forEach(watch);

  const disposables: IDisposable[] = [
    monaco.editor.onDidCreateModel(watch),
    monaco.languages.registerCompletionItemProvider(LANGUAGES, {
      triggerCharacters: ["."],
      async provideCompletionItems(model, position) {
        const before = model.getValueInRange({
          startLineNumber: position.lineNumber,
          startColumn: 1,
          endLineNumber: position.lineNumber,
          endColumn: position.column,
        });
        const typed = MEMBER.exec(before)?.[1];
        if (typed === undefined) return { suggestions: [] };
        const range = {
          startLineNumber: position.lineNumber,
          startColumn: position.column - typed.length,
          endLineNumber: position.lineNumber,
          endColumn: position.column,
        };
        const parameters = (await read(model))?.parameters ?? [];
        return { suggestions: parameters.map((parameter) => suggestion(parameter, range)) };
      },
    }),
    monaco.languages.registerHoverProvider(LANGUAGES, {
      async provideHover(model, position) {
        const word = model.getWordAtPosition(position);
        if (word === null) return null;
        const before = model.getLineContent(position.lineNumber).slice(0, word.endColumn - 1);
        if (MEMBER.exec(before)?.[1] !== word.word) return null;
        const parameter = (await read(model))?.parameters.find(({ name }) => name === word.word);
        if (parameter === undefined) return null;
        return {
          range: {
            startLineNumber: position.lineNumber,
            startColumn: word.startColumn,
            endLineNumber: position.lineNumber,
            endColumn: word.endColumn,
          },
          contents: [
            { value: `\`\`\`typescript\n(parameter) args.${signature(parameter)}\n\`\`\`` },
            { value: about(parameter) },
          ],
        };
      },
    }),
  ];
  return {
    dispose() {
      for (const timer of timers.values()) clearTimeout(timer);
      for (const disposable of disposables) disposable.dispose();
    },
  };

  function suggestion(parameter: Parameter, range: IRange): languages.CompletionItem {
    return {
      label: parameter.name,
      kind: monaco.languages.CompletionItemKind.Field,
      detail: typeText(parameter.type),
      documentation: { value: about(parameter) },
      insertText: parameter.name,
      range,
    };
  }
}

function signature(parameter: Parameter): string {
  const mark = parameter.presence === "optional" && defaultOf(parameter) === undefined ? "?" : "";
  return `${parameter.name}${mark}: ${typeText(parameter.type)}`;
}

function about(parameter: Parameter): string {
  const fallback = defaultOf(parameter);
  return [
    parameter.description,
    ...(fallback === undefined ? [] : [`Default: \`${JSON.stringify(fallback)}\``]),
  ]
    .filter(Boolean)
    .join("\n\n");
}
