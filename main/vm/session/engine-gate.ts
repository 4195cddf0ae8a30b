import type { ExecutionControl } from "../control";
import type { RunningExecution } from "../execution";

/** The way into the engine: counts the time that it computes, and says when what runs in it must stop. */
export class EngineGate {
  private inside = false;
  private mode: "run" | "cleanUp" | "discard" = "run";
  private cleanUpUntil = 0;

  constructor(
    private readonly control: ExecutionControl,
    private readonly running: () => RunningExecution | undefined,
  ) {}

  /** Runs something that computes in the engine. */
  enter<T>(work: () => T): T {
    // Entering twice would restart the clock.
    if (this.inside) return work();
    this.inside = true;
    this.control.enter();
    try {
      return work();
    } finally {
      this.control.leave();
      this.inside = false;
    }
  }

  /** Cleans up after an execution: its limits no longer count, a time of its own does. */
  cleanUp(limitMs: number, work: () => void): void {
    this.mode = "cleanUp";
    this.cleanUpUntil = performance.now() + limitMs;
    try {
      work();
    } finally {
      this.mode = "run";
    }
  }

  /** While cleaning up: no code of the script runs meanwhile, it is interrupted at its first step. */
  discard(work: (until: number) => void): void {
    this.mode = "discard";
    try {
      work(this.cleanUpUntil);
    } finally {
      this.mode = "cleanUp";
    }
  }

  /** The engine asks this often. */
  readonly shouldInterrupt = (): boolean => {
    switch (this.mode) {
      case "run":
        return this.running()?.mustStop() ?? false;
      case "cleanUp":
        return performance.now() > this.cleanUpUntil;
      case "discard":
        return true;
    }
  };
}
