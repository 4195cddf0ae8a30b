import { applyEdits, type FormattingOptions, type JSONPath, modify } from "jsonc-parser";

/** One change of a JSON text: set the value at a path, insert into an array, or (`value: undefined`) remove it. */
export interface JsonChange {
  readonly path: JSONPath;
  readonly value: unknown;
  readonly insert?: boolean;
}

/** The text after the changes; everything that they do not touch stays as its author formatted it. */
export function changeJson(text: string, changes: readonly JsonChange[]): string {
  const formattingOptions = formattingOf(text);
  return changes.reduce(
    (current, { path, value, insert = false }) =>
      applyEdits(current, modify(current, path, value, { formattingOptions, isArrayInsertion: insert })),
    text,
  );
}

function formattingOf(text: string): FormattingOptions {
  const indent = /^([ \t]+)"/m.exec(text)?.[1] ?? "  ";
  const isTabs = indent.startsWith("\t");
  return {
    insertSpaces: !isTabs,
    tabSize: isTabs ? 1 : indent.length,
    eol: text.includes("\r\n") ? "\r\n" : "\n",
  };
}

/** Whether a JSON value is an object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
