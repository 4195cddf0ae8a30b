import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";
import { assetPath } from "../../core/assets";
import type { CommandOutcome, CommandSpec } from "./command";
import type { RunAnswer, RunRequest } from "./runner-thread";

const LOOK_AROUND_MS = 10;
// Far beyond the time in which a family is ended; only a runner that is broken takes longer.
const GIVE_UP_MS = 5000;

/**
 * Runs commands to their end while the calling thread waits, and ends them as soon as the execution has to stop. Node's
 * own `spawnSync` cannot: it leaves grandchildren behind and hears nothing until the command has ended.
 */
export class BlockingRunner {
  private worker: Worker | undefined;

  /** Blocks until the command has ended. `onPid` is called as soon as it runs. */
  run(spec: CommandSpec, mustStop: () => boolean, onPid: (pid: number) => void): CommandOutcome {
    const { port1, port2 } = new MessageChannel();
    const wake = new Int32Array(new SharedArrayBuffer(4));
    const request: RunRequest = { spec, port: port2, wake };
    this.thread().postMessage(request, [port2]);
    let stoppedAt: number | undefined;
    try {
      for (;;) {
        const seen = Atomics.load(wake, 0);
        const received = receiveMessageOnPort(port1) as { message: RunAnswer } | undefined;
        if (received !== undefined) {
          if ("outcome" in received.message) return received.message.outcome;
          onPid(received.message.pid);
          continue;
        }
        if (stoppedAt === undefined && mustStop()) {
          stoppedAt = performance.now();
          port1.postMessage("stop");
        }
        if (stoppedAt !== undefined && performance.now() - stoppedAt > GIVE_UP_MS) {
          throw new Error("The thread that runs commands does not answer.");
        }
        Atomics.wait(wake, 0, seen, LOOK_AROUND_MS);
      }
    } finally {
      port1.close();
    }
  }

  async dispose(): Promise<void> {
    await this.worker?.terminate();
    this.worker = undefined;
  }

  private thread(): Worker {
    if (this.worker === undefined) {
      this.worker = new Worker(assetPath("main", "exec-runner.mjs"), { name: "exec-runner" });
      this.worker.unref();
      this.worker.once("exit", () => (this.worker = undefined));
    }
    return this.worker;
  }
}
