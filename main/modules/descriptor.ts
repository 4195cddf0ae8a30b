import { z } from "zod";
import type { ModuleConfig } from "../../shared/model/template";
import { moduleConfigSchema } from "../../shared/model/template";
import type { ModuleDescriptor } from "../../shared/model/module";
import type { AnyNativeModule } from "./record";
import { declareAliases, documentTypings } from "./typings-docs";

const jsonObject = z.record(z.string(), z.json());

/** JSON Schema of a module's configuration as a user writes it (fields with defaults may be left out). */
export function configJsonSchema(record: AnyNativeModule): Record<string, z.core.util.JSONType> {
  const schema = z.toJSONSchema(record.configSchema, { io: "input", unrepresentable: "any" });
  const { $schema: _dialect, ...rest } = schema;
  // Through JSON: zod adds non-enumerable helpers that must not travel.
  return jsonObject.parse(JSON.parse(JSON.stringify(rest)));
}

/** The configuration that a module gets when a template says nothing about it: denied by default. */
export function configDefaults(record: AnyNativeModule): ModuleConfig {
  return moduleConfigSchema.parse(record.configSchema.parse({}));
}

/** Typings of a module under its name and every alias, with its members' docs as JSDoc. */
export function moduleTypings(record: AnyNativeModule): string {
  const { text } = documentTypings(record.typings, record.members);
  const aliases = record.aliases.map((alias) => declareAliases(record.name, alias, record.typings));
  return [text.trimEnd(), ...aliases].join("\n\n") + "\n";
}

/** Everything about a module that window, command line and docs show. */
export function describeModule(record: AnyNativeModule, kind: ModuleDescriptor["kind"]): ModuleDescriptor {
  return {
    name: record.name,
    aliases: [...record.aliases],
    kind,
    summary: record.summary,
    risk: record.risk,
    allows: record.allows,
    members: [...record.members],
    typings: moduleTypings(record),
    configSchema: configJsonSchema(record),
    configDefaults: configDefaults(record),
    exampleConfig: moduleConfigSchema.parse(record.exampleConfig),
    example: record.example,
    ...(record.comingFromGoja === undefined ? {} : { comingFromGoja: record.comingFromGoja }),
  };
}
