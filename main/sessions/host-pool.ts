import { limitsSchema } from "../../shared/model/template";
import { compileEngine } from "../vm/engine/compile";
import { HostThread } from "./host-thread";

/** Time after a host was taken before its replacement is made: the session that took it goes first. */
const REFILL_DELAY_MS = 150;

/** A spare's engine serves every template that keeps the default memory and stack. */
const SPARE_LIMITS = limitsSchema.parse({});

/** Gives out host threads, each for one session; keeps a few started ones ready. */
export class HostPool {
  private readonly spares: HostThread[] = [];
  private refill: NodeJS.Timeout | undefined;
  private disposed = false;

  /** `spareCount` 0 (the command line's one-shot runs) starts every host on demand. */
  constructor(private readonly spareCount: number) {}

  async acquire(): Promise<HostThread> {
    const spare = this.spares.shift();
    this.warm();
    return spare ?? new HostThread(await compileEngine());
  }

  /** Starts what is missing to the wanted number of spares, a little later and one by one. */
  warm(): void {
    if (this.disposed || this.refill !== undefined || this.spares.length >= this.spareCount) return;
    this.refill = setTimeout(() => {
      this.refill = undefined;
      void this.addSpare().then(() => this.warm());
    }, REFILL_DELAY_MS);
    this.refill.unref();
  }

  async dispose(): Promise<void> {
    this.disposed = true;
    clearTimeout(this.refill);
    await Promise.all(this.spares.splice(0).map((spare) => spare.terminate()));
  }

  private async addSpare(): Promise<void> {
    const compiled = await compileEngine();
    if (this.disposed) return;
    const spare = new HostThread(compiled, SPARE_LIMITS);
    spare.keepsProcessAlive(false);
    this.spares.push(spare);
    void spare.ended.then(() => {
      const index = this.spares.indexOf(spare);
      if (index >= 0) this.spares.splice(index, 1);
    });
  }
}
