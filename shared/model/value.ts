import { z } from "zod";

/** What a property of a previewed value looks like; getters are shown, never run. */
export interface PropertyPreview {
  /** Property name, `[Symbol(x)]` for symbols, the index for arrays; the printed key for map entries. */
  name: string;
  /** `property` own data, `accessor` getter/setter, `entry` Map/Set entry, `internal` prototype, promise state… */
  kind: "property" | "accessor" | "entry" | "internal";
  enumerable: boolean;
  value?: ValuePreview | undefined;
  /** Key of a Map entry when it is not a primitive. */
  key?: ValuePreview | undefined;
}

/** A bounded, cycle-safe picture of a value of the VM. */
export interface ValuePreview {
  /** `typeof` of the value, with `null` apart. */
  type: "undefined" | "null" | "boolean" | "number" | "bigint" | "string" | "symbol" | "function" | "object";
  /** Kind of object: `array`, `map`, `set`, `date`, `regexp`, `error`, `promise`, `proxy`, `typedarray`, … */
  subtype?: string | undefined;
  /** Name of its class, such as `Map` or `Invoice`. */
  className?: string | undefined;
  /** Text form, as Node's `util.inspect` writes it (strings at top level without quotes only in console text). */
  preview: string;
  /** The value itself when it is plain JSON and small; lets programs read results. */
  json?: z.core.util.JSONType | undefined;
  /** Handle by which a live session serves deeper levels; gone with the session or when released. */
  objectId?: string | undefined;
  /** Number of entries of an array, map, set, typed array or string. */
  size?: number | undefined;
  /** First properties, bounded. */
  properties?: PropertyPreview[] | undefined;
  /** Something was left out: too many properties, too deep, too long. */
  truncated?: boolean | undefined;
}

export const valuePreviewSchema: z.ZodType<ValuePreview> = z.lazy(() =>
  z.object({
    type: z.enum([
      "undefined",
      "null",
      "boolean",
      "number",
      "bigint",
      "string",
      "symbol",
      "function",
      "object",
    ]),
    subtype: z.string().optional(),
    className: z.string().optional(),
    preview: z.string(),
    json: z.json().optional(),
    objectId: z.string().optional(),
    size: z.number().optional(),
    properties: z.array(propertyPreviewSchema).optional(),
    truncated: z.boolean().optional(),
  }),
);

export const propertyPreviewSchema: z.ZodType<PropertyPreview> = z.lazy(() =>
  z.object({
    name: z.string(),
    kind: z.enum(["property", "accessor", "entry", "internal"]),
    enumerable: z.boolean(),
    value: valuePreviewSchema.optional(),
    key: valuePreviewSchema.optional(),
  }),
);

/** Place in a source file as the user wrote it; line and column count from 1. */
export const sourceLocationSchema = z.object({
  /** Workspace-relative path with `/`, or `repl:N` / `eval` for code without a file. */
  path: z.string(),
  line: z.int(),
  column: z.int().optional(),
});
export type SourceLocation = z.infer<typeof sourceLocationSchema>;
