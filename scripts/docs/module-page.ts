import type { MemberDoc, ModuleDescriptor } from "../../shared/model/module";
import { fieldRows, schemaNode, table } from "./schema-table";

const RISKS: Record<ModuleDescriptor["risk"], string> = {
  pure: "**Risk: pure.** It computes only.",
  workspace: "**Risk: workspace.** It touches files in the granted roots.",
  host: "**Risk: host.** It reaches commands, the network or facts about the machine.",
};

/** Reference page of one module, in Markdown. */
export function modulePage(module: ModuleDescriptor): string {
  const aliases =
    module.aliases.length === 0
      ? ""
      : ` Also as ${module.aliases.map((alias) => `\`${alias}\``).join(", ")}.`;
  return [
    `# ${module.name}`,
    `${module.summary}${aliases}`,
    `${RISKS[module.risk]} ${module.allows}`,
    "## Example",
    fenced("js", module.example),
    "## Configuration",
    ...configuration(module),
    "## Members",
    ...module.members.flatMap(member),
    ...(module.comingFromGoja === undefined ? [] : ["## Coming from go-go-goja", module.comingFromGoja]),
  ]
    .map((block) => block.trim())
    .join("\n\n")
    .concat("\n");
}

function configuration(module: ModuleDescriptor): string[] {
  const rows = fieldRows(schemaNode.parse(module.configSchema));
  const entry = fenced(
    "json",
    JSON.stringify({ modules: { [module.name]: module.configDefaults } }, null, 2),
  );
  if (rows.length === 0) return ["None. In a template:", entry];
  return [
    table(["field", "value", "default", "meaning"], rows),
    "In a template, with the defaults written out:",
    entry,
  ];
}

function member(doc: MemberDoc): string[] {
  return [
    `### ${doc.name}`,
    fenced("ts", doc.signature),
    doc.summary,
    doc.params.map((param) => `- \`${param.name}\`: ${param.doc}`).join("\n"),
    doc.returns === "" ? "" : `**Result:** ${doc.returns}`,
    doc.errors.length === 0
      ? ""
      : table(
          ["error", "when"],
          doc.errors.map((error) => [`\`${error.code}\``, error.when]),
        ),
    doc.example === "" ? "" : fenced("js", doc.example),
  ].filter((block) => block !== "");
}

/** The index of all module pages. */
export function moduleIndex(modules: readonly ModuleDescriptor[]): string {
  const rows = modules.map((module) => [
    `[${module.name}](${module.name}.md)`,
    module.aliases.map((alias) => `\`${alias}\``).join(" "),
    module.risk,
    module.summary,
  ]);
  return `# Native modules

Everything that a template can list under \`modules\`, and so everything that scripts can \`require\` or \`import\` from the
host. JavaScript built-ins (JSON, Math, Date, Promise …) are always there and are no modules. A session has the modules
that its template lists; no other name resolves.

${table(["module", "also as", "risk", ""], rows)}
`;
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trim()}\n\`\`\``;
}
