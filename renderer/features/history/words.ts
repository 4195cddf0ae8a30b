import type { Execution, ExecutionKind, ExecutionStatus } from "../../../shared/model/execution";
import { formatDuration, formatTime } from "../../state/format";
import type { Tone } from "../../ui";
import { nameOf } from "./tabs";

export const STATUS_WORDS: Readonly<Record<ExecutionStatus, { words: string; tone: Tone }>> = {
  running: { words: "running", tone: "accent" },
  ok: { words: "ok", tone: "success" },
  error: { words: "error", tone: "danger" },
  timeout: { words: "timeout", tone: "warning" },
  cancelled: { words: "cancelled", tone: "warning" },
  crashed: { words: "crashed", tone: "danger" },
};
export const KIND_WORDS: Readonly<Record<ExecutionKind, string>> = {
  runFile: "Script",
  repl: "REPL input",
  startup: "Startup file",
};

export const durationOf = (execution: Execution): number | undefined =>
  execution.metrics?.wallMs ??
  (execution.endedAt === undefined ? undefined : execution.endedAt - execution.startedAt);

/** `14:03` today, `12 Mar 14:03` earlier. */
export function whenOf(epochMs: number, now = Date.now()): string {
  const date = new Date(epochMs);
  const isToday = date.toDateString() === new Date(now).toDateString();
  const time = formatTime(epochMs, false);
  if (isToday) return time;
  const isThisYear = date.getFullYear() === new Date(now).getFullYear();
  const day = date.toLocaleDateString("en-GB", {
    day: "numeric",
    month: "short",
    ...(isThisYear ? {} : { year: "numeric" }),
  });
  return `${day} ${time}`;
}

/** The name of an execution in lists: script or first line of the input, template, status, time, duration. */
export function executionName(execution: Execution): string {
  const duration = durationOf(execution);
  return [
    nameOf(execution),
    execution.templateName,
    STATUS_WORDS[execution.status].words,
    whenOf(execution.startedAt),
    duration === undefined ? undefined : formatDuration(duration),
  ]
    .filter((part) => part !== undefined)
    .join(", ");
}
