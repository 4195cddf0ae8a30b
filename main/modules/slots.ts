/**
 * Lets a limited number of things happen at once; the others wait in order. Open files, sockets and processes of all
 * sessions come out of tables of one process, so one session may only hold a few at a time.
 */
export class Slots {
  private free: number;
  private readonly waiting = new Set<() => void>();

  constructor(count: number) {
    this.free = count;
  }

  /**
   * Runs `work` when there is a slot for it; at once when one is free. Passes on what it gives or throws. Throws the
   * reason of the signal when that aborts before its turn comes.
   */
  async run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (this.free === 0) await this.turn(signal);
    else this.free -= 1;
    try {
      return await work();
    } finally {
      const [next] = this.waiting;
      if (next === undefined) this.free += 1;
      else next();
    }
  }

  private turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      const end = (): void => {
        this.waiting.delete(begin);
        signal?.removeEventListener("abort", leave);
      };
      const begin = (): void => {
        end();
        resolve();
      };
      const leave = (): void => {
        end();
        // A signal's reason is what its aborter chose.
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- passed on as it is
        reject(signal?.reason);
      };
      if (signal?.aborted === true) {
        leave();
        return;
      }
      this.waiting.add(begin);
      signal?.addEventListener("abort", leave);
    });
  }
}
