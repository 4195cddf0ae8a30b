import { z } from "zod";
import { templateSchema } from "../../shared/model/template";
import { configJsonSchema } from "../modules/descriptor";
import type { TemplateRules } from "./rules";

type Json = z.core.util.JSONType;

/** Identity of the schema of this version; it is read from the documentation folder, not from the network. */
export const SCHEMA_ID = "urn:vm-workbench:template:1";

const jsonObject = z.record(z.string(), z.json());

/**
 * JSON Schema of a template file, with the configuration of every module and the ids of every library, made from the
 * same schemas that check the files. Editors complete and check with it; the file format reference is made from it.
 */
export function templateJsonSchema(rules: TemplateRules): Record<string, Json> {
  const schema = jsonObject.parse(
    JSON.parse(JSON.stringify(z.toJSONSchema(templateSchema, { io: "input", unrepresentable: "any" }))),
  );
  const properties = jsonObject.parse(schema["properties"]);
  const modules: Record<string, Json> = {};
  for (const record of rules.registry.list()) {
    const config = { ...configJsonSchema(record), description: `${record.summary} ${record.allows}` };
    modules[record.name] = config;
    for (const alias of record.aliases)
      modules[alias] = { ...config, description: `The same as ${record.name}. ${record.summary}` };
  }
  properties["modules"] = {
    ...jsonObject.parse(properties["modules"]),
    properties: modules,
    additionalProperties: false,
  };
  delete (properties["modules"] as Record<string, Json>)["propertyNames"];
  properties["libraries"] = libraries(jsonObject.parse(properties["libraries"]), rules);
  const { $schema: dialect, ...rest } = schema;
  return {
    ...(dialect === undefined ? {} : { $schema: dialect }),
    $id: SCHEMA_ID,
    title: "VM Workbench template",
    description: "Says what sessions that start from this template may do.",
    ...rest,
    properties,
    // A template without an id gets one from its file's name, until the application saves it.
    required: ["name"],
  };
}

function libraries(schema: Record<string, Json>, rules: TemplateRules): Record<string, Json> {
  const items = z.looseObject({ anyOf: z.array(jsonObject) }).parse(schema["items"]);
  const anyOf = items.anyOf.map((branch) =>
    branch["type"] === "string" ? { type: "string", enum: [...rules.libraries] } : branch,
  );
  return { ...schema, items: { ...items, anyOf } };
}
