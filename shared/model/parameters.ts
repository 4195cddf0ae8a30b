import { z } from "zod";

/** Types that a value of a parameter may have by itself; `docs/guides/script-parameters.md` says what each accepts. */
export const PLAIN_PARAMETER_TYPES = [
  "string",
  "number",
  "integer",
  "boolean",
  "date",
  "file",
  "folder",
] as const;

const plainTypeSchema = z.object({ kind: z.enum(PLAIN_PARAMETER_TYPES) });
const choiceTypeSchema = z.object({ kind: z.literal("choice"), choices: z.array(z.string()).min(1) });
const listTypeSchema = z.object({
  kind: z.literal("list"),
  of: z.discriminatedUnion("kind", [plainTypeSchema, choiceTypeSchema]),
});

export const parameterTypeSchema = z.discriminatedUnion("kind", [
  plainTypeSchema,
  choiceTypeSchema,
  listTypeSchema,
]);
export type ParameterType = z.infer<typeof parameterTypeSchema>;

/** One value that a script says it takes; the script reads it as `args.<name>`. */
export const parameterSchema = z.object({
  name: z.string(),
  type: parameterTypeSchema,
  presence: z.enum(["required", "optional"]),
  /** What the script gets when nothing is given. */
  default: z.json().optional(),
  /** One paragraph; empty when there is none. */
  description: z.string(),
  /** Where the script declares it, from 1. */
  line: z.int(),
});
export type Parameter = z.infer<typeof parameterSchema>;

/** Something in a declaration that cannot be understood. */
export const declarationProblemSchema = z.object({ line: z.int(), column: z.int(), message: z.string() });
export type DeclarationProblem = z.infer<typeof declarationProblemSchema>;

/** What a script says about itself and its parameters at its top. Without parameters it takes any arguments. */
export const declarationSchema = z.object({
  description: z.string(),
  parameters: z.array(parameterSchema),
  problems: z.array(declarationProblemSchema),
});
export type Declaration = z.infer<typeof declarationSchema>;

/** A type as a script writes it: `integer`, `"info" | "warn"`, `string[]`. */
export function typeText(type: ParameterType): string {
  switch (type.kind) {
    case "choice":
      return type.choices.map((choice) => JSON.stringify(choice)).join(" | ");
    case "list":
      return type.of.kind === "choice" ? `(${typeText(type.of)})[]` : `${typeText(type.of)}[]`;
    default:
      return type.kind;
  }
}
