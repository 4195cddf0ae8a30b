import { useEffect, useState } from "react";
import { moduleConfigSchema } from "../../../shared/model/template";
import type { ConfigDescription } from "../../state/modules";
import { useWorkbench } from "../../state/context";

const NOTHING: ConfigDescription = { effects: [], remarks: [], problems: [] };
const TYPING_MS = 80;

/**
 * What a configuration permits, what a reviewer should look at, or what is wrong with it, as the module itself says; follows while it is typed.
 * @param beside names of the modules that the template lists.
 */
export function useModuleEffects(
  module: string,
  config: Readonly<Record<string, unknown>>,
  beside: readonly string[],
): ConfigDescription {
  const { modules, notices } = useWorkbench();
  const [described, setDescribed] = useState<ConfigDescription>(NOTHING);
  const text = JSON.stringify(config);
  const names = beside.join("\n");
  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(() => {
      notices.attempt(async () => {
        const next = await modules.describe(
          module,
          moduleConfigSchema.parse(JSON.parse(text)),
          names.split("\n"),
        );
        if (isCurrent) setDescribed(next);
      });
    }, TYPING_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [modules, notices, module, text, names]);
  return described;
}
