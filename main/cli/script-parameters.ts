import { parseArgs, type ParseArgsConfig } from "node:util";
import type { Help } from "commander";
import type { z } from "zod";
import { argumentsFor, declarationError, defaultOf } from "../../shared/model/arguments";
import { WorkbenchError } from "../../shared/model/error";
import { typeText, type Declaration, type Parameter } from "../../shared/model/parameters";
import { resolveWorkspace } from "../core/workbench";
import { nearest } from "../../shared/model/nearest";
import { readDeclaration } from "../parameters/read-declaration";
import { readInside } from "../workspace/open-file";

type Json = z.core.util.JSONType;

/** What `run` was told about a script and its arguments. */
export interface ScriptCall {
  readonly workspace: string;
  readonly script: string;
  /** Everything that is no option of `run` itself. */
  readonly rest: readonly string[];
  /** Value of `--args`. */
  readonly args: Json | undefined;
  /** Long names of `run`'s own options, without dashes. */
  readonly ownOptions: readonly string[];
}

/**
 * The arguments of a script, from its own options or from `--args`. Throws `INVALID_REQUEST` for an option that it
 * does not have, `VALIDATION_ERROR` for a value that does not fit, and what is wrong with the path.
 */
export function scriptArguments(call: ScriptCall): Json | undefined {
  const { script, rest, ownOptions } = call;
  if (script.startsWith("-")) throw unknownOption(script, ownOptions, "Name the script first.");
  const declaration = declarationOf(call);
  // Which options it has is not known then; the line helps more than "no such parameter".
  const broken = declarationError(script, declaration);
  if (broken !== undefined) throw broken;
  const flags = parseFlags(call, declaration.parameters);
  if (flags !== undefined && call.args !== undefined) {
    throw new WorkbenchError(
      "INVALID_REQUEST",
      `Give either --args or the script's own options (${rest.join(" ")}), not both.`,
    );
  }
  try {
    return argumentsFor(script, declaration, flags ?? call.args);
  } catch (error) {
    if (!(error instanceof WorkbenchError) || error.details?.["parameters"] === undefined) throw error;
    const message = `${error.message} ${sentence(helpOf(script))}`;
    throw new WorkbenchError(error.code, message, error.details, { cause: error });
  }
}

/** The part of `run <script> --help` that is about the script; empty when it declares nothing. */
export function scriptHelp(
  call: Pick<ScriptCall, "workspace" | "script" | "ownOptions">,
  help: Help,
): string {
  let declaration: Declaration;
  try {
    declaration = declarationOf(call);
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)}\n`;
  }
  const { description, parameters, problems } = declaration;
  const lines = problems.map(({ line, message }) => `${call.script}:${line}: ${message}`);
  if (parameters.length === 0) return lines.concat(lines.length > 0 ? [""] : []).join("\n");
  const isTaken = ({ name }: Parameter) => call.ownOptions.includes(name);
  const terms = parameters.map((parameter) => `${isTaken(parameter) ? "-- " : ""}${term(parameter)}`);
  const width = Math.max(...terms.map((text) => text.length));
  const rows = parameters.map((parameter, index) =>
    help.formatItem(terms[index] ?? "", width, about(parameter), help),
  );
  return [
    `Usage: vm-workbench run ${[call.script, ...parameters.filter(isRequired).map(term)].join(" ")} [options]`,
    "",
    ...(description === "" ? [] : [description, ""]),
    `Parameters of ${call.script}:`,
    ...rows,
    "",
    ...(parameters.some(isTaken)
      ? ["Options that run has too come last, after --: they are the script's.", ""]
      : []),
    ...(lines.length > 0 ? [...lines, ""] : []),
  ].join("\n");
}

function declarationOf({ workspace, script }: Pick<ScriptCall, "workspace" | "script">): Declaration {
  return readDeclaration(readInside(resolveWorkspace(workspace), script).bytes.toString("utf8"));
}

/** Given values by parameter, as text; `undefined` when no option of the script is given. */
function parseFlags(
  { script, rest, ownOptions }: ScriptCall,
  parameters: readonly Parameter[],
): Record<string, Json> | undefined {
  const options: ParseArgsConfig["options"] = Object.fromEntries(
    parameters.map(({ name, type }) => [
      name,
      { type: type.kind === "boolean" ? "boolean" : "string", multiple: true } as const,
    ]),
  );
  // `--` sets apart what is for the script; it separates nothing inside.
  const args = rest.filter((text) => text !== "--");
  if (args.length === 0) return undefined;
  const { tokens } = parseArgs({ args, options, strict: false, allowPositionals: true, tokens: true });
  const given = new Map<string, Json[]>();
  for (const token of tokens) {
    if (token.kind === "positional")
      throw new WorkbenchError(
        "INVALID_REQUEST",
        `"${token.value}" belongs to no option. Write --name value; ${helpOf(script)}`,
      );
    if (token.kind !== "option") continue;
    const [parameter, value] = valueOf(token.name, token.rawName, token.value, parameters);
    if (parameter === undefined)
      throw unknownOption(
        token.rawName,
        [...parameters.map(({ name }) => name), ...ownOptions],
        helpOf(script),
        script,
      );
    // A value that looks like an option is one that was forgotten.
    if (value === undefined || (token.inlineValue === false && /^--\w/.test(token.value)))
      throw new WorkbenchError("INVALID_REQUEST", `${token.rawName} needs a value: ${token.rawName}=value.`);
    given.set(parameter.name, [...(given.get(parameter.name) ?? []), value]);
  }
  return Object.fromEntries(
    parameters.flatMap(({ name, type }) => {
      const values = given.get(name);
      const last = values?.at(-1);
      if (values === undefined || last === undefined) return [];
      return [[name, type.kind === "list" ? values : last]];
    }),
  );
}

function valueOf(
  name: string,
  rawName: string,
  value: string | undefined,
  parameters: readonly Parameter[],
): [Parameter | undefined, Json | undefined] {
  const isLong = rawName.startsWith("--");
  const parameter = parameters.find((each) => isLong && each.name === name);
  if (parameter?.type.kind === "boolean") return [parameter, value ?? true];
  if (parameter !== undefined) return [parameter, value];
  const negated = parameters.find((each) => each.type.kind === "boolean" && rawName === `--no-${each.name}`);
  return [negated, negated === undefined || value !== undefined ? undefined : false];
}

const helpOf = (script: string): string => `see vm-workbench run ${script} --help`;

function unknownOption(
  written: string,
  candidates: readonly string[],
  help: string,
  script?: string,
): WorkbenchError {
  const near = nearest(written.replace(/^-+/, ""), candidates);
  const whose = script === undefined ? "There is no option" : `${script} has no parameter`;
  const hint = near === undefined ? "" : ` Did you mean --${near}?`;
  return new WorkbenchError("INVALID_REQUEST", `${whose} ${written}.${hint} ${sentence(help)}`);
}

const sentence = (text: string): string => `${text[0]?.toUpperCase() ?? ""}${text.slice(1)}`;

const isRequired = (parameter: Parameter): boolean => parameter.presence === "required";

/** `--top <integer>`, `--verbose`. */
function term({ name, type }: Parameter): string {
  return type.kind === "boolean"
    ? `--${name}`
    : `--${name} <${type.kind === "choice" ? "choice" : typeText(type)}>`;
}

function about(parameter: Parameter): string {
  const { type, description } = parameter;
  const fallback = defaultOf(parameter);
  const facts = [
    ...(type.kind === "choice" ? [`one of ${type.choices.join(", ")}`] : []),
    ...(type.kind === "list" ? ["may be repeated"] : []),
    ...(isRequired(parameter) ? ["required"] : []),
    ...(type.kind === "boolean" && fallback === true
      ? [`default: true; --no-${parameter.name} turns it off`]
      : []),
    ...(type.kind === "boolean" || fallback === undefined || isEmptyList(fallback)
      ? []
      : [`default: ${Array.isArray(fallback) ? fallback.join(", ") : String(fallback)}`]),
  ];
  return [description, ...(facts.length > 0 ? [`(${facts.join("; ")})`] : [])].filter(Boolean).join(" ");
}

const isEmptyList = (value: Json): boolean => Array.isArray(value) && value.length === 0;
