import { defaultOf } from "../../../shared/model/arguments";
import type { Parameter } from "../../../shared/model/parameters";
import type { ArgumentValues } from "../../state/parameters";

/** What the fields of a form hold: text as it is typed, a switch, the entries of a list. */
export type FieldValue = string | boolean | readonly string[];
export type FormValues = Readonly<Record<string, FieldValue>>;

/** What the form starts with: given values, else the defaults. */
export const formValues = (parameters: readonly Parameter[], given: ArgumentValues): FormValues =>
  Object.fromEntries(
    parameters.map((parameter) => [
      parameter.name,
      fieldValue(parameter, Object.hasOwn(given, parameter.name) ? given[parameter.name] : undefined),
    ]),
  );

function fieldValue(parameter: Parameter, given: ArgumentValues[string] | undefined): FieldValue {
  const value = given ?? defaultOf(parameter);
  if (parameter.type.kind === "boolean") return value === true || value === "true";
  if (parameter.type.kind === "list")
    return (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(textOf);
  return value === undefined ? "" : textOf(value);
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** What the form gives: an empty field gives nothing, so that the default holds. */
export const givenValues = (values: FormValues): ArgumentValues =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value === "" ? [] : [[name, typeof value === "object" ? [...value] : value]],
    ),
  );
