import { z } from "zod";
import { coerceArgument, defaultOf } from "../../shared/model/arguments";
import type { SerializedError } from "../../shared/model/error";
import type { Declaration, Parameter } from "../../shared/model/parameters";
import type { Client } from "./client";
import { isDirty, type DocumentsConcern } from "./documents";

type Json = z.core.util.JSONType;
const objectSchema = z.record(z.string(), z.json());
export type ArgumentValues = Readonly<Record<string, Json>>;

/** What a script declares, as it stands in the editor, else on disk. Throws what is wrong with the file. */
export async function readDeclaration(
  client: Client,
  documents: DocumentsConcern,
  path: string,
): Promise<Declaration> {
  const document = documents.get(path);
  const source = document !== undefined && isDirty(document) ? { source: document.text } : {};
  return (await client.request("parameters.read", { path, ...source })).declaration;
}

/** The remembered arguments that the script still declares; what a changed declaration left behind is dropped. */
export function rememberedArguments(parameters: readonly Parameter[], text: string): ArgumentValues {
  const values = objectOf(text);
  return Object.fromEntries(
    parameters.flatMap(({ name }) => {
      const value = Object.hasOwn(values, name) ? values[name] : undefined;
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** What a refused run tells: the script, and what was given to its parameters. */
export interface ArgumentsRequest {
  readonly script: string;
  readonly given: ArgumentValues;
}

const refusalSchema = z.object({ script: z.string(), parameters: z.array(z.string()), given: objectSchema });

/** The request that an error stands for, when it says that arguments of a script are missing or do not fit. */
export function argumentsRequest({ code, details }: SerializedError): ArgumentsRequest | undefined {
  return code === "VALIDATION_ERROR" ? refusalSchema.safeParse(details).data : undefined;
}

/** Arguments to remember, as JSON: only those that are not the default, so that a changed default takes effect. */
export function argumentsText(parameters: readonly Parameter[], given: ArgumentValues): string {
  const changed = parameters.flatMap((parameter) => {
    const value = given[parameter.name];
    if (value === undefined) return [];
    const coerced = coerceArgument(parameter.type, value) ?? value;
    return JSON.stringify(coerced) === JSON.stringify(defaultOf(parameter))
      ? []
      : [[parameter.name, coerced]];
  });
  return changed.length === 0 ? "" : JSON.stringify(Object.fromEntries(changed));
}

function objectOf(text: string): ArgumentValues {
  try {
    return objectSchema.safeParse(JSON.parse(text)).data ?? {};
  } catch {
    return {};
  }
}
