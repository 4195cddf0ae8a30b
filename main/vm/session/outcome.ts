import type { ExecutionError } from "../../../shared/model/event";
import type { ValuePreview } from "../../../shared/model/value";
import type { RunningExecution, StopCause } from "../execution";
import type { ExecutionOutcome } from "../session-runtime";

/** How an execution ended, before its metrics are known. */
export type Outcome = Omit<ExecutionOutcome, "metrics">;

/** Says in the trace that a limit or a stop ended the execution. */
export function stoppedOutcome(execution: RunningExecution, { status, code, message }: StopCause): Outcome {
  execution.addSystem({ kind: status === "cancelled" ? "stopped" : "limit", message, code });
  return {
    status,
    error: { code, name: nameOf(status), message },
    ...(status === "cancelled" || status === "timeout" ? { stop: "interrupted" as const } : {}),
  };
}

/** Says in the trace what the script threw. */
export function failedOutcome(execution: RunningExecution, failure: ExecutionError): Outcome {
  const { code, message } = failure;
  if (code === "STACK_LIMIT_EXCEEDED" || code === "MEMORY_LIMIT_EXCEEDED") {
    execution.addSystem({ kind: "limit", message, code });
  }
  execution.add({ type: "exception", payload: failure });
  // The event may have been one too many.
  return execution.cause === undefined
    ? { status: "error", error: failure }
    : stoppedOutcome(execution, execution.cause);
}

/** `result`: what the caller is shown, if anything. */
export function okOutcome(result: ValuePreview | undefined): Outcome {
  return result === undefined ? { status: "ok" } : { status: "ok", result };
}

/** Not even the host finds room in the engine: an earlier execution has left it full. */
export function fullOutcome(execution: RunningExecution, memoryMb: number): Outcome {
  const code = "MEMORY_LIMIT_EXCEEDED";
  const message = `The session's memory of ${memoryMb} MB is full (limits.memoryMb). Restart the session to go on.`;
  execution.addSystem({ kind: "limit", message, code });
  return { status: "error", error: { code, name: nameOf("error"), message } };
}

/** The engine cannot be used any more. */
export function crashedOutcome(execution: RunningExecution, crash: Error): Outcome {
  const message = `The engine crashed: ${crash.message}. Restart the session to go on.`;
  execution.addSystem({ kind: "notice", message, code: "ENGINE_CRASHED" });
  return { status: "crashed", error: { code: "ENGINE_CRASHED", name: "EngineCrash", message } };
}

function nameOf(status: StopCause["status"]): string {
  switch (status) {
    case "timeout":
      return "TimeoutError";
    case "cancelled":
      return "AbortError";
    case "error":
    case "crashed":
      return "LimitError";
  }
}
