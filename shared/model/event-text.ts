import { errorHeading } from "./error-heading";
import type { ConsoleLevel, ExecutionEvent } from "./event";

/** An event as one would read it in a terminal: what is copied, compared and searched, in the window and in the history. */
export function eventText(event: ExecutionEvent): string {
  switch (event.type) {
    case "inputEcho":
      return event.payload.source;
    case "console":
      return event.payload.text;
    case "value":
      return event.payload.value.preview;
    case "exception": {
      const { stack } = event.payload;
      const heading = errorHeading(event.payload);
      return stack === undefined || stack === "" ? heading : `${heading}\n${stack}`;
    }
    case "system":
      return event.payload.message;
    case "stdout":
    case "stderr":
      return event.payload.text.replace(/\n$/, "");
  }
}

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
