import { TEMPLATE_FILE_SUFFIX } from "../../../../shared/model/template";
import type { MonacoParts } from "../../../monaco/load";
import type { Workbench } from "../../../state/workbench";

const SCHEMA_URI = "workbench://schemas/template.schema.json";

/**
 * Gives Monaco the JSON Schema of templates, for completion and hover. What is wrong is said by main's own check
 * alone, which knows the registry too: the schema's validation would say the same a second time.
 */
export async function installTemplateSchema({ json }: MonacoParts, { templates }: Workbench): Promise<void> {
  const schema = await templates.jsonSchema();
  json.jsonDefaults.setDiagnosticsOptions({
    ...json.jsonDefaults.diagnosticsOptions,
    validate: true,
    schemaValidation: "ignore",
    schemaRequest: "ignore",
    schemas: [{ uri: SCHEMA_URI, fileMatch: [`*${TEMPLATE_FILE_SUFFIX}`], schema }],
  });
}
