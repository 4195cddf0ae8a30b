import { WorkbenchError } from "../../shared/model/error";
import type { MemberDoc } from "../../shared/model/module";
import { describeLibraries } from "../libraries/catalogue";
import { describeModule } from "../modules/descriptor";
import { nearest } from "../modules/nearest";
import type { Registry } from "../modules/registry";
import { EXIT, type ExitCode } from "./exit-code";
import type { Output } from "./output";

/** `module list` */
export function listModules(registry: Registry, output: Output): ExitCode {
  output.list(
    registry.describe(),
    ["MODULE", "RISK", "SUMMARY"],
    ({ name, risk, summary }) => [name, risk, summary],
    "There are no native modules.",
  );
  return EXIT.ok;
}

/** `module show NAME [--dts]` */
export function showModule(registry: Registry, name: string, dts: boolean, output: Output): ExitCode {
  const record = registry.find(name.trim());
  if (record === undefined) {
    const near = nearest(name, registry.names());
    const hint = near === undefined ? "See: vm-workbench module list" : `Did you mean "${near}"?`;
    throw new WorkbenchError("MODULE_NOT_FOUND", `There is no native module "${name}". ${hint}`, {
      module: name,
    });
  }
  const module = describeModule(record, registry.kindOf(record));
  if (dts) output.write(module.typings);
  else if (output.json) output.object(module);
  else {
    const aliases = module.aliases.length === 0 ? "" : ` (also ${module.aliases.join(", ")})`;
    output.line(`${module.name}${aliases}  risk: ${module.risk}`);
    output.line(`${module.summary}\n\n${module.allows}\n`);
    output.line(`configuration by default: ${JSON.stringify(module.configDefaults)}`);
    output.line(`configuration of the example: ${JSON.stringify(module.exampleConfig)}\n`);
    for (const member of module.members) printMember(member, output);
    output.line(`\nExample:\n${module.example.trimEnd()}`);
  }
  return EXIT.ok;
}

function printMember(member: MemberDoc, output: Output): void {
  for (const signature of member.signature.split("\n")) output.line(`  ${signature}`);
  output.line(`      ${member.summary}`);
}

/** `library list` */
export function listLibraries(output: Output): ExitCode {
  output.list(
    describeLibraries(),
    ["LIBRARY", "VERSION", "LICENCE", "GLOBAL", "SUMMARY"],
    ({ id, version, license, global, summary }) => [id, version, license, global ?? "–", summary],
    "There are no libraries.",
  );
  return EXIT.ok;
}
