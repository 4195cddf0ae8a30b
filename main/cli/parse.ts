import { InvalidArgumentError } from "commander";
import { z } from "zod";
import {
  limitsSchema,
  type Limits,
  type ModuleConfig,
  moduleConfigSchema,
} from "../../shared/model/template";
import { nearest } from "../../shared/model/nearest";
import { describeIssues } from "../modules/schema-problems";

type Json = z.core.util.JSONType;

/** Parses the JSON of an option. */
export function parseJson(text: string): Json {
  try {
    return z.json().parse(JSON.parse(text));
  } catch (error) {
    throw new InvalidArgumentError(
      `It must be JSON (${error instanceof Error ? error.message : String(error)}).`,
    );
  }
}

/** A module's configuration as JSON text: an object. */
export function parseConfig(text: string): ModuleConfig {
  const parsed = moduleConfigSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError(`It must be a JSON object, such as {"roots":[]}, not ${text}.`);
}

function splitPair(text: string): [key: string, value: string] {
  const at = text.indexOf("=");
  if (at <= 0) throw new InvalidArgumentError(`Write it as KEY=VALUE, not "${text}".`);
  return [text.slice(0, at), text.slice(at + 1)];
}

/** Collects `--env K=V`. */
export function collectEnv(text: string, all: Record<string, string> = {}): Record<string, string> {
  const [key, value] = splitPair(text);
  return { ...all, [key]: value };
}

/** One limit as `KEY=VALUE`, checked against the limits that there are and their scales. */
export function parseLimit(text: string): { key: keyof Limits; value: number } {
  const [key, value] = splitPair(text);
  const known = Object.keys(limitsSchema.shape);
  const limit = limitsSchema.keyof().safeParse(key).data;
  if (limit === undefined) {
    const near = nearest(key, known);
    const hint = near === undefined ? `Limits: ${known.join(", ")}.` : `Did you mean ${near}?`;
    throw new InvalidArgumentError(`There is no limit "${key}". ${hint}`);
  }
  if (!/^-?\d+(\.\d+)?$/.test(value.trim()))
    throw new InvalidArgumentError(`${limit} takes a number, not "${value}".`);
  const schema = limitsSchema.shape[limit];
  const parsed = schema.safeParse(Number(value));
  if (!parsed.success) {
    const [problem] = describeIssues(schema, parsed.error.issues);
    throw new InvalidArgumentError(`${limit}: ${problem?.message ?? "not valid"}`);
  }
  return { key: limit, value: parsed.data };
}

/** Collects `--limit K=V`. */
export function collectLimits(text: string, all: Partial<Limits> = {}): Partial<Limits> {
  const { key, value } = parseLimit(text);
  return { ...all, [key]: value };
}

/** A whole number of at least `least`. */
export function parseCount(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === "" || !Number.isInteger(value) || value < least) {
      throw new InvalidArgumentError(`It must be a whole number of at least ${least}.`);
    }
    return value;
  };
}
