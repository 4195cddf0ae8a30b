interface Waiting {
  readonly weight: number;
  begin(): void;
}

/**
 * Lets a limited amount happen at once; the others wait in order. Open files, sockets, processes and memory of all
 * sessions come out of one process, so one session may only hold some at a time.
 */
export class Slots {
  private free: number;
  private readonly waiting = new Set<Waiting>();

  constructor(private readonly count: number) {
    this.free = count;
  }

  /**
   * Runs `work` when there is room for it; at once when there is and nobody waits. `weight` says how much room it takes
   * (more than there is: all). Passes on what it gives or throws. Throws the reason of the signal when that aborts before
   * its turn comes.
   */
  async run<T>(work: () => Promise<T>, signal?: AbortSignal, weight = 1): Promise<T> {
    const taken = Math.min(weight, this.count);
    if (this.waiting.size > 0 || this.free < taken) await this.turn(taken, signal);
    else this.free -= taken;
    try {
      return await work();
    } finally {
      this.free += taken;
      this.admit();
    }
  }

  /** Begins what has room now, in order. */
  private admit(): void {
    for (const next of this.waiting) {
      if (this.free < next.weight) return;
      this.free -= next.weight;
      next.begin();
    }
  }

  private turn(weight: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      const end = (): void => {
        this.waiting.delete(waiting);
        signal?.removeEventListener("abort", leave);
      };
      const waiting: Waiting = {
        weight,
        begin: () => {
          end();
          resolve();
        },
      };
      const leave = (): void => {
        end();
        // Who leaves may have kept smaller ones behind.
        this.admit();
        // A signal's reason is what its aborter chose.
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- passed on as it is
        reject(signal?.reason);
      };
      if (signal?.aborted === true) {
        leave();
        return;
      }
      this.waiting.add(waiting);
      signal?.addEventListener("abort", leave);
    });
  }
}
