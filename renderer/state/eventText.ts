import type { ExecutionEvent } from "../../shared/model/event";

/** An event as one would read it in a terminal; for copies, comparisons and searches. */
export function eventText(event: ExecutionEvent): string {
  switch (event.type) {
    case "inputEcho":
      return event.payload.source;
    case "console":
      return event.payload.text;
    case "value":
      return event.payload.value.preview;
    case "exception": {
      const { name, message, stack } = event.payload;
      return stack === undefined || stack === "" ? `${name}: ${message}` : `${name}: ${message}\n${stack}`;
    }
    case "system":
      return event.payload.message;
    case "stdout":
    case "stderr":
      return event.payload.text.replace(/\n$/, "");
  }
}
