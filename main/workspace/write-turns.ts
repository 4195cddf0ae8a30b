/**
 * Lets what writes in a workspace take turns, so that what a write has checked (the text it started from, a name that is
 * free) still holds when it happens. `lock` makes processes take turns too: it resolves with the function that lets the
 * next one in.
 */
export class WriteTurns {
  #queue: Promise<unknown> = Promise.resolve();

  constructor(private readonly lock?: () => Promise<() => void>) {}

  /** Runs `write` when its turn comes. Passes on what it gives or throws, and what `lock` throws. */
  take<T>(write: () => Promise<T>): Promise<T> {
    const run = this.#queue.then(() => this.#locked(write));
    this.#queue = run.catch(() => undefined);
    return run;
  }

  /** Resolves when no write is under way. */
  async settled(): Promise<void> {
    await this.#queue;
  }

  async #locked<T>(write: () => Promise<T>): Promise<T> {
    const release = await this.lock?.();
    try {
      return await write();
    } finally {
      release?.();
    }
  }
}
