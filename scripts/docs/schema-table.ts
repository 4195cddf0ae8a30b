import { z } from "zod";

/** The parts of a JSON Schema that the reference shows. */
export const schemaNode: z.ZodType<SchemaNode> = z.lazy(() =>
  z.looseObject({
    type: z.union([z.string(), z.array(z.string())]).optional(),
    description: z.string().optional(),
    default: z.json().optional(),
    const: z.json().optional(),
    enum: z.array(z.json()).optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    maxLength: z.number().optional(),
    format: z.string().optional(),
    required: z.array(z.string()).optional(),
    properties: z.record(z.string(), schemaNode).optional(),
    items: schemaNode.optional(),
    anyOf: z.array(schemaNode).optional(),
  }),
);

export interface SchemaNode {
  type?: string | string[] | undefined;
  description?: string | undefined;
  default?: z.core.util.JSONType | undefined;
  const?: z.core.util.JSONType | undefined;
  enum?: z.core.util.JSONType[] | undefined;
  minimum?: number | undefined;
  maximum?: number | undefined;
  maxLength?: number | undefined;
  format?: string | undefined;
  required?: string[] | undefined;
  properties?: Record<string, SchemaNode> | undefined;
  items?: SchemaNode | undefined;
  anyOf?: SchemaNode[] | undefined;
}

/** Text for one cell of a Markdown table. */
export function cell(text: string): string {
  return text.replace(/\s+/g, " ").replaceAll("|", "\\|").trim();
}

/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |`;
  return [line(head), `|${head.map(() => "---|").join("")}`, ...rows.map(line)].join("\n");
}

function code(value: unknown): string {
  return `\`${JSON.stringify(value)}\``;
}

/** What values a field takes, in words. */
export function typeText(node: SchemaNode): string {
  if (node.const !== undefined) return code(node.const);
  if (node.enum !== undefined) return node.enum.map(code).join(" or ");
  if (node.anyOf !== undefined) return node.anyOf.map(typeText).join(", or ");
  if (node.type === "array") return `list of ${node.items === undefined ? "values" : typeText(node.items)}`;
  if (node.type === "object") {
    const keys = Object.keys(node.properties ?? {});
    return keys.length === 0
      ? "object"
      : `{ ${keys.map((key) => (node.required?.includes(key) === true ? key : `${key}?`)).join(", ")} }`;
  }
  if (node.type === "integer" || node.type === "number") return `${node.type}${rangeText(node)}`;
  if (node.type === "string") return node.format === "uuid" ? "UUID" : "text";
  return node.type === undefined ? "any value" : [node.type].flat().join(" or ");
}

function rangeText({ minimum, maximum }: SchemaNode): string {
  const number = (value: number) => value.toLocaleString("en-US");
  const bounded = (value: number | undefined) =>
    value !== undefined && Math.abs(value) < Number.MAX_SAFE_INTEGER;
  if (minimum !== undefined && maximum !== undefined && bounded(minimum) && bounded(maximum))
    return `, ${number(minimum)} to ${number(maximum)}`;
  if (minimum !== undefined && bounded(minimum)) return `, at least ${number(minimum)}`;
  return maximum !== undefined && bounded(maximum) ? `, at most ${number(maximum)}` : "";
}

/** Rows for the fields of an object, those of inner objects under their parent. */
export function fieldRows(node: SchemaNode, prefix = ""): string[][] {
  return Object.entries(node.properties ?? {}).flatMap(([key, field]) => {
    const own = [
      `\`${prefix}${key}\``,
      typeText(field),
      field.default === undefined ? "–" : code(field.default),
      field.description ?? "",
    ];
    const items = field.type === "array" ? field.items : undefined;
    const inner =
      items === undefined
        ? []
        : [items, ...(items.anyOf ?? [])].flatMap((each) => fieldRows(each, `${prefix}${key}[].`));
    return [own, ...inner];
  });
}
