import { createStore, type StoreApi } from "zustand/vanilla";
import { WorkbenchError } from "../../shared/model/error";
import type { RunConcern } from "./run";
import type { TemplatesConcern } from "./templates";

export interface EnableRequest {
  readonly module: string;
  /** File of the template that gets it. */
  readonly template: string;
  /** Runs the script again afterwards. */
  readonly rerun: boolean;
}

/** The one-step offer that answers `MODULE_NOT_ENABLED`: first it shows what the module allows. */
export interface EnableModuleConcern {
  readonly store: StoreApi<{ readonly request: EnableRequest | null }>;
  /** Opens the offer for the run bar's template, or for another one. Throws when there is no template to change. */
  ask(module: string, options?: { template?: string; rerun?: boolean }): void;
  dismiss(): void;
  /** Adds the module, starts a session with the changed template and, when asked for, runs again. */
  accept(): Promise<void>;
}

export function createEnableModule(templates: TemplatesConcern, run: RunConcern): EnableModuleConcern {
  const store = createStore<{ readonly request: EnableRequest | null }>(() => ({ request: null }));
  return {
    store,
    ask(module, { template = run.store.getState().template ?? undefined, rerun = false } = {}) {
      if (template === undefined) {
        throw new WorkbenchError(
          "TEMPLATE_NOT_FOUND",
          `No template is chosen, so ${module} cannot be enabled. Choose or create one in the run bar.`,
        );
      }
      store.setState({ request: { module, template, rerun } });
    },
    dismiss: () => store.setState({ request: null }),
    async accept() {
      const { request } = store.getState();
      if (request === null) return;
      store.setState({ request: null });
      await templates.addModule(request.template, request.module);
      const { session, template } = run.store.getState();
      // A session keeps its snapshot: only a new one has the module.
      if (template === request.template && session !== null) await run.restartWithTemplate(session);
      if (request.rerun) await run.run();
    },
  };
}
