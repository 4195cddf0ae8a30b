import type { editor } from "monaco-editor/editor";
import type { DocumentsConcern } from "../state/documents";
import { languageOf } from "./languages";
import type { MonacoParts } from "./load";

/** Monaco's text models of the open documents: one per path, kept in step with the documents store. */
export interface Models {
  /** The model of a document that is loaded; `undefined` while it is not. */
  get(path: string): editor.ITextModel | undefined;
  /** Hands the models' newest text to the store, before it is run or saved. */
  flush(): void;
}

/** Above this size the text is handed over when typing pauses, because copying it costs more than a key press may. */
const LARGE_CHARACTERS = 400_000;
const LARGE_DELAY_MS = 200;

export const uriOf = (monaco: MonacoParts["monaco"], path: string) =>
  monaco.Uri.from({ scheme: "file", path: `/${path}` });

/** Workspace-relative path of a model's address. */
export const pathOf = (uri: { readonly scheme: string; readonly path: string }): string | undefined =>
  uri.scheme === "file" ? uri.path.slice(1) : undefined;

export function createModels({ monaco }: MonacoParts, documents: DocumentsConcern): Models {
  const models = new Map<string, editor.ITextModel>();
  const waiting = new Map<string, ReturnType<typeof setTimeout>>();
  let isApplying = false;

  const hand = (path: string) => {
    const timer = waiting.get(path);
    if (timer !== undefined) clearTimeout(timer);
    waiting.delete(path);
    const model = models.get(path);
    if (model !== undefined) documents.edit(path, model.getValue());
  };

  function create(path: string, text: string): editor.ITextModel {
    const uri = uriOf(monaco, path);
    // Going to a definition may have made a model of this file already.
    const existing = monaco.editor.getModel(uri);
    const model = existing ?? monaco.editor.createModel(text, languageOf(path), uri);
    if (existing !== null) {
      monaco.editor.setModelLanguage(existing, languageOf(path));
      if (existing.getValue() !== text) existing.setValue(text);
    }
    models.set(path, model);
    model.onDidChangeContent(() => {
      if (isApplying) return;
      if (model.getValueLength() < LARGE_CHARACTERS) {
        hand(path);
        return;
      }
      const timer = waiting.get(path);
      if (timer !== undefined) clearTimeout(timer);
      waiting.set(
        path,
        setTimeout(() => hand(path), LARGE_DELAY_MS),
      );
    });
    return model;
  }

  /** Takes over a text that changed outside of the editor, in one step that undo can take back. */
  function apply(model: editor.ITextModel, text: string): void {
    isApplying = true;
    model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null);
    isApplying = false;
  }

  documents.store.subscribe((state, before) => {
    for (const [path, model] of models) {
      const document = state.documents[path];
      if (document === undefined) {
        models.delete(path);
        model.dispose();
      } else if (
        document !== before.documents[path] &&
        !waiting.has(path) &&
        model.getValue() !== document.text
      ) {
        apply(model, document.text);
      }
    }
  });

  return {
    get(path) {
      const known = models.get(path);
      if (known !== undefined) return known;
      const document = documents.get(path);
      return document === undefined || document.state === "loading" || document.state === "failed"
        ? undefined
        : create(path, document.text);
    },
    flush() {
      for (const path of [...waiting.keys()]) hand(path);
    },
  };
}
