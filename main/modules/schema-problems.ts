import { z } from "zod";
import { issueWords } from "./issue-words";
import { nearest } from "../../shared/model/nearest";

/** Keys from the root of a document to a place in it. */
export type ProblemPath = (string | number)[];

/** What a schema found wrong, in words, and where. */
export interface SchemaProblem {
  readonly path: ProblemPath;
  readonly message: string;
  /** For an unknown key: the key, and the valid one that was probably meant. */
  readonly unknownKey?: string;
  readonly nearest?: string;
}

type JsonSchema = z.core.JSONSchema.JSONSchema;

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null;
}

function asSchema(value: unknown): JsonSchema | undefined {
  return isSchema(value) ? value : undefined;
}

/** Keys that an object may have at this place of a document, by its JSON Schema. */
function keysAt(schema: JsonSchema | undefined, path: readonly PropertyKey[]): string[] {
  if (schema === undefined) return [];
  const branches = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  const fromBranches = branches.flatMap((branch) => keysAt(asSchema(branch), path));
  const [key, ...rest] = path;
  if (key === undefined) return [...Object.keys(schema.properties ?? {}), ...fromBranches];
  const next =
    typeof key === "number"
      ? schema.items
      : (schema.properties?.[String(key)] ?? schema.additionalProperties);
  return [...keysAt(asSchema(next), rest), ...fromBranches];
}

/** The deepest reason of a failed union: the branch that fits best says what is wrong. */
function flatten(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return [issue];
  const depth = (branch: readonly z.core.$ZodIssue[]) =>
    Math.max(0, ...branch.map((inner) => inner.path.length));
  const wrongKind = (branch: readonly z.core.$ZodIssue[]) =>
    branch.some((inner) => inner.code === "invalid_type" && inner.path.length === 0);
  const branches = issue.errors.filter((branch) => branch.length > 0 && !wrongKind(branch));
  const best = [...branches].sort((a, b) => depth(b) - depth(a) || a.length - b.length)[0];
  if (best === undefined) return [issue];
  return best.flatMap((inner) => flatten({ ...inner, path: [...issue.path, ...inner.path] }));
}

/**
 * Turns the issues of a failed parse into problems that name the place; unknown keys name the key and the nearest
 * valid one.
 */
export function describeIssues(schema: z.ZodType, issues: readonly z.core.$ZodIssue[]): SchemaProblem[] {
  let jsonSchema: JsonSchema | undefined;
  return issues.flatMap(flatten).flatMap((issue): SchemaProblem[] => {
    const path = issue.path.map((key) => (typeof key === "number" ? key : String(key)));
    if (issue.code !== "unrecognized_keys") return [{ path, message: issueWords(issue) }];
    jsonSchema ??= z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
    const known = keysAt(jsonSchema, issue.path);
    return issue.keys.map((key) => {
      const near = nearest(key, known);
      const hint =
        near === undefined
          ? known.length === 0
            ? "No keys are allowed here."
            : `Valid keys: ${known.join(", ")}.`
          : `Did you mean "${near}"?`;
      const message = `Unknown key "${key}". ${hint}`;
      return {
        path: [...path, key],
        message,
        unknownKey: key,
        ...(near === undefined ? {} : { nearest: near }),
      };
    });
  });
}

/** `["limits", "cpuMs"]` → `limits.cpuMs`; `["startup", 0, "path"]` → `startup[0].path`. */
export function pathText(path: readonly (string | number)[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    if (!/^[\w$-]+$/.test(key)) return `${text}[${JSON.stringify(key)}]`;
    return text === "" ? key : `${text}.${key}`;
  }, "");
}
