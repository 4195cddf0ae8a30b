import type { z } from "zod";
import { WorkbenchError } from "./error";
import { typeText, type Declaration, type Parameter, type ParameterType } from "./parameters";

type Json = z.core.util.JSONType;

/** Why a value cannot be given to a parameter; the message begins with the parameter's name. */
export type ArgumentProblem = {
  readonly name: string;
  readonly kind: "missing" | "wrong" | "unknown";
  readonly message: string;
};

export interface ResolvedArguments {
  /** `args` as the script sees them, defaults filled in; complete when there is no problem. */
  readonly args: Record<string, Json>;
  readonly problems: readonly ArgumentProblem[];
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/**
 * Checks given values against a script's parameters and brings text to the declared types: `"7"` is 7 for a number,
 * `"true"` is true for a boolean, one value is a list of one. The one rule for command line, window and sessions;
 * resolving its own result changes nothing.
 */
export function resolveArguments(
  parameters: readonly Parameter[],
  given: Readonly<Record<string, Json>>,
): ResolvedArguments {
  const args: [string, Json][] = [];
  const problems: ArgumentProblem[] = [];
  for (const parameter of parameters) {
    const { name } = parameter;
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (value === undefined || isEmptyRequiredList(parameter, value)) {
      const fallback = defaultOf(parameter);
      if (fallback !== undefined) args.push([name, fallback]);
      else if (parameter.presence === "required")
        problems.push({
          name,
          kind: "missing",
          message: `${name} is missing: give ${wanted(parameter.type)}.`,
        });
      continue;
    }
    const coerced = coerceArgument(parameter.type, value);
    if (coerced === undefined)
      problems.push({
        name,
        kind: "wrong",
        message: `${name} must be ${wanted(parameter.type)}, not ${shown(value)}.`,
      });
    else args.push([name, coerced]);
  }
  for (const name of Object.keys(given)) {
    if (parameters.some((parameter) => parameter.name === name)) continue;
    const known = parameters.map((parameter) => parameter.name).join(", ");
    problems.push({ name, kind: "unknown", message: `${name} is not one of its parameters: ${known}.` });
  }
  return { args: Object.fromEntries(args), problems };
}

/**
 * The arguments that a script gets for what was given. A script without parameters takes anything. Throws
 * `VALIDATION_ERROR`, naming the line of a declaration that cannot be understood or each parameter and what it takes.
 */
export function argumentsFor(
  script: string,
  declaration: Declaration,
  given: Json | undefined,
): Json | undefined {
  const broken = declarationError(script, declaration);
  if (broken !== undefined) throw broken;
  if (declaration.parameters.length === 0) return given;
  const isObject = typeof given === "object" && given !== null && !Array.isArray(given);
  if (given !== undefined && given !== null && !isObject) {
    throw new WorkbenchError(
      "VALIDATION_ERROR",
      `${script} declares parameters, so its arguments must be an object with their names, not ${shown(given)}.`,
      { script },
    );
  }
  const { args, problems } = resolveArguments(declaration.parameters, isObject ? given : {});
  if (problems.length === 0) return args;
  const sentences = problems.map((problem) => problem.message).join(" ");
  throw new WorkbenchError("VALIDATION_ERROR", `${script}: ${sentences}`, {
    script,
    parameters: problems.map((problem) => problem.name),
    given: isObject ? given : {},
  });
}

/** `VALIDATION_ERROR` with the line of the first thing that cannot be understood; nothing when all of it can. */
export function declarationError(script: string, { problems }: Declaration): WorkbenchError | undefined {
  const [first] = problems;
  if (first === undefined) return undefined;
  const { line, column, message } = first;
  return new WorkbenchError("VALIDATION_ERROR", `${script}:${line}: ${message}`, { script, line, column });
}

/** What a script gets when nothing is given: the declared default; `false` and the empty list need no declaration. */
export function defaultOf({ type, presence, default: declared }: Parameter): Json | undefined {
  if (declared !== undefined) return declared;
  if (type.kind === "boolean") return false;
  return type.kind === "list" && presence === "optional" ? [] : undefined;
}

/** A value of this type made from a given one; `undefined` when it cannot be. */
export function coerceArgument(type: ParameterType, value: Json): Json | undefined {
  switch (type.kind) {
    case "string":
      return typeof value === "string" ? value : undefined;
    case "number":
      return numberOf(value);
    case "integer": {
      const number = numberOf(value);
      return Number.isSafeInteger(number) ? number : undefined;
    }
    case "boolean":
      if (value === "true" || value === "false") return value === "true";
      return typeof value === "boolean" ? value : undefined;
    case "date":
      return typeof value === "string" && isDate(value) ? value : undefined;
    case "file":
    case "folder":
      return typeof value === "string" ? insidePath(value, type.kind) : undefined;
    case "choice":
      return typeof value === "string" && type.choices.includes(value) ? value : undefined;
    case "list": {
      const items = Array.isArray(value) ? value : [value];
      const coerced = items.flatMap((item) => coerceArgument(type.of, item) ?? []);
      return coerced.length === items.length ? coerced : undefined;
    }
  }
}

/** What a parameter takes, for a sentence: `a whole number`, `one of info, warn`. */
function wanted(type: ParameterType): string {
  switch (type.kind) {
    case "string":
      return "text";
    case "number":
      return "a number";
    case "integer":
      return "a whole number";
    case "boolean":
      return "true or false";
    case "date":
      return "a date such as 2026-03-12";
    case "file":
    case "folder":
      return `a ${type.kind} of the workspace, by its path from the workspace’s folder`;
    case "choice":
      return `one of ${type.choices.join(", ")}`;
    case "list":
      return `a list (${typeText(type)}), each entry ${wanted(type.of)}`;
  }
}

function isEmptyRequiredList({ type, presence }: Parameter, value: Json): boolean {
  return type.kind === "list" && presence === "required" && Array.isArray(value) && value.length === 0;
}

function numberOf(value: Json): number | undefined {
  const number = typeof value === "string" && NUMBER.test(value.trim()) ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

/** A day that the calendar has. */
function isDate(text: string): boolean {
  const [, year, month, day] = DATE.exec(text)?.map(Number) ?? [];
  if (year === undefined || month === undefined || day === undefined) return false;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/**
 * A path that stays in the workspace by its text, normalised. It helps to notice a slip early; what a script may
 * reach is decided where the file is opened.
 */
function insidePath(text: string, kind: "file" | "folder"): string | undefined {
  if (text.trim() === "" || text.includes("\0") || /^([/\\]|[a-z]:)/i.test(text)) return undefined;
  const parts: string[] = [];
  for (const part of text.split(/[/\\]/)) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  const path = parts.join("/");
  if (path !== "") return path;
  return kind === "folder" ? "." : undefined;
}

function shown(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
