import { processorWaitMs } from "./processor-wait";

const STOP_WORD = 0;
const DECIDED_RUN = 1;
const PERMITTED_RUN = 2;
const WORDS = 4;
const USED_MS = 0;
const COMPUTING_SINCE = 1;
const CLOCKS_AT = WORDS * 4;
const BYTES = CLOCKS_AT + 2 * 8;

/** Milliseconds without leaving the engine from which on it pays to ask how much of them was waiting. */
const LONG_STRETCH_MS = 5;

/** Epoch milliseconds with fractions; the same in every thread of the process. */
function now(): number {
  return performance.timeOrigin + performance.now();
}

/**
 * Memory shared between a runtime and its supervisor in another thread. A message cannot reach a thread that computes,
 * so Stop is a word that the interrupt handler reads, and the supervisor reads how long the engine has been computing:
 * that is how code which never reaches the interrupt handler is found.
 */
export class ExecutionControl {
  private readonly words: Int32Array;
  private readonly clock: Float64Array;
  private lastRun = 0;
  /** What the thread had waited for a processor when it was last asked; only in a long stretch in the engine. */
  private waitedBefore: number | undefined;

  /** Without a buffer makes new shared memory; with one, looks at what another thread made. */
  constructor(
    readonly buffer: SharedArrayBuffer = new SharedArrayBuffer(BYTES),
    private readonly processorWait: () => number = processorWaitMs,
  ) {
    this.words = new Int32Array(buffer, 0, WORDS);
    this.clock = new Float64Array(buffer, CLOCKS_AT);
  }

  /**
   * Supervisor, before it sends a run: gives the run's number and forgets an earlier stop. (Not the runtime's: a stop may
   * arrive before it begins.) The runtime waits until the run is permitted or withdrawn, so that its thread can wake up
   * while the supervisor still stores what is about to run.
   */
  announce(): number {
    Atomics.store(this.words, STOP_WORD, 0);
    return ++this.lastRun;
  }

  /** Supervisor: the run may begin. */
  permit(run: number): void {
    Atomics.store(this.words, PERMITTED_RUN, run);
    this.decide(run);
  }

  /** Supervisor: the run must not begin. */
  withdraw(run: number): void {
    this.decide(run);
  }

  /** Runtime: waits for the decision about a run; whether it may begin. */
  mayRun(run: number): boolean {
    for (;;) {
      const decided = Atomics.load(this.words, DECIDED_RUN);
      // A later run is announced only when this one has ended or was withdrawn.
      if (decided >= run) return Atomics.load(this.words, PERMITTED_RUN) === run;
      Atomics.wait(this.words, DECIDED_RUN, decided);
    }
  }

  /** Supervisor: asks the running execution to stop. */
  requestStop(): void {
    Atomics.store(this.words, STOP_WORD, 1);
  }

  /** Runtime, in its interrupt handler and between jobs: whether somebody asked to stop. */
  get stopRequested(): boolean {
    return Atomics.load(this.words, STOP_WORD) !== 0;
  }

  /** Runtime, when an execution starts: forgets the time computed. */
  begin(): void {
    this.clock[USED_MS] = 0;
    this.clock[COMPUTING_SINCE] = 0;
  }

  /** Runtime: enters the engine. Waiting (timers, promises of the host, blocking host calls) is not computing. */
  enter(): void {
    this.waitedBefore = undefined;
    this.clock[COMPUTING_SINCE] = now();
  }

  /** Runtime: leaves the engine. */
  leave(): void {
    const since = this.clock[COMPUTING_SINCE] ?? 0;
    if (since === 0) return;
    this.takeOffWaiting();
    this.clock[COMPUTING_SINCE] = 0;
    this.clock[USED_MS] = (this.clock[USED_MS] ?? 0) + Math.max(0, now() - since);
  }

  /** Runs something that blocks this thread without computing. */
  whileNotComputing<T>(body: () => T): T {
    const computing = this.clock[COMPUTING_SINCE] !== 0;
    if (!computing) return body();
    this.leave();
    try {
      return body();
    } finally {
      this.enter();
    }
  }

  /**
   * Runtime, in its interrupt handler: whether the running execution has computed longer than that, in milliseconds.
   * Waiting for a processor is no computing: on a busy machine it is most of the time that passes.
   */
  hasComputedLongerThan(limitMs: number): boolean {
    const since = this.clock[COMPUTING_SINCE] ?? 0;
    const stretch = since === 0 ? 0 : now() - since;
    if (stretch > LONG_STRETCH_MS) this.waitedBefore ??= this.processorWait();
    if ((this.clock[USED_MS] ?? 0) + stretch <= limitMs) return false;
    this.takeOffWaiting();
    // With the stretch from before: whatever passes from here on is not decided about, and cannot be taken back.
    return (this.clock[USED_MS] ?? 0) + stretch > limitMs;
  }

  /** Milliseconds that the running execution has computed so far, seen from any thread. */
  computedMs(): number {
    const since = this.clock[COMPUTING_SINCE] ?? 0;
    return (this.clock[USED_MS] ?? 0) + (since === 0 ? 0 : Math.max(0, now() - since));
  }

  private takeOffWaiting(): void {
    if (this.waitedBefore === undefined) return;
    const waited = this.processorWait();
    this.clock[USED_MS] = (this.clock[USED_MS] ?? 0) - (waited - this.waitedBefore);
    this.waitedBefore = waited;
  }

  private decide(run: number): void {
    Atomics.store(this.words, DECIDED_RUN, run);
    Atomics.notify(this.words, DECIDED_RUN);
  }
}
