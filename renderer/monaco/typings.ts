import type { IDisposable } from "monaco-editor/editor";
import type { Workbench } from "../state/workbench";
import { argumentTypesFile } from "./argumentTypes";
import { languageOf } from "./languages";
import type { MonacoParts } from "./load";

const SCRIPTS_DELAY_MS = 150;

/** What the language service knows beside the open files. */
export interface Typings extends IDisposable {
  /** Gives the `args` of one script a type, the text of a module that {@link argumentTypes} made, or takes it back. */
  setArguments(path: string, content: string | undefined): void;
}

/**
 * Keeps the editor's typings exactly what the chosen template allows, plus the workspace's own scripts. Extra
 * libraries are global to Monaco, so they follow the run bar's template.
 */
export function followTypings({ typescript }: MonacoParts, workbench: Workbench): Typings {
  let allowed: { filePath: string; content: string }[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let shownFor = "";
  /** By the file that describes them. */
  const argumentsOf = new Map<string, string>();

  function apply(): void {
    const scripts = Object.entries(workbench.scriptSources.store.getState().sources)
      .filter(([path]) => ["javascript", "typescript"].includes(languageOf(path)))
      .map(([path, content]) => ({ filePath: `file:///${path}`, content }));
    const described = [...argumentsOf].map(([filePath, content]) => ({ filePath, content }));
    const libs = [...allowed, ...scripts, ...described];
    typescript.javascriptDefaults.setExtraLibs(libs);
    typescript.typescriptDefaults.setExtraLibs(libs);
  }

  async function load(): Promise<void> {
    const { template } = workbench.run.store.getState();
    const entry = template === null ? undefined : workbench.templates.get(template);
    const key = `${template ?? ""}:${entry?.hash ?? ""}`;
    if (key === shownFor) return;
    shownFor = key;
    // Without a template a script has the defaults: an empty template's typings.
    const ref = template === null ? { source: '{ "name": "None" }' } : { file: template };
    const { files } = await workbench.client.request("typings.forTemplate", { template: ref });
    if (key !== shownFor) return;
    allowed = files.map(({ path, content }) => ({
      filePath: `file:///.typings/${path.replace(/^\/+/, "")}`,
      content,
    }));
    apply();
  }

  const reload = () =>
    void load().catch(() => {
      // A broken template has no typings; the last ones stay until it is whole again.
      shownFor = "";
    });
  const ends = [
    workbench.run.store.subscribe((state, before) => state.template !== before.template && reload()),
    workbench.templates.store.subscribe(reload),
    workbench.scriptSources.store.subscribe(() => {
      clearTimeout(timer);
      timer = setTimeout(apply, SCRIPTS_DELAY_MS);
    }),
  ];
  reload();
  apply();
  return {
    setArguments(path, content) {
      const filePath = argumentTypesFile(`file:///${path}`);
      if (argumentsOf.get(filePath) === content) return;
      if (content === undefined) {
        argumentsOf.delete(filePath);
        apply();
        return;
      }
      argumentsOf.set(filePath, content);
      typescript.javascriptDefaults.addExtraLib(content, filePath);
      typescript.typescriptDefaults.addExtraLib(content, filePath);
    },
    dispose() {
      clearTimeout(timer);
      for (const end of ends) end();
    },
  };
}
