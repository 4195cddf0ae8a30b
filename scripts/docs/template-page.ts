import { fieldRows, type SchemaNode, schemaNode, table } from "./schema-table";

const HEAD = ["field", "value", "default", "meaning"];

/** Reference of the template file, from its JSON Schema, in Markdown. */
export function templatePage(schema: unknown): string {
  const root = schemaNode.parse(schema);
  const sections = Object.entries(root.properties ?? {}).filter(
    ([key, field]) => key !== "modules" && field.properties !== undefined,
  );
  return `# Template file

\`templates/<name>.template.json\`: one template, UTF-8 JSON without comments. Only \`name\` is required; everything else has
the default below. A key that is not listed here is an error that names the nearest valid one. Editors complete and check
the file with [template.schema.json](../template.schema.json).

A file that does not parse or validate is shown in the list as broken, with the place and the reason. It is never
overwritten, moved or dropped. A file of a newer \`version\` is shown read-only.

## Fields

${table(HEAD, topRows(root))}

${sections.map(([key, field]) => section(key, field)).join("\n\n")}

## modules

A name of the [registry](../modules/README.md) and its configuration, \`{}\` for the defaults. An alias means the same module.
Built-ins (JSON, Math, Date …) and unknown names are refused with \`MODULE_NOT_ALLOWED\`.

${table(["module", "fields of its configuration"], moduleRows(root))}
`;
}

function topRows(root: SchemaNode): string[][] {
  return Object.entries(root.properties ?? {}).flatMap(([key, field]) => {
    const { properties, ...flat } = field;
    if (properties === undefined) return fieldRows({ properties: { [key]: flat } });
    const link =
      key === "modules" ? "name → configuration, see [modules](#modules)" : `object, see [${key}](#${key})`;
    return [[`\`${key}\``, link, "`{}`", field.description ?? ""]];
  });
}

function section(key: string, field: SchemaNode): string {
  return `## ${key}\n\n${field.description ?? ""}\n\n${table(HEAD, fieldRows(field))}`;
}

function moduleRows(root: SchemaNode): string[][] {
  return Object.entries(root.properties?.["modules"]?.properties ?? {})
    .filter(([, config]) => config.description?.startsWith("The same as ") !== true)
    .map(([name, config]) => {
      const fields = Object.keys(config.properties ?? {}).map((field) => `\`${field}\``);
      return [`[${name}](../modules/${name}.md)`, fields.length === 0 ? "none" : fields.join(", ")];
    });
}
