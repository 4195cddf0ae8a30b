import { createStore, type StoreApi } from "zustand/vanilla";
import type { ErrorDetails } from "../../shared/model/error";
import type { RunConcern } from "./run";
import type { TemplatesConcern } from "./templates";

/** What a template lacks: a native module or a library of the catalogue. */
export interface Missing {
  readonly kind: "module" | "library";
  readonly name: string;
}

export interface EnableRequest extends Missing {
  /** File of the template that gets it; `null`: a new template is made for it. */
  readonly template: string | null;
  /** Runs the script again afterwards. */
  readonly rerun: boolean;
}

/** The one-step offer that answers `MODULE_NOT_ENABLED`: first it shows what the template will allow. */
export interface EnableModuleConcern {
  readonly store: StoreApi<{ readonly request: EnableRequest | null }>;
  /** Opens the offer for the run bar's template, or for another one. */
  ask(missing: Missing, options?: { template?: string | null; rerun?: boolean }): void;
  dismiss(): void;
  /** Adds it, starts a session with the changed template and, when asked for, runs again. */
  accept(): Promise<void>;
}

/** Name of the template that is made for somebody who has chosen none. */
const NEW_TEMPLATE = "Mine";

/** What the details of a `MODULE_NOT_ENABLED` error say is missing; `undefined` when they say nothing. */
export function missingOf(details: ErrorDetails | undefined): Missing | undefined {
  for (const kind of ["module", "library"] as const) {
    const name = details?.[kind];
    if (typeof name === "string") return { kind, name };
  }
  return undefined;
}

export function createEnableModule(templates: TemplatesConcern, run: RunConcern): EnableModuleConcern {
  const store = createStore<{ readonly request: EnableRequest | null }>(() => ({ request: null }));

  const newTemplate = async (): Promise<string> => {
    const names = new Set(templates.store.getState().templates.map(({ name }) => name.toLowerCase()));
    let name = NEW_TEMPLATE;
    for (let n = 2; names.has(name.toLowerCase()); n++) name = `${NEW_TEMPLATE} ${n}`;
    const { file } = await templates.create({ name });
    run.chooseTemplate(file);
    return file;
  };

  return {
    store,
    ask: ({ kind, name }, { template = run.store.getState().template, rerun = false } = {}) =>
      store.setState({ request: { kind, name, template, rerun } }),
    dismiss: () => store.setState({ request: null }),
    async accept() {
      const { request } = store.getState();
      if (request === null) return;
      store.setState({ request: null });
      const file = request.template ?? (await newTemplate());
      if (request.kind === "module") await templates.addModule(file, request.name);
      else await templates.addLibrary(file, request.name);
      const { session, template } = run.store.getState();
      // A session keeps its snapshot: only a new one has the module.
      if (template === file && session !== null) await run.restartWithTemplate(session);
      if (request.rerun) await run.run();
    },
  };
}
