import type { Position } from "./positions";

/** A text that does not parse, with the place in the file as the user wrote it. */
export class SourceSyntaxError extends SyntaxError {
  override readonly name = "SyntaxError";

  constructor(
    message: string,
    readonly path: string,
    readonly position: Position,
  ) {
    super(message);
  }
}

/** The source line with a caret under the column, as people know it from compilers. */
export function caretFrame(source: string, { line, column }: Position): string | undefined {
  const text = source.split("\n")[line - 1]?.replace(/\r$/, "");
  if (text === undefined) return undefined;
  const MAX = 160;
  const start = Math.max(0, Math.min(column - 1, text.length) - MAX / 2);
  const shown = text.slice(start, start + MAX);
  // Tabs before the caret stay tabs, so that it stands where the reader's eye expects it.
  const indent = shown.slice(0, Math.max(0, column - 1 - start)).replace(/[^\t]/g, " ");
  const number = String(line);
  return `${number} | ${shown}\n${" ".repeat(number.length)} | ${indent}^`;
}
