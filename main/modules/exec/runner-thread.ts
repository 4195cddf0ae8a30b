import { parentPort, type MessagePort } from "node:worker_threads";
import { RunningCommand, type CommandSpec } from "./command";

/** Sent to the runner thread for every command. */
export interface RunRequest {
  readonly spec: CommandSpec;
  /** Receives "stop"; gets the pid as soon as there is one, and then the outcome. */
  readonly port: MessagePort;
  /** Counted up and notified with every message, for a thread that sleeps until then. */
  readonly wake: Int32Array;
}

/** Answers of the runner thread. */
export type RunAnswer = { readonly pid: number } | { readonly outcome: Awaited<RunningCommand["done"]> };

// Runs commands for a session thread that is blocked in `run`: only another thread can watch, stop and collect them.
parentPort?.on("message", ({ spec, port, wake }: RunRequest) => {
  const answer = (message: RunAnswer): void => {
    port.postMessage(message);
    Atomics.add(wake, 0, 1);
    Atomics.notify(wake, 0);
  };
  const command = new RunningCommand(spec, () => undefined);
  if (command.pid !== undefined) answer({ pid: command.pid });
  port.on("message", () => command.stop());
  void command.done.then((outcome) => {
    answer({ outcome });
    port.close();
  });
});
