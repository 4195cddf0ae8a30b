import { WorkbenchError } from "../../shared/model/error";
import type { ExecutionError, ExecutionEvent } from "../../shared/model/event";
import type { Execution, StopOutcome } from "../../shared/model/execution";
import type { Limits } from "../../shared/model/template";
import type { EventBatch, HistoryStore, SessionNotice } from "../core/api";
import type { ExecutionOutcome } from "../vm/session-runtime";
import type { AnnouncedRun, HostThread, RunEnd } from "./host-thread";
import { killedOutcome, type KillReason } from "./killed";

/** How often a running execution is looked at: events are delivered sixty times a second. */
const LOOK_EVERY_MS = 16;
/**
 * How long the host may overrun a limit or a stop before its thread is ended. Interruptible code stops within a few
 * milliseconds; with this, what cannot be interrupted is gone within a second of the limit.
 */
const GRACE_MS = 500;

export interface ExecutionSurroundings {
  readonly history: HistoryStore;
  readonly notify: (notice: SessionNotice) => void;
  /** Whether anybody listens: events are taken apart only then. */
  readonly hasListeners: () => boolean;
  /** Takes an execution whose end could not be stored, to try again later. */
  readonly storeLater: (execution: Execution) => void;
}

/** How the run left the host, and why its thread was ended, if the supervisor did that. */
export type WatchedEnd = { readonly end: RunEnd; readonly killed: KillReason | undefined };

/** One execution from its start to its stored end: moves its events, watches its limits from outside. */
export class RunningExecution {
  /** The execution as it ended, stored and told. Never rejects. */
  readonly finished: Promise<Execution>;

  private resolveFinished: (execution: Execution) => void = () => undefined;
  private lastSeq = 0;
  private stopRequestedAt: number | undefined;
  private killed: KillReason | undefined;
  private storageError: WorkbenchError | undefined;
  private readonly startedAt = performance.now();
  /** When the host was through: replacing a killed engine is not part of the execution. */
  private endedAfterMs = 0;

  constructor(
    readonly execution: Execution,
    private readonly host: HostThread,
    private readonly limits: Limits,
    private readonly around: ExecutionSurroundings,
  ) {
    this.finished = new Promise((resolve) => {
      this.resolveFinished = resolve;
    });
  }

  /** Watches a permitted run to its end or to the end of its thread. The caller then calls {@link finish}. */
  async watch(run: AnnouncedRun): Promise<WatchedEnd> {
    const timer = setInterval(() => this.look(), LOOK_EVERY_MS);
    let urgent: NodeJS.Immediate | undefined;
    // Once per turn of the event loop: messages alone could keep this thread busy for a whole flood.
    const onUrgent = () => {
      urgent ??= setImmediate(() => {
        urgent = undefined;
        this.moveEvents();
      });
    };
    try {
      const end = await run.end(onUrgent);
      this.endedAfterMs = performance.now() - this.startedAt;
      return { end, killed: this.killed };
    } finally {
      clearInterval(timer);
      clearImmediate(urgent);
    }
  }

  /** Asks the code to stop; what does not listen is ended a little later. Idempotent. */
  requestStop(): void {
    if (this.stopRequestedAt !== undefined) return;
    this.stopRequestedAt = performance.now();
    this.host.requestStop();
  }

  /** Stores the end of an execution whose runtime reported it. */
  finish(outcome: ExecutionOutcome): void {
    this.finalise(outcome, []);
  }

  /** Stores the end of an execution whose thread was ended by the supervisor or by itself. */
  finishLost(reason: KillReason | "crash", stop: StopOutcome, detail: string | undefined): void {
    this.moveEvents();
    const metrics = {
      cpuMs: Math.min(this.host.control.computedMs(), this.endedAfterMs),
      wallMs: this.endedAfterMs,
      ...this.countedSoFar(),
    };
    const { outcome, events } = killedOutcome({
      reason,
      stop,
      detail,
      limits: this.limits,
      metrics,
      lastSeq: this.lastSeq,
    });
    this.finalise(outcome, events);
  }

  private look(): void {
    this.moveEvents();
    if (this.killed !== undefined) return;
    this.killed = this.overdue();
    if (this.killed !== undefined) void this.host.terminate();
  }

  /** What the host should have stopped by itself by now. */
  private overdue(): KillReason | undefined {
    const now = performance.now();
    if (this.storageError !== undefined || this.stopRequestedAt !== undefined) {
      if (now - (this.stopRequestedAt ?? now) > GRACE_MS) return "stop";
    }
    if (this.host.control.computedMs() > this.limits.cpuMs + GRACE_MS) return "cpu";
    if (now - this.startedAt > this.limits.wallMs + GRACE_MS) return "wall";
    return undefined;
  }

  private moveEvents(): void {
    const taken = this.takeEvents();
    if (taken === undefined || this.storageError !== undefined) return;
    try {
      this.around.history.appendBatch(this.execution.id, taken);
    } catch (error) {
      this.storageError = asStorageError(error);
      this.requestStop();
      return;
    }
    this.tellEvents(taken);
  }

  private takeEvents(more: readonly ExecutionEvent[] = []): EventBatch | undefined {
    const lines = [this.host.readEvents(), ...more.map((event) => JSON.stringify(event))]
      .filter((line) => line !== undefined)
      .join("\n");
    if (lines === "") return undefined;
    const firstSeq = this.lastSeq + 1;
    let count = 1;
    for (let at = lines.indexOf("\n"); at !== -1; at = lines.indexOf("\n", at + 1)) count++;
    this.lastSeq += count;
    // JSON text holds no raw line end, so the lines become an array without being taken apart.
    return { firstSeq, lastSeq: this.lastSeq, json: `[${lines.replaceAll("\n", ",")}]` };
  }

  private tellEvents(batch: EventBatch): void {
    if (!this.around.hasListeners()) return;
    const { id: executionId, sessionId } = this.execution;
    // Written by the session host, which is ours.
    const events = JSON.parse(batch.json) as ExecutionEvent[];
    this.around.notify({ type: "events", sessionId, executionId, events });
  }

  private finalise(outcome: ExecutionOutcome, events: readonly ExecutionEvent[]): void {
    const last = this.takeEvents(events);
    const { status, result, error, metrics, stop } = outcome;
    let final: Execution = {
      ...this.execution,
      status,
      endedAt: Date.now(),
      ...(result === undefined ? {} : { result }),
      ...(error === undefined ? {} : { error }),
      metrics,
      ...stopField(outcome, stop),
    };
    if (this.storageError === undefined) {
      try {
        this.around.history.finishExecution(final, last);
        if (last !== undefined) this.tellEvents(last);
      } catch (thrown) {
        this.storageError = asStorageError(thrown);
      }
    }
    if (this.storageError !== undefined) final = this.storeFailure(final, this.storageError);
    this.around.notify({ type: "execution", execution: final });
    this.resolveFinished(final);
  }

  /** The row says what the caller is told, now or as soon as the storage works again. */
  private storeFailure(final: Execution, failure: WorkbenchError): Execution {
    const { result: _result, ...rest } = final;
    const failed: Execution = { ...rest, status: "error", error: asExecutionError(failure) };
    try {
      this.around.history.finishExecution(failed);
    } catch {
      this.around.storeLater(failed);
    }
    return failed;
  }

  /** Counted from the stored events: the thread that kept the count is gone. */
  private countedSoFar(): {
    events: number;
    outputBytes: number;
    memoryPeakBytes: number;
    hostCalls: number;
  } {
    let outputBytes = 0;
    try {
      const page = 10_000;
      for (let after = 0; after < this.lastSeq; after += page) {
        for (const event of this.around.history.events(this.execution.id, after, page).events) {
          if (event.type === "console" || event.type === "stdout" || event.type === "stderr") {
            outputBytes += Buffer.byteLength(event.payload.text);
          }
        }
      }
    } catch {
      // The end of the execution will say that the storage fails.
    }
    return { events: this.lastSeq, outputBytes, memoryPeakBytes: 0, hostCalls: 0 };
  }
}

function stopField(outcome: ExecutionOutcome, stop: StopOutcome | undefined): { stop?: StopOutcome } {
  if (stop !== undefined) return { stop };
  return outcome.status === "timeout" || outcome.status === "cancelled" ? { stop: "interrupted" } : {};
}

function asStorageError(error: unknown): WorkbenchError {
  if (error instanceof WorkbenchError) return error;
  return new WorkbenchError("STORAGE_UNAVAILABLE", `The history could not be written: ${String(error)}.`);
}

function asExecutionError(error: WorkbenchError): ExecutionError {
  return { code: error.code, name: "Error", message: error.message };
}
