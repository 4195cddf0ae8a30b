import { assertNever } from "../../shared/model/assert-never";
import type { ExecutionEvent } from "../../shared/model/event";
import type { Execution } from "../../shared/model/execution";
import { formatExecutionError } from "./code-frame";
import type { Output } from "./output";

/** Writes executions and their events as they happen, as text or as JSON lines. */
export class EventPrinter {
  constructor(
    private readonly output: Output,
    /** Text of a workspace file, for the line that an error names. */
    private readonly readSource: (path: string) => string | undefined,
  ) {}

  /** `startup` names the startup file whose events these are. */
  events(events: readonly ExecutionEvent[], startup?: string): void {
    for (const event of events) {
      if (this.output.json) this.output.object(startup === undefined ? event : { ...event, startup });
      else this.text(event);
    }
  }

  /** The end of an execution: the value or the error. */
  ended(execution: Execution): void {
    if (this.output.json) {
      const { status, result, error, metrics } = execution;
      this.output.object({ type: "execution", status, result, error, metrics });
    } else if (execution.error !== undefined) {
      this.output.errorLine(this.errorText(execution));
    } else if (execution.result !== undefined && execution.result.type !== "undefined") {
      this.output.write(`${execution.result.preview}\n`);
    }
  }

  private errorText(execution: Execution): string {
    const { error, path, source } = execution;
    if (error === undefined) return "";
    return formatExecutionError(error, (named) => {
      // A place in REPL input comes with its line.
      if (path === undefined && named.startsWith("repl:")) return undefined;
      return named === path ? source : this.readSource(named);
    });
  }

  private text(event: ExecutionEvent): void {
    switch (event.type) {
      case "console": {
        const { level, text } = event.payload;
        if (level === "warn" || level === "error") this.output.writeError(`${text}\n`);
        else this.output.write(`${text}\n`);
        break;
      }
      case "stdout":
        this.output.write(event.payload.text);
        break;
      case "stderr":
        this.output.writeError(event.payload.text);
        break;
      case "system":
        // What is also the error is said once, at the end.
        if (event.payload.code === undefined)
          this.output.errorLine(`[${event.payload.kind}] ${event.payload.message}`);
        break;
      case "inputEcho":
      case "value":
      case "exception":
        break;
      default:
        assertNever(event);
    }
  }
}
