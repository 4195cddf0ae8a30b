import { type Registry, registry as applicationRegistry } from "../modules/registry";

/** What decides whether a template is valid besides its shape: the modules and libraries that there are. */
export interface TemplateRules {
  readonly registry: Registry;
  /** Ids of the library catalogue. */
  readonly libraries: readonly string[];
}

/** Rules with the application's own modules, for a template that belongs to no workspace. */
export function applicationRules(libraries: readonly string[]): TemplateRules {
  return { registry: applicationRegistry, libraries };
}
