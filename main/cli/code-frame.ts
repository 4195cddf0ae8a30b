import { errorHeading } from "../../shared/model/error-heading";
import type { ExecutionError } from "../../shared/model/event";

const LONGEST_LINE = 160;

/** The source line and a caret under the column; `undefined` when the line does not exist. */
export function codeFrame(source: string, line: number, column: number | undefined): string | undefined {
  const text = source.split(/\r\n|[\n\r\u2028\u2029]/)[line - 1];
  if (text === undefined || text.trim() === "") return undefined;
  // A minified line is shown around the place only.
  const start = column !== undefined && column > LONGEST_LINE ? column - LONGEST_LINE / 2 : 0;
  const shown = text.slice(start, start + LONGEST_LINE).replaceAll("\t", " ");
  if (column === undefined) return `    ${shown}`;
  return `    ${shown}\n    ${" ".repeat(Math.max(0, column - 1 - start))}^`;
}

/**
 * An error as text: place, source line with caret, name and message, stack of user code,
 * cause and properties. `sourceOf` gives the text of
 * a file that the error names, if it is known.
 */
export function formatExecutionError(
  error: ExecutionError,
  sourceOf: (path: string) => string | undefined,
): string {
  const lines: string[] = [];
  const { location } = error;
  if (location !== undefined) {
    const column = location.column === undefined ? "" : `:${location.column}`;
    lines.push(`${location.path}:${location.line}${column}`);
    const source = error.frame === undefined ? sourceOf(location.path) : undefined;
    const frame = error.frame ?? (source && codeFrame(source, location.line, location.column));
    if (frame) lines.push(frame, "");
  }
  const name = error.code === undefined ? error.name : `${error.name} [${error.code}]`;
  lines.push(errorHeading({ ...error, name }));
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  const hint = error.hint === undefined ? "" : `\n(${error.hint})`;
  return [...lines, ...frames].join("\n") + beyondStack(error) + hint;
}

/**
 * What Node prints after the stack of an error: its cause, its own properties, the errors of an `AggregateError`. The
 * workbench's own errors have said everything in their sentence.
 */
function beyondStack({ code, stack, value }: ExecutionError): string {
  if (code !== undefined || stack === undefined || value?.preview.startsWith(stack) !== true) return "";
  return value.preview.slice(stack.length);
}
