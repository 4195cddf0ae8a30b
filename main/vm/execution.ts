import { setMaxListeners } from "node:events";
import type { ErrorCode } from "../../shared/model/error";
import type { ExecutionEvent } from "../../shared/model/event";
import type { ExecutionStatus, Metrics } from "../../shared/model/execution";
import type { Limits } from "../../shared/model/template";
import type { ExecutionControl } from "./control";

/** Why an execution was stopped before it ended by itself. */
export interface StopCause {
  readonly status: Exclude<ExecutionStatus, "running" | "ok">;
  readonly code: ErrorCode;
  readonly message: string;
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
/** An event without what the execution adds itself. */
export type NewEvent = DistributiveOmit<ExecutionEvent, "seq" | "ts">;

type SystemPayload = Extract<ExecutionEvent, { type: "system" }>["payload"];

/** What an execution asks of the engine it runs in. */
export interface EngineGauge {
  memoryBytes(): number;
  readonly outOfMemoryCount: number;
}

const ENDED = "The execution has ended.";

/** One execution while it runs: its clock, its limits, its events, and why it must stop. */
export class RunningExecution {
  readonly startedAt = performance.now();
  /** Made for the first who asks: most executions have nothing that listens. */
  private abort: AbortController | undefined;
  private readonly outOfMemoryBefore: number;
  private stopCause: StopCause | undefined;
  private seq = 0;
  private counted = 0;
  private outputBytes = 0;
  private hostCalls = 0;
  private memoryPeak: number;
  private over = false;
  private endedAt: number | undefined;

  constructor(
    private readonly limits: Limits,
    private readonly control: ExecutionControl,
    private readonly gauge: EngineGauge,
    private readonly emit: (event: ExecutionEvent) => void,
  ) {
    control.begin();
    this.outOfMemoryBefore = gauge.outOfMemoryCount;
    this.memoryPeak = gauge.memoryBytes();
  }

  /** Aborted when the execution stops for any reason. */
  get signal(): AbortSignal {
    if (this.abort === undefined) {
      this.abort = new AbortController();
      // Every request and command of a script listens to it; Node would take more than ten for a leak and warn.
      setMaxListeners(0, this.abort.signal);
      if (this.stopCause !== undefined) this.abort.abort(abortError(this.stopCause.message));
      else if (this.over) this.abort.abort(abortError(ENDED));
    }
    return this.abort.signal;
  }

  /** The first limit that was met, or the stop that was asked for. */
  get cause(): StopCause | undefined {
    return this.stopCause;
  }

  get remainingMs(): number {
    return Math.max(0, this.limits.wallMs - (performance.now() - this.startedAt));
  }

  get remainingCpuMs(): number {
    return Math.max(0, this.limits.cpuMs - this.control.computedMs());
  }

  /** Whether the execution has to stop now. Asked by the engine every few thousand steps: must be cheap. */
  mustStop(): boolean {
    if (this.stopCause !== undefined) return true;
    if (this.control.stopRequested) {
      this.cancel();
    } else if (this.gauge.outOfMemoryCount !== this.outOfMemoryBefore) {
      this.stop(
        "error",
        "MEMORY_LIMIT_EXCEEDED",
        `The script used more than ${this.limits.memoryMb} MB of memory (limits.memoryMb).`,
      );
    } else if (this.control.hasComputedLongerThan(this.limits.cpuMs)) {
      this.stop(
        "timeout",
        "CPU_LIMIT_EXCEEDED",
        `The script computed longer than ${this.limits.cpuMs} ms (limits.cpuMs).`,
      );
    } else if (performance.now() - this.startedAt > this.limits.wallMs) {
      this.stop(
        "timeout",
        "WALL_LIMIT_EXCEEDED",
        `The script took longer than ${this.limits.wallMs} ms (limits.wallMs).`,
      );
    }
    return this.stopCause !== undefined;
  }

  /** Somebody asked to stop; idempotent. */
  cancel(): void {
    this.stop("cancelled", "EXECUTION_CANCELLED", "The execution was stopped.");
  }

  stop(status: StopCause["status"], code: ErrorCode, message: string): void {
    if (this.stopCause !== undefined || this.over) return;
    this.stopCause = { status, code, message };
    this.abort?.abort(abortError(message));
  }

  noteHostCall(): void {
    this.hostCalls++;
  }

  /**
   * Adds an event; gives `false` when a limit stopped the execution instead. `text` is what counts as output: what does
   * not fit any more is cut off by `cut`.
   */
  add(event: NewEvent, text = "", cut?: (kept: string) => NewEvent): boolean {
    if (this.over || this.stopCause !== undefined) return false;
    if (this.counted >= this.limits.maxEvents) {
      this.stop(
        "error",
        "OUTPUT_LIMIT_EXCEEDED",
        `The script made more than ${this.limits.maxEvents} events (limits.maxEvents); further ones were cut.`,
      );
      return false;
    }
    // Every character takes at least one byte: most texts are measured without encoding them.
    const left = this.limits.maxOutputKb * 1024 - this.outputBytes;
    const bytes = text === "" ? 0 : Buffer.byteLength(text, "utf8");
    if (bytes > left) {
      if (cut !== undefined && left > 0) {
        const kept = Buffer.from(text, "utf8")
          .subarray(0, left)
          .toString("utf8")
          .replace(/\uFFFD+$/, "");
        this.outputBytes += Buffer.byteLength(kept, "utf8");
        this.counted++;
        this.send(cut(kept));
      }
      this.stop(
        "error",
        "OUTPUT_LIMIT_EXCEEDED",
        `The script wrote more than ${this.limits.maxOutputKb} KB (limits.maxOutputKb); further output was cut.`,
      );
      return false;
    }
    this.outputBytes += bytes;
    this.counted++;
    this.send(event);
    return true;
  }

  /** Tells what happened to the execution itself; no limit holds it back, and it may come of the cleaning up. */
  addSystem(payload: SystemPayload): void {
    this.send({ type: "system", payload });
  }

  noteMemory(): void {
    this.memoryPeak = Math.max(this.memoryPeak, this.gauge.memoryBytes());
  }

  /** The script is done: it adds nothing from here on, and what it waits for is aborted. */
  end(): void {
    this.noteMemory();
    this.over = true;
    this.endedAt = performance.now();
    this.abort?.abort(abortError(ENDED));
  }

  /** What the execution has used; after {@link end}, without the cleaning up. */
  metrics(): Metrics {
    return {
      cpuMs: round(this.control.computedMs()),
      wallMs: round((this.endedAt ?? performance.now()) - this.startedAt),
      memoryPeakBytes: this.memoryPeak,
      events: this.seq,
      outputBytes: this.outputBytes,
      hostCalls: this.hostCalls,
    };
  }

  private send(event: NewEvent): void {
    // Adding the two members that were left out makes it an event again; TypeScript does not follow that over a union.
    this.emit({ ...event, seq: ++this.seq, ts: Date.now() } as ExecutionEvent);
  }
}

function abortError(message: string): DOMException {
  return new DOMException(message, "AbortError");
}

function round(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
