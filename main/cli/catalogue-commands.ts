import { z } from "zod";
import { WorkbenchError } from "../../shared/model/error";
import type { MemberDoc, ModuleDescriptor } from "../../shared/model/module";
import { describeLibraries } from "../libraries/catalogue";
import { describeModule } from "../modules/descriptor";
import { nearest } from "../../shared/model/nearest";
import type { Registry } from "../modules/registry";
import { EXIT, type ExitCode } from "./exit-code";
import type { Output } from "./output";

/** What a configuration's JSON Schema says about its fields. */
const configFieldsSchema = z.object({
  properties: z.record(z.string(), z.object({ description: z.string().default("") })).default({}),
});

/** `module list` */
export function listModules(registry: Registry, output: Output): ExitCode {
  output.list(
    registry.describe(),
    ["MODULE", "KIND", "RISK", "SUMMARY"],
    ({ name, kind, risk, summary }) => [name, kind, risk, summary],
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
    output.line(`${module.name}${aliases}  ${module.kind}, risk: ${module.risk}`);
    output.line(`${module.summary}\n\n${module.allows}\n`);
    printConfiguration(module, output);
    for (const member of module.members) printMember(member, output);
    output.line(`\nExample:\n${module.example.trimEnd()}`);
    if (module.comingFromGoja !== undefined)
      output.line(`\nComing from go-go-goja:\n${module.comingFromGoja.trimEnd()}`);
  }
  return EXIT.ok;
}

function printConfiguration(module: ModuleDescriptor, output: Output): void {
  const { properties } = configFieldsSchema.parse(module.configSchema);
  const fields = Object.entries(properties);
  if (fields.length === 0) {
    output.line("Configuration: none\n");
    return;
  }
  output.line("Configuration:");
  for (const [name, { description }] of fields) {
    output.line(`  ${name}  default ${JSON.stringify(module.configDefaults[name])}`);
    output.line(`      ${description}`);
  }
  output.line(`  example ${JSON.stringify(module.exampleConfig)}\n`);
}

function printMember(member: MemberDoc, output: Output): void {
  for (const signature of member.signature.split("\n")) output.line(`  ${signature}`);
  const lines = [
    member.summary,
    ...member.params.map((param) => `${param.name}: ${param.doc}`),
    ...(member.returns === "" ? [] : [`gives: ${member.returns}`]),
    ...member.errors.map((error) => `throws ${error.code}: ${error.when}`),
  ].filter((line) => line !== "");
  for (const line of lines) output.line(`      ${line}`);
}

/** `library list` */
export function listLibraries(output: Output): ExitCode {
  output.list(
    describeLibraries(),
    ["LIBRARY", "VERSION", "LICENCE", "SIZE", "GLOBAL", "SUMMARY"],
    ({ id, version, license, bytes, global, summary }) => [
      id,
      version,
      license,
      `${Math.ceil(bytes / 1024)} KB`,
      global ?? "–",
      summary,
    ],
    "There are no libraries.",
  );
  return EXIT.ok;
}
