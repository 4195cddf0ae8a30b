import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { WorkbenchError } from "../../shared/model/error";
import type { Limits, Template } from "../../shared/model/template";
import { plainTemplate } from "../core/workbench";
import { parseTemplate, templateError } from "../templates/parse";
import { usable } from "../templates/refusals";
import type { TemplateStore } from "../templates/store";

function readFile(path: string): string | undefined {
  try {
    return readFileSync(resolve(path), "utf8");
  } catch {
    return undefined;
  }
}

/**
 * The template that `--template` names: one of the workspace by name (case-insensitive) or file name, or a path to a
 * template file. Without a name: the defaults and no modules. `limits` replace the template's own.
 * Throws `TEMPLATE_NOT_FOUND`, `TEMPLATE_INVALID`, or the code of what is wrong with it.
 */
export async function resolveTemplate(
  store: TemplateStore,
  nameOrFile: string | undefined,
  limits: Partial<Limits> = {},
): Promise<Template> {
  const template = nameOrFile === undefined ? plainTemplate() : await named(store, nameOrFile);
  return { ...template, limits: { ...template.limits, ...limits } };
}

async function named(store: TemplateStore, nameOrFile: string): Promise<Template> {
  try {
    return usable(await store.find(nameOrFile));
  } catch (error) {
    if (!(error instanceof WorkbenchError) || error.code !== "TEMPLATE_NOT_FOUND") throw error;
    const source = readFile(nameOrFile);
    if (source === undefined) throw error;
    const parsed = parseTemplate(source, store.rules, nameOrFile);
    if (parsed.template === undefined) throw templateError(nameOrFile, parsed.problems);
    return parsed.template;
  }
}
