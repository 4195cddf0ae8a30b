import { libraryIds } from "../../main/libraries/catalogue";
import { registry } from "../../main/modules/registry";
import { templateJsonSchema } from "../../main/templates/json-schema";
import { moduleIndex, modulePage } from "./module-page";
import { templatePage } from "./template-page";

/** A generated file of the documentation. */
export interface Page {
  /** Relative to the project's root. */
  readonly path: string;
  readonly content: string;
}

/** Everything that is generated from the registry and the schemas. */
export function generatedPages(): Page[] {
  const modules = registry.describe();
  const schema = templateJsonSchema({ registry, libraries: libraryIds() });
  return [
    { path: "docs/modules/README.md", content: moduleIndex(modules) },
    ...modules.map((module) => ({ path: `docs/modules/${module.name}.md`, content: modulePage(module) })),
    { path: "docs/reference/template.md", content: templatePage(schema) },
    { path: "docs/template.schema.json", content: `${JSON.stringify(schema, null, 2)}\n` },
  ];
}

/** Folders that hold generated pages only: a page of a module that is gone is stale. */
export const GENERATED_FOLDERS = ["docs/modules"] as const;
