import { WorkbenchError } from "../../shared/model/error";
import { executionIdSchema, type ExecutionId } from "../../shared/model/ids";
import type { Execution } from "../../shared/model/execution";
import type { ExecutionFilter, HistoryStore } from "../core/api";
import { EventPrinter } from "./event-printer";
import { EXIT, type ExitCode } from "./exit-code";
import type { Output } from "./output";

const PAGE = 1000;

/** `history list` */
export function listHistory(history: HistoryStore, filter: ExecutionFilter, output: Output): ExitCode {
  output.list(
    history.listExecutions(filter),
    ["ID", "STARTED", "KIND", "STATUS", "TEMPLATE", "WHAT"],
    (execution) => [
      execution.id,
      new Date(execution.startedAt).toISOString(),
      execution.kind,
      execution.status,
      execution.templateName ?? "–",
      what(execution),
    ],
    "Nothing has run yet.",
  );
  return EXIT.ok;
}

/** `history show ID` */
export function showHistory(history: HistoryStore, id: string, output: Output): ExitCode {
  const execution = find(history, id);
  if (output.json) {
    output.object(execution);
    return EXIT.ok;
  }
  const took = execution.metrics === undefined ? "" : `  ${Math.round(execution.metrics.wallMs)} ms`;
  output.line(`${execution.id}  ${execution.kind}  ${execution.status}${took}`);
  output.line(
    `${new Date(execution.startedAt).toISOString()}  ${execution.templateName ?? ""}  ${execution.path ?? ""}`,
  );
  output.line(`\n${execution.source.trimEnd()}\n`);
  new EventPrinter(output, () => undefined).ended(execution);
  return EXIT.ok;
}

/** `history events ID`: the trace as it was. */
export function showEvents(history: HistoryStore, id: string, after: number, output: Output): ExitCode {
  const execution = find(history, id);
  const printer = new EventPrinter(output, () => undefined);
  for (let cursor = after; ;) {
    const { events } = history.events(execution.id, cursor, PAGE);
    const last = events.at(-1);
    if (last === undefined) return EXIT.ok;
    printer.events(events);
    cursor = last.seq;
  }
}

/** `history prune` */
export function pruneHistory(
  history: HistoryStore,
  policy: { maxExecutions: number; maxDays: number },
  output: Output,
): ExitCode {
  const removed = history.prune(policy);
  if (output.json) output.object({ removed });
  else output.line(`Removed ${removed} executions.`);
  return EXIT.ok;
}

function what(execution: Execution): string {
  const text = execution.path ?? execution.source.replaceAll(/\s+/g, " ").trim();
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

function find(history: HistoryStore, id: string): Execution {
  const parsed = executionIdSchema.safeParse(id);
  if (!parsed.success) {
    throw new WorkbenchError(
      "VALIDATION_ERROR",
      `"${id}" is not the id of an execution. See: vm-workbench history list`,
    );
  }
  const executionId: ExecutionId = parsed.data;
  const execution = history.getExecution(executionId);
  if (execution !== undefined) return execution;
  throw new WorkbenchError("EXECUTION_NOT_FOUND", `There is no execution with the id ${id}.`, { id });
}
