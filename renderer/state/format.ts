import { errorHeading } from "../../shared/model/error-heading";
import type { Execution } from "../../shared/model/execution";
import type { Limits } from "../../shared/model/template";

/** `840 µs` is never needed: `0.8 ms`, `42 ms`, `1.24 s`, `2 min 5 s`. */
export function formatDuration(ms: number): string {
  if (ms < 10) return `${trimZero(ms.toFixed(1))} ms`;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${trimZero((ms / 1000).toFixed(2))} s`;
  const seconds = Math.round(ms / 1000);
  const rest = seconds % 60;
  return `${Math.floor(seconds / 60)} min${rest === 0 ? "" : ` ${rest} s`}`;
}

/** `512 B`, `14 KB`, `1.5 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${trimZero((bytes / (1024 * 1024)).toFixed(1))} MB`;
}

const trimZero = (text: string): string => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);

/** `12,400`: grouped by the page's language, which is English. */
export const formatCount = (count: number): string => count.toLocaleString("en-US");
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;

/** `14:03:09.120`, local time. */
export function formatTime(epochMs: number, withMs = true): string {
  const date = new Date(epochMs);
  const pad = (value: number, width = 2) => String(value).padStart(width, "0");
  const time = `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;
  return withMs ? `${time}.${pad(date.getMilliseconds(), 3)}` : time;
}

export const formatLimits = (limits: Limits): string =>
  `CPU ${formatDuration(limits.cpuMs)} · ${formatDuration(limits.wallMs)} · ${limits.memoryMb} MB`;

export type OutcomeTone = "running" | "success" | "warning" | "danger";

export interface Outcome {
  readonly tone: OutcomeTone;
  /** `Finished`, `Failed`, `Stopped` … */
  readonly title: string;
  /** What happened, honestly, in a sentence or less. */
  readonly detail: string;
  /** What became of the session, when a stop decided that: the end of `detail`. */
  readonly aftermath: string;
}

const STOP_WORDS = {
  interrupted: "The script was interrupted; the session keeps its state.",
  killed: "The session's engine had to be ended; its state is lost.",
  engineReplaced: "The engine was replaced; the session's state is lost, and a fresh one runs.",
} as const;

/** How an execution ended, in words. */
export function outcomeOf(execution: Execution): Outcome {
  const wall =
    execution.metrics?.wallMs ??
    (execution.endedAt === undefined ? undefined : execution.endedAt - execution.startedAt);
  const after = wall === undefined ? "" : ` after ${formatDuration(wall)}`;
  const stop = execution.stop === undefined ? "" : STOP_WORDS[execution.stop];
  switch (execution.status) {
    case "running":
      return { tone: "running", title: "Running", detail: "", aftermath: "" };
    case "ok":
      return {
        tone: "success",
        title: wall === undefined ? "Finished" : `Finished in ${formatDuration(wall)}`,
        detail: "",
        aftermath: "",
      };
    case "error":
      return {
        tone: "danger",
        title: `${wasLimited(execution) ? "Stopped by a limit" : "Failed"}${after}`,
        detail: execution.error === undefined ? "" : firstLine(errorHeading(execution.error)),
        aftermath: stop,
      };
    case "timeout":
      return {
        tone: "warning",
        title: `Stopped by a limit${after}`,
        detail: [firstLine(execution.error?.message ?? ""), stop].filter(Boolean).join(" "),
        aftermath: stop,
      };
    case "cancelled":
      return { tone: "warning", title: `Stopped${after}`, detail: stop, aftermath: stop };
    case "crashed":
      return {
        tone: "danger",
        title: `Crashed${after}`,
        detail: [firstLine(execution.error?.message ?? "The engine was lost."), stop]
          .filter(Boolean)
          .join(" "),
        aftermath: stop,
      };
  }
}

/** Whether one of its limits ended it. */
export const wasLimited = ({ error }: Execution): boolean =>
  error?.code?.endsWith("_LIMIT_EXCEEDED") ?? false;

const firstLine = (text: string): string => text.split("\n", 1)[0] ?? "";

/** What an execution is called in lists: its script, or the first line of its input. */
export const executionTitle = (execution: Execution): string =>
  execution.kind === "repl" ? firstLine(execution.source.trim()) || "REPL" : (execution.path ?? "Script");
