import type { ExecutionError } from "../../../shared/model/event";
import type { Engine, Handle } from "../engine/engine";
import type { RunningExecution } from "../execution";
import type { Bridge } from "../host/bridge";
import type { GuestHandles } from "../host/guest";
import type { EngineGate } from "./engine-gate";
import type { GuestCalls } from "./guest-calls";
import type { Started } from "./starter";
import type { ValueReader } from "./value-reader";

/** Promise jobs that run between two looks at the clock. */
const JOB_SLICE = 256;
/** How long the thread may go on with timers before it lets the host's own events in. */
const YIELD_AFTER_MS = 10;

export interface EventLoopParts {
  readonly engine: Engine;
  readonly guest: () => GuestHandles;
  readonly calls: GuestCalls;
  readonly bridge: Bridge;
  readonly gate: EngineGate;
  readonly reader: ValueReader;
}

/** Promise jobs, timers and promises of the host, until an execution has ended or must stop. */
export class EventLoop {
  private waiting: (() => void) | undefined;

  constructor(private readonly parts: EventLoopParts) {}

  /** Something has happened that the loop may wait for: a promise of the host has settled, somebody wants to stop. */
  wake(): void {
    this.waiting?.();
  }

  /** Runs until the result has settled and nothing that the execution started is pending. The value is the caller's. */
  async settle(
    execution: RunningExecution,
    first: Extract<Started, { value: Handle }>,
  ): Promise<{ value?: Handle; failure?: ExecutionError }> {
    const { engine, reader, gate } = this.parts;
    let value = first.value;
    let { namespace } = first;
    this.expectPromise(value);
    const failure = await this.turn(execution, () => {
      // A promise may be fulfilled with what has to be read further: a namespace with a value that is a promise.
      for (;;) {
        const state = engine.promiseState(value);
        if (state === "pending") return "pending";
        if (state === "rejected") return "settled";
        const next =
          state === "fulfilled" ? engine.promiseResult(value) : namespace ? this.takeMainValue() : undefined;
        if (state === "none") namespace = false;
        if (next === undefined) return "settled";
        value.dispose();
        value = next;
        this.expectPromise(value);
      }
    });
    if (failure !== undefined || execution.cause !== undefined) {
      value.dispose();
      return failure === undefined ? {} : { failure };
    }
    if (engine.promiseState(value) === "rejected") {
      const reason = engine.promiseResult(value);
      value.dispose();
      const report = gate.enter(() => reader.report(execution, reason));
      return report === undefined ? {} : { failure: report };
    }
    return { value };
  }

  private takeMainValue(): Handle | undefined {
    const taken = this.parts.engine.call(this.parts.guest().takeMainValue);
    if (taken.ok) return taken.value;
    taken.error.dispose();
    return undefined;
  }

  /** The outcome of a promise that is the result is reported anyway: it never counts as unhandled. */
  private expectPromise(value: Handle): void {
    const { engine, guest, calls } = this.parts;
    if (engine.promiseState(value) !== "none") calls.tell(guest().ignoreRejection, value);
  }

  /** Gives the error that ends the execution, if one does. */
  private async turn(
    execution: RunningExecution,
    result: () => "pending" | "settled",
  ): Promise<ExecutionError | undefined> {
    const { engine, guest, calls, bridge, gate, reader } = this.parts;
    let yielded = performance.now();
    while (!execution.mustStop()) {
      const thrown = gate.enter(() => this.drain(execution));
      execution.noteMemory();
      if (thrown !== undefined) return gate.enter(() => reader.report(execution, thrown));
      if (execution.cause !== undefined) return undefined;
      if (bridge.hasSettlements) {
        const error = gate.enter(() => bridge.deliverOne());
        if (error !== undefined) return gate.enter(() => reader.report(execution, error));
        continue;
      }
      const { wait, keeps } = readWait(calls.number(guest().nextTimer));
      if (!keeps && bridge.pending === 0 && result() === "settled") {
        if (engine.hasJobs()) continue;
        return undefined;
      }
      if (wait === 0) {
        const error = gate.enter(() => calls.call(guest().runTimer));
        if (error !== undefined) return gate.enter(() => reader.report(execution, error));
        if (performance.now() - yielded > YIELD_AFTER_MS) {
          await this.pause(0);
          yielded = performance.now();
        }
        continue;
      }
      await this.pause(Math.min(wait, execution.remainingMs));
      yielded = performance.now();
    }
    return undefined;
  }

  /** Runs promise jobs, then looks for rejections that nobody handled. */
  private drain(execution: RunningExecution): Handle | undefined {
    const { engine } = this.parts;
    while (engine.hasJobs()) {
      const { error } = engine.runJobs(JOB_SLICE);
      if (execution.mustStop()) {
        error?.dispose();
        return undefined;
      }
      if (error !== undefined) return error;
    }
    const [first, ...others] = engine.takeUnhandledRejections();
    for (const other of others) other.dispose();
    return first;
  }

  /** Waits for a settled promise of the host, a stop, or the time; 0 lets the host's own events in. */
  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      if (ms <= 0) {
        setImmediate(resolve);
        return;
      }
      const done = (): void => {
        clearTimeout(timer);
        this.waiting = undefined;
        resolve();
      };
      const timer = setTimeout(done, Math.min(Math.ceil(ms), 2 ** 31 - 1));
      this.waiting = done;
      if (this.parts.bridge.hasSettlements) done();
    });
  }
}

/** How long until the next timer, and whether a timer keeps the execution running: see `Timers.next`. */
function readWait(next: number): { readonly wait: number; readonly keeps: boolean } {
  if (next >= 0) return { wait: next, keeps: true };
  return { wait: next === -1 ? Infinity : -2 - next, keeps: false };
}
