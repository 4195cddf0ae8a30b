import type { ModuleDescriptor } from "../../../../shared/model/module";
import { isRecord, type JsonChange } from "../../../../shared/model/json-change";
import { readJson, valueAt } from "../../../state/jsonText";

/** A module with the configuration that it is to get. */
export interface PickedModule {
  readonly module: ModuleDescriptor;
  readonly config: Readonly<Record<string, unknown>>;
}

/** The change that lists a module: under the key that the text uses for it already, else under its own name. */
export function changeFor(source: string, { module, config }: PickedModule): JsonChange {
  return { path: ["modules", keyOf(source, module) ?? module.name], value: config };
}

/** The key under which a text lists the module: its name or an alias. */
export function keyOf(source: string, module: ModuleDescriptor): string | undefined {
  const modules = valueAt(readJson(source).value, ["modules"]);
  if (!isRecord(modules)) return undefined;
  return Object.keys(modules).find(
    (key) => key.trim() === module.name || module.aliases.includes(key.trim()),
  );
}
