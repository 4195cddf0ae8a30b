import type { ModuleConfig } from "../../shared/model/template";
import { configDefaults } from "../modules/descriptor";
import type { ModuleCall } from "../modules/module-calls";
import { decideModule } from "../modules/policy";
import type { Registry } from "../modules/registry";

/**
 * The least configuration of a module that allows these calls; its defaults where nothing can be told. Always valid.
 */
export function configFromCalls(
  name: string,
  calls: readonly ModuleCall[],
  registry: Registry,
): ModuleConfig {
  const record = registry.find(name);
  if (record === undefined) return {};
  const read = record.configFromCalls?.(calls);
  const decision = read === undefined ? undefined : decideModule(name, read, registry);
  return decision?.allowed === true ? decision.module.config : configDefaults(record);
}
