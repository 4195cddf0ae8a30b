import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { z } from "zod";

const replySchema = z.union([
  z.literal("ready"),
  z.object({ value: z.unknown() }),
  z.object({ error: z.string() }),
]);

/** The bare worker: see `bare-worker.mjs`. */
export class BareWorker {
  private constructor(private readonly worker: Worker) {}

  /** Resolves when it has a context. */
  static async start(benchFolder: string, hostFunctions = false): Promise<BareWorker> {
    const worker = new Worker(join(benchFolder, "bare-worker.mjs"), {
      workerData: { hostFunctions },
      execArgv: [],
    });
    const bare = new BareWorker(worker);
    await bare.reply();
    return bare;
  }

  /** Evaluates a script and gives its value. */
  async evaluate(source: string): Promise<unknown> {
    const reply = this.reply();
    this.worker.postMessage(source);
    const message = await reply;
    if (message === "ready") throw new Error("The bare worker answered out of turn.");
    if ("error" in message) throw new Error(message.error);
    return message.value;
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }

  private reply(): Promise<z.infer<typeof replySchema>> {
    return new Promise((resolve, reject) => {
      const failed = (error: Error) => reject(error);
      this.worker.once("error", failed);
      this.worker.once("message", (message: unknown) => {
        this.worker.off("error", failed);
        resolve(replySchema.parse(message));
      });
    });
  }
}

/** Folder of the bench's sources; the bundle lies elsewhere. */
export function benchFolder(): string {
  return process.env["VM_WORKBENCH_BENCH"] ?? fileURLToPath(new URL(".", import.meta.url));
}
