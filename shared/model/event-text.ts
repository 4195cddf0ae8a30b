import { withoutAnsi } from "./ansi";
import { errorHeading } from "./error-heading";
import type { ConsoleLevel, ExecutionEvent } from "./event";

/** An event as one would read it in a terminal: what is copied, compared and searched, in the window and in the history. */
export function eventText(event: ExecutionEvent): string {
  switch (event.type) {
    case "inputEcho":
      return event.payload.source;
    case "console":
      return withoutAnsi(event.payload.text);
    case "value":
      return event.payload.value.preview;
    case "exception": {
      const frames = framesOf(event.payload.stack);
      const heading = errorHeading(event.payload);
      return frames === "" ? heading : `${heading}\n${frames}`;
    }
    case "system":
      return event.payload.message;
    case "stdout":
    case "stderr":
      return withoutAnsi(event.payload.text.replace(/\n$/, ""));
  }
}

/** A printed table where there is one line for it: how large it is, in place of its drawn frame. */
export function tableInWords(event: ExecutionEvent): string | undefined {
  if (event.type !== "console" || event.payload.table === undefined) return undefined;
  const { rows, columns } = event.payload.table;
  const count = (number: number, word: string) => `${number} ${word}${number === 1 ? "" : "s"}`;
  return `Table: ${count(rows.length, "row")}, ${count(columns.length, "column")}`;
}

/** The frames of a stack alone: name and message, which stand above them, are in the heading already. */
export const framesOf = (stack = ""): string =>
  stack
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .join("\n");

/** Level under which an event is filtered. */
export function eventLevel(event: ExecutionEvent): ConsoleLevel {
  switch (event.type) {
    case "console":
      return event.payload.level;
    case "exception":
    case "stderr":
      return "error";
    case "system":
      return event.payload.kind === "notice" ? "info" : "warn";
    case "stdout":
    case "value":
    case "inputEcho":
      return "log";
  }
}
