import type { ModuleConfig, Template } from "../../shared/model/template";
import { checkModule } from "../modules/policy";
import { registry } from "../modules/registry";

/**
 * The template with every module's configuration complete, as its schema fills it in: a session's thread takes it as it
 * is. Throws `VALIDATION_ERROR` for one that its schema refuses, as a snapshot of an older version may hold. Names that
 * are not the registry's stay: nothing can be loaded by them.
 */
export function completeTemplate(template: Template): Template {
  const modules = Object.entries(template.modules).map(([name, config]): [string, ModuleConfig] => [
    name,
    registry.find(name) === undefined ? config : checkModule(name, config).config,
  ]);
  return { ...template, modules: Object.fromEntries(modules) };
}
