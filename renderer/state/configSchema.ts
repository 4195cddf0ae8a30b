import { isRecord } from "../../shared/model/json-change";

/** What the form shows for one field of a module's configuration. */
export type ConfigControl =
  | { readonly kind: "boolean" }
  | {
      readonly kind: "number";
      readonly unit: string | undefined;
      readonly min: number | undefined;
      readonly max: number | undefined;
    }
  | { readonly kind: "choice"; readonly options: readonly string[] }
  | { readonly kind: "text"; readonly isPath: boolean }
  /** A list of texts. */
  | { readonly kind: "texts"; readonly isPath: boolean }
  /** A list of texts out of a few. */
  | { readonly kind: "choices"; readonly options: readonly string[] }
  /** A list of objects, such as granted roots. */
  | { readonly kind: "objects"; readonly fields: readonly ConfigField[] }
  | { readonly kind: "object"; readonly fields: readonly ConfigField[] }
  /** Anything else is edited as JSON. */
  | { readonly kind: "json" };

export interface ConfigField {
  readonly name: string;
  /** `timeoutMs` reads “Timeout”. */
  readonly label: string;
  /** One entry of a list: `roots` → `root`. */
  readonly noun: string;
  readonly description: string | undefined;
  readonly control: ConfigControl;
  readonly default: unknown;
}

const UNITS: readonly (readonly [suffix: RegExp, unit: string])[] = [
  [/Ms$/, "ms"],
  [/Kb$/, "KB"],
  [/Mb$/, "MB"],
  [/Bytes$/, "bytes"],
  [/Seconds$/, "s"],
];
const PATH_NAME = /^(path|cwd|file|folder|dir|files|folders|paths|roots)$/i;

/** Fields of an object schema, in its order. */
export function configFields(schema: unknown): readonly ConfigField[] {
  const properties = isRecord(schema) ? schema["properties"] : undefined;
  if (!isRecord(properties)) return [];
  return Object.entries(properties).map(([name, field]) => ({
    name,
    label: labelOf(name),
    noun: nounOf(name),
    description: text(field, "description"),
    control: controlOf(name, field),
    default: isRecord(field) ? field["default"] : undefined,
  }));
}

function controlOf(name: string, raw: unknown): ConfigControl {
  const schema = withoutNull(raw);
  if (!isRecord(schema)) return { kind: "json" };
  const options = textsIn(schema["enum"]);
  if (options !== undefined) return { kind: "choice", options };
  switch (schema["type"]) {
    case "boolean":
      return { kind: "boolean" };
    case "integer":
    case "number":
      return {
        kind: "number",
        unit: UNITS.find(([suffix]) => suffix.test(name))?.[1],
        min: bound(schema["minimum"]),
        max: bound(schema["maximum"]),
      };
    case "string":
      return { kind: "text", isPath: PATH_NAME.test(name) };
    case "array":
      return listOf(name, schema["items"]);
    case "object": {
      const fields = configFields(schema);
      return fields.length === 0 ? { kind: "json" } : { kind: "object", fields };
    }
    default:
      return { kind: "json" };
  }
}

function listOf(name: string, items: unknown): ConfigControl {
  const item = withoutNull(items);
  if (!isRecord(item)) return { kind: "json" };
  const options = textsIn(item["enum"]);
  if (options !== undefined) return { kind: "choices", options };
  if (item["type"] === "string") return { kind: "texts", isPath: PATH_NAME.test(name) };
  if (item["type"] === "object") return { kind: "objects", fields: configFields(item) };
  return { kind: "json" };
}

/** `anyOf: [X, null]`, as zod writes what may be left out, is X to a form. */
function withoutNull(schema: unknown): unknown {
  const choices = isRecord(schema) ? schema["anyOf"] : undefined;
  if (!Array.isArray(choices)) return schema;
  const others = choices.filter((choice) => !isRecord(choice) || choice["type"] !== "null");
  return others.length === 1 ? others[0] : schema;
}

/** A new entry of a list of objects: defaults, else the first choice, which is the one that permits least. */
export function newEntry(fields: readonly ConfigField[]): Record<string, unknown> {
  return Object.fromEntries(
    fields.flatMap((field): [string, unknown][] => {
      if (field.default !== undefined) return [[field.name, field.default]];
      switch (field.control.kind) {
        case "text":
          return [[field.name, ""]];
        case "choice":
          return [[field.name, field.control.options[0] ?? ""]];
        default:
          return [];
      }
    }),
  );
}

function labelOf(name: string): string {
  const words = name
    .replace(/(Ms|Kb|Mb)$/, "")
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const nounOf = (name: string): string => (/[^s]s$/.test(name) ? name.slice(0, -1) : name);

function textsIn(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const texts = value.filter((each) => typeof each === "string");
  return texts.length === value.length ? texts : undefined;
}

// zod writes the ends of the safe integers where a schema has no bound of its own.
const bound = (value: unknown): number | undefined =>
  typeof value === "number" && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : undefined;

const text = (schema: unknown, key: string): string | undefined => {
  const value = isRecord(schema) ? schema[key] : undefined;
  return typeof value === "string" ? value : undefined;
};
