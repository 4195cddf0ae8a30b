import { assertNever } from "../../shared/model/assert-never";
import type { ErrorCode } from "../../shared/model/error";
import type { ExecutionEvent } from "../../shared/model/event";
import type { Metrics, StopOutcome } from "../../shared/model/execution";
import type { Limits } from "../../shared/model/template";
import type { ExecutionOutcome } from "../vm/session-runtime";

/** Why the supervisor ended a thread: a limit or a stop that the code did not heed. */
export type KillReason = "cpu" | "wall" | "stop";

interface Killed {
  readonly reason: KillReason | "crash";
  readonly stop: StopOutcome;
  /** What ended the thread, when it was not the supervisor. */
  readonly detail: string | undefined;
  readonly limits: Limits;
  readonly metrics: Metrics;
  /** Last event that the thread delivered. */
  readonly lastSeq: number;
}

interface Cause {
  readonly status: ExecutionOutcome["status"];
  readonly code: ErrorCode;
  readonly message: string;
  readonly kind: "limit" | "stopped" | "notice";
}

function causeOf({ reason, limits, detail }: Killed): Cause {
  switch (reason) {
    case "cpu":
      return {
        status: "timeout",
        code: "CPU_LIMIT_EXCEEDED",
        message: `The script computed longer than ${limits.cpuMs} ms (limits.cpuMs) and could not be interrupted.`,
        kind: "limit",
      };
    case "wall":
      return {
        status: "timeout",
        code: "WALL_LIMIT_EXCEEDED",
        message: `The script took longer than ${limits.wallMs} ms (limits.wallMs) and could not be interrupted.`,
        kind: "limit",
      };
    case "stop":
      return {
        status: "cancelled",
        code: "EXECUTION_CANCELLED",
        message: "The execution was stopped; what it was doing could not be interrupted.",
        kind: "stopped",
      };
    case "crash":
      return {
        status: "crashed",
        code: "ENGINE_CRASHED",
        message: `The engine crashed${detail === undefined ? "" : `: ${detail}`}. Restart the session to go on.`,
        kind: "notice",
      };
    default:
      return assertNever(reason);
  }
}

/** Outcome and last events of an execution whose thread is gone. */
export function killedOutcome(killed: Killed): { outcome: ExecutionOutcome; events: ExecutionEvent[] } {
  const { status, code, message, kind } = causeOf(killed);
  const at = { ts: Date.now() };
  const events: ExecutionEvent[] = [
    { seq: killed.lastSeq + 1, ...at, type: "system", payload: { kind, code, message } },
  ];
  if (killed.stop === "engineReplaced") {
    events.push({
      seq: killed.lastSeq + 2,
      ...at,
      type: "system",
      payload: {
        kind: "restarted",
        message:
          "The engine was replaced: the session goes on from its template's snapshot, its variables are lost.",
      },
    });
  }
  const outcome: ExecutionOutcome = {
    status,
    error: { code, name: "Error", message },
    metrics: { ...killed.metrics, events: killed.lastSeq + events.length },
    ...(killed.reason === "crash" ? {} : { stop: killed.stop }),
  };
  return { outcome, events };
}
