import { fork, type ChildProcess } from "node:child_process";
import type { RunResult, RunnerOptions } from "./runner";

/** From parent to child. */
export interface Batch {
  readonly options: RunnerOptions;
  readonly paths: readonly string[];
}

/** From child to parent. */
export type Report =
  | { readonly kind: "run"; readonly result: RunResult }
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "batch" };

export interface PoolOptions extends RunnerOptions {
  readonly jobs: number;
  /** What a child process executes. */
  readonly script: string;
}

/** A test on which a child process died or hung: what the interrupt handler never sees. */
export interface Casualty {
  readonly path: string;
  readonly reason: "died" | "hung";
}

export interface PoolEvents {
  readonly run: (result: RunResult) => void;
  readonly casualty: (casualty: Casualty) => void;
  readonly progress: (done: number) => void;
}

const BATCH = 250;
/** Both sides, in two modes, twice when in doubt. */
const RUNS_PER_FILE = 8;
/** As in a session's thread: deep recursion has to meet the engine's limit before the process's. */
const EXEC_ARGV = process.platform === "win32" ? [] : ["--stack-size=7000"];

/** Runs all tests in child processes, each of which serves one batch. */
export async function runAll(
  paths: readonly string[],
  options: PoolOptions,
  events: PoolEvents,
): Promise<void> {
  const queue: (readonly string[])[] = [];
  for (let at = 0; at < paths.length; at += BATCH) queue.push(paths.slice(at, at + BATCH));
  let done = 0;
  const note = (files: number): void => events.progress((done += files));
  const serve = async (): Promise<void> => {
    for (let batch = queue.shift(); batch !== undefined; batch = queue.shift()) {
      let left = batch;
      while (left.length > 0) {
        const { finished, reason } = await runBatch(left, options, events, note);
        if (reason === undefined) break;
        const path = left[finished];
        if (path === undefined) break;
        events.casualty({ path, reason });
        note(1);
        left = left.slice(finished + 1);
      }
    }
  };
  await Promise.all(Array.from({ length: options.jobs }, serve));
}

function runBatch(
  paths: readonly string[],
  { root, timeoutMs, script }: PoolOptions,
  events: PoolEvents,
  note: (files: number) => void,
): Promise<{ readonly finished: number; readonly reason?: Casualty["reason"] }> {
  return new Promise((resolve) => {
    const child: ChildProcess = fork(script, ["--child"], { execArgv: EXEC_ARGV });
    let finished = 0;
    let reason: Casualty["reason"] | undefined = "died";
    let watchdog: NodeJS.Timeout | undefined;
    const watch = (): void => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => {
        reason = "hung";
        child.kill("SIGKILL");
      }, timeoutMs * RUNS_PER_FILE);
    };
    child.on("message", (message) => {
      // Our own child sends nothing else.
      const report = message as Report;
      watch();
      if (report.kind === "run") events.run(report.result);
      else if (report.kind === "file") {
        finished++;
        note(1);
      } else {
        reason = undefined;
        child.disconnect();
      }
    });
    child.on("exit", () => {
      clearTimeout(watchdog);
      resolve(reason === undefined ? { finished } : { finished, reason });
    });
    const batch: Batch = { options: { root, timeoutMs }, paths };
    watch();
    child.send(batch);
  });
}
