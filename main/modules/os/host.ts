import * as nodeOs from "node:os";
import { WorkbenchError } from "../../../shared/model/error";
import type { HostFunction, HostModule, WireValue } from "../record";

/** Everything that the module knows, by name; what a template exposes is a subset. */
const FACTS = {
  EOL: () => nodeOs.EOL,
  platform: () => nodeOs.platform(),
  arch: () => nodeOs.arch(),
  type: () => nodeOs.type(),
  release: () => nodeOs.release(),
  hostname: () => nodeOs.hostname(),
  homedir: () => nodeOs.homedir(),
  tmpdir: () => nodeOs.tmpdir(),
  cpus: () => nodeOs.cpus().map(({ model, speed, times }) => ({ model, speed, times: { ...times } })),
  totalmem: () => nodeOs.totalmem(),
} satisfies Record<string, () => WireValue>;

export type Fact = keyof typeof FACTS;

export const FACT_NAMES = Object.keys(FACTS) as [Fact, ...Fact[]];
const CONSTANTS: readonly Fact[] = ["EOL"];

/** Host half of `os`: answers what the template exposes and refuses the rest. */
export function createOsHost(exposed: readonly Fact[]): HostModule {
  const functions: Record<string, HostFunction> = {
    describe: () => ({
      functions: FACT_NAMES.filter((name) => !CONSTANTS.includes(name)),
      constants: CONSTANTS,
      exposed,
    }),
  };
  for (const name of FACT_NAMES) {
    functions[name] = () => {
      if (exposed.includes(name)) return FACTS[name]();
      throw new WorkbenchError(
        "PERMISSION_DENIED",
        `os.${name} is not exposed by the template. Add "${name}" to "expose" of the module os.`,
        { module: "os", name },
      );
    };
  }
  return { functions };
}
