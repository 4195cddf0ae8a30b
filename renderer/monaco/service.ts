import type { editor, IDisposable } from "monaco-editor/editor";
import type { Workbench } from "../state/workbench";
import type { MonacoParts } from "./load";
import { followDefinitions } from "./definitions";
import { markModuleProblems } from "./moduleMarkers";
import { createModels, type Models } from "./models";
import { collectProblems, markRunErrors } from "./problems";
import { followParameters } from "./parameters";
import { followTypings } from "./typings";

/** What all code editors of the window share. */
export interface EditorService {
  readonly parts: MonacoParts;
  readonly models: Models;
  /** The code editor that had the focus last. */
  active(): editor.IStandaloneCodeEditor | undefined;
  focused(editor: editor.IStandaloneCodeEditor): void;
  released(editor: editor.IStandaloneCodeEditor): void;
}

const services = new WeakMap<Workbench, EditorService>();

/** The one editor service of a workbench; made when the first editor appears. */
export function editorService(workbench: Workbench, parts: MonacoParts): EditorService {
  const known = services.get(workbench);
  if (known !== undefined) return known;
  let active: editor.IStandaloneCodeEditor | undefined;
  const service: EditorService = {
    parts,
    models: createModels(parts, workbench.documents),
    active: () => active,
    focused: (next) => (active = next),
    released: (gone) => {
      if (active === gone) active = undefined;
    },
  };
  services.set(workbench, service);
  const typings = followTypings(parts, workbench);
  const owned: IDisposable[] = [
    typings,
    markModuleProblems(parts, workbench),
    followParameters(parts, workbench, typings),
    markRunErrors(parts, workbench),
    collectProblems(parts, workbench),
    followDefinitions(parts, workbench),
  ];
  workbench.disposables.push(() => {
    for (const disposable of owned) disposable.dispose();
    for (const model of parts.monaco.editor.getModels()) model.dispose();
  });
  return service;
}

/** The service when Monaco is loaded and in use; commands ask for it. */
export const currentEditorService = (workbench: Workbench): EditorService | undefined =>
  services.get(workbench);
