import { z } from "zod";
import { ERROR_CODES, errorDetailsSchema } from "../../shared/model/error";
import { UNCAUGHT } from "../../shared/model/error-heading";
import type { ExecutionError } from "../../shared/model/event";
import type { Limits } from "../../shared/model/template";
import type { SourceLocation, ValuePreview } from "../../shared/model/value";
import { parseCommonJs, parseModule, tryParse } from "./loader/format";
import { explainLinkError, type LinkError } from "./loader/link-error";
import { toOriginal } from "./loader/positions";
import type { Source, SourceStore } from "./loader/sources";
import { parseErrorMessage } from "./loader/parse-error";
import { caretFrame } from "./loader/syntax-error";
import { parseReplInput } from "./repl/parse";
import { printFrames, readStack } from "./stack";

/** What the prelude reads from something thrown (`readError` in `main/vm/guest/errors.ts`). */
const thrownSchema = z.object({
  text: z.string().optional(),
  name: z.string().optional(),
  message: z.string().optional(),
  stack: z.string().optional(),
  code: z.string().optional(),
  file: z.string().optional(),
  details: z.string().optional(),
  /** Thrown by the engine itself: an `InternalError`. */
  engine: z.boolean().optional(),
});
type Thrown = z.infer<typeof thrownSchema>;

/** The engine notes places in errors only, when they are made. */
const NO_PLACE =
  "A thrown value that is no Error carries no place. Throw an error, as in throw new Error(…), to see file and line.";
const STRICT =
  "Scripts run in strict mode. A template turns that off by runtime.strict: false, for scripts that are no ES modules.";
const CODES: ReadonlySet<string> = new Set(ERROR_CODES);

/** Makes the report of something that a script threw; places are those of the text that the user wrote. */
export function reportThrown(
  json: string,
  value: ValuePreview | undefined,
  sources: SourceStore,
  limits: Limits,
): ExecutionError {
  const thrown = thrownSchema.parse(JSON.parse(json));
  if (thrown.name === "SyntaxError" && thrown.file !== undefined) {
    const source = sources.find(thrown.file.replace(/\?v=\d+$/, ""));
    if (source !== undefined) return reportSyntaxError(thrown, source, value, sources);
  }
  if (thrown.name === "SyntaxError" && thrown.file === undefined && thrown.stack === "") {
    // The engine finds some mistakes only after it has read the code, and does not know where they were.
    const source = [...sources.all()].find((read) => parserError(read) !== undefined);
    if (source !== undefined) return reportSyntaxError(thrown, source, value, sources);
  }
  if (thrown.name === "SyntaxError") {
    const linked = explainLinkError(thrown.message ?? "", sources);
    if (linked !== undefined) return reportLinkError(linked, value, sources);
  }
  if (thrown.engine === true) {
    const limit = reportEngineLimit(thrown, sources, limits);
    if (limit !== undefined) return limit;
  }
  const frames = readStack(thrown.stack ?? "", sources);
  // What is no error is shown whole, or its code and the like would be lost.
  const isError = thrown.name !== undefined || thrown.stack !== undefined || value?.subtype === "error";
  const name = thrown.name ?? (isError ? "Error" : UNCAUGHT);
  const message = (isError ? thrown.message : undefined) ?? thrown.text ?? value?.preview ?? "";
  const report: ExecutionError = isError ? { name, message } : { name, message, hint: NO_PLACE };
  const inside = frames[0]?.inside;
  if (inside !== undefined) report.hint = `In the JSON text: line ${inside.line}, column ${inside.column}.`;
  if (thrown.code !== undefined && CODES.has(thrown.code)) report.code = thrown.code;
  const header = message === "" ? name : `${name}: ${message}`;
  if (thrown.stack !== undefined)
    report.stack = frames.length === 0 ? header : `${header}\n${printFrames(frames)}`;
  const location = frames.find((frame) => frame.location !== undefined)?.location;
  if (location !== undefined) {
    report.location = location;
    const frame = inputFrame(location, sources);
    if (frame !== undefined) report.frame = frame;
  }
  const details = readDetails(thrown);
  if (details !== undefined) report.details = details;
  if (value !== undefined) report.value = value;
  return report;
}

/** The line of REPL input that an error names: it is in no file, and may be that of an earlier input. */
function inputFrame({ path, line, column }: SourceLocation, sources: SourceStore): string | undefined {
  const source = path.startsWith("repl:") ? sources.find(path) : undefined;
  return source === undefined ? undefined : caretFrame(source.original, { line, column: column ?? 1 });
}

/** What the engine throws when it has no stack or no memory left, and nobody caught it. */
function reportEngineLimit(thrown: Thrown, sources: SourceStore, limits: Limits): ExecutionError | undefined {
  const frames = readStack(thrown.stack ?? "", sources);
  const location = frames.find((frame) => frame.location !== undefined)?.location;
  const common = (name: string, message: string) => ({
    name,
    message,
    stack: [`${name}: ${message}`, printFrames(frames.slice(0, 20))].join("\n"),
    ...(location === undefined ? {} : { location }),
  });
  if (thrown.message === "stack overflow") {
    const message = `The calls of the script are nested too deeply for ${limits.stackKb} KB of stack (limits.stackKb).`;
    return { code: "STACK_LIMIT_EXCEEDED", ...common("RangeError", message) };
  }
  if (thrown.message === "out of memory") {
    const message = `The script used more than ${limits.memoryMb} MB of memory (limits.memoryMb).`;
    return { code: "MEMORY_LIMIT_EXCEEDED", ...common("RangeError", message) };
  }
  return undefined;
}

/** The engine names the line and little else; the parser of the REPL knows column and reason. */
function reportSyntaxError(
  thrown: Thrown,
  source: Source,
  value: ValuePreview | undefined,
  sources: SourceStore,
): ExecutionError {
  const better = parserError(source);
  const place = readStack(thrown.stack ?? "", sources)[0]?.location ?? {
    path: source.path,
    line: 1,
    column: 1,
  };
  const position = better?.position ?? { line: place.line, column: place.column ?? 1 };
  const message = better?.message ?? thrown.message ?? "Invalid syntax";
  const location = { path: source.path, line: position.line, column: position.column };
  const line = position.line - source.map.lineOffset;
  const frame = caretFrame(source.original, { line, column: position.column });
  return {
    name: "SyntaxError",
    message,
    stack: `SyntaxError: ${message}\n    at ${location.path}:${location.line}:${location.column}`,
    location,
    ...(frame === undefined ? {} : { frame }),
    ...(better === undefined && source.format === "commonjs" && isRefusedInStrictMode(source.text)
      ? { hint: STRICT }
      : {}),
    ...(value === undefined ? {} : { value }),
  };
}

function isRefusedInStrictMode(text: string): boolean {
  return (
    tryParse(() => parseCommonJs(text)) !== undefined &&
    tryParse(() => parseCommonJs(`"use strict";${text}`)) === undefined
  );
}

function reportLinkError(
  { message, place }: LinkError,
  value: ValuePreview | undefined,
  sources: SourceStore,
): ExecutionError {
  const header = `SyntaxError: ${message}`;
  const shown = value === undefined ? {} : { value };
  if (place === undefined) return { name: "SyntaxError", message, stack: header, ...shown };
  const { path, position } = place;
  const source = sources.find(path);
  const line = position.line - (source?.map.lineOffset ?? 0);
  const frame =
    source === undefined ? undefined : caretFrame(source.original, { line, column: position.column });
  return {
    name: "SyntaxError",
    message,
    stack: `${header}\n    at ${path}:${position.line}:${position.column}`,
    location: { path, ...position },
    ...(frame === undefined ? {} : { frame }),
    ...shown,
  };
}

function parserError(
  source: Source,
):
  | { readonly message: string; readonly position: { readonly line: number; readonly column: number } }
  | undefined {
  if (source.format === "json") return undefined;
  try {
    if (source.path.startsWith("repl:")) parseReplInput(source.text);
    else if (source.format === "esm") parseModule(source.text);
    else parseCommonJs(source.text);
    return undefined;
  } catch (error) {
    if (!(error instanceof SyntaxError) || !("loc" in error)) return undefined;
    const loc = error.loc as { line: number; column: number };
    return {
      message: parseErrorMessage(error, source.text),
      position: toOriginal(
        { ...source.map, prefix: 0, insertions: undefined },
        { line: loc.line, column: loc.column + 1 },
      ),
    };
  }
}

function readDetails(thrown: Thrown): ExecutionError["details"] {
  if (thrown.details === undefined) return undefined;
  const parsed = errorDetailsSchema.safeParse(JSON.parse(thrown.details));
  return parsed.success ? parsed.data : undefined;
}
