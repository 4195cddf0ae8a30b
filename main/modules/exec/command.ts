import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { closeSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";
import { errorCode } from "../../workspace/paths";
import { endFamily } from "./process-tree";
import { markOf, openMark, SESSION_VARIABLE } from "./process-list";

// A grandchild may keep the pipes open long after the command itself has ended; what was written until then is enough.
const PIPE_GRACE_MS = 100;

/** Everything that is needed to start one command. Plain data: it travels to the runner thread as it is. */
export interface CommandSpec {
  /** Absolute path of the program. */
  readonly file: string;
  /** The command as the script named it. */
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly input: string | Uint8Array | undefined;
  readonly timeoutMs: number | undefined;
  readonly maxOutputBytes: number;
  readonly sessionId: string;
  /** Number of the command within its session. */
  readonly number: number;
}

/** How a command ended. Plain data. */
export interface CommandOutcome {
  readonly end: "exited" | "timeout" | "stopped" | "too-much-output" | "not-started";
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Both in the order in which they arrived. */
  readonly output: string;
  readonly durationMs: number;
  /** Why it was not started, in the words of the operating system: `ENOENT`, `EACCES` … */
  readonly failure: string | undefined;
}

export type StreamName = "stdout" | "stderr";

/** One command while it runs. `done` never rejects. */
export class RunningCommand {
  readonly done: Promise<CommandOutcome>;
  private readonly started = performance.now();
  private readonly chunks: { stream: StreamName; data: Buffer }[] = [];
  private bytes = 0;
  private end: CommandOutcome["end"] = "exited";
  private child: ChildProcessWithoutNullStreams | undefined;
  private ending: Promise<void> | undefined;

  constructor(
    private readonly spec: CommandSpec,
    private readonly onText: (stream: StreamName, text: string) => void,
  ) {
    this.done = this.run();
  }

  /** Process that was started; `undefined` when none was. */
  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** Ends the command with everything that it started. Idempotent. */
  stop(): void {
    this.endAs("stopped");
  }

  private endAs(end: CommandOutcome["end"]): void {
    if (this.ending !== undefined || this.child?.pid === undefined) return;
    this.end = end;
    const mark = markOf(this.spec.sessionId, this.spec.number);
    this.ending = endFamily({ mark, leaders: new Set([this.child.pid]) });
  }

  private async run(): Promise<CommandOutcome> {
    let child: ChildProcessWithoutNullStreams;
    try {
      child = this.spawn();
    } catch (thrown) {
      return this.notStarted(thrown);
    }
    this.child = child;
    const failure = await this.waitFor(child);
    if (failure !== undefined) return this.notStarted(failure);
    await this.ending;
    return this.outcome(child.exitCode, child.signalCode);
  }

  private spawn(): ChildProcessWithoutNullStreams {
    const { file, command, args, cwd, env, sessionId, number } = this.spec;
    const mark = markOf(sessionId, number);
    const descriptor = openMark(mark);
    try {
      // The first three are pipes, which the type cannot say of a longer list.
      return spawn(file, [...args], {
        argv0: command,
        cwd,
        env: { ...env, [SESSION_VARIABLE]: mark.replace("\0", "") },
        // A group of its own, so that the whole tree can be signalled.
        detached: process.platform !== "win32",
        stdio: ["pipe", "pipe", "pipe", ...(descriptor === undefined ? [] : [descriptor])],
        shell: false,
        windowsHide: true,
      }) as ChildProcessWithoutNullStreams;
    } finally {
      if (descriptor !== undefined) closeSync(descriptor);
    }
  }

  /** Resolves when the command has ended; with the error when it could not be started. */
  private waitFor(child: ChildProcessWithoutNullStreams): Promise<unknown> {
    const { timeoutMs, input } = this.spec;
    const timer = timeoutMs === undefined ? undefined : setTimeout(() => this.endAs("timeout"), timeoutMs);
    return new Promise<unknown>((resolve) => {
      this.collect(child, "stdout");
      this.collect(child, "stderr");
      // The command may end without reading its input; that is its business.
      child.stdin.on("error", () => undefined);
      if (input === undefined) child.stdin.end();
      else child.stdin.end(input);
      child.once("error", (error) => {
        if (child.pid === undefined) resolve(error);
      });
      let grace: NodeJS.Timeout | undefined;
      child.once("close", () => {
        clearTimeout(grace);
        resolve(undefined);
      });
      child.once("exit", () => {
        grace = setTimeout(() => {
          child.stdout.destroy();
          child.stderr.destroy();
          resolve(undefined);
        }, PIPE_GRACE_MS);
      });
    }).finally(() => clearTimeout(timer));
  }

  private collect(child: ChildProcessWithoutNullStreams, stream: StreamName): void {
    const decoder = new StringDecoder("utf8");
    child[stream].on("data", (data: Buffer) => {
      if (this.ending !== undefined && this.end === "too-much-output") return;
      const kept = data.subarray(0, Math.max(0, this.spec.maxOutputBytes - this.bytes));
      this.bytes += kept.length;
      this.chunks.push({ stream, data: kept });
      const text = decoder.write(kept);
      if (text !== "") this.onText(stream, text);
      if (kept.length < data.length) this.endAs("too-much-output");
    });
    child[stream].on("end", () => {
      const rest = decoder.end();
      if (rest !== "") this.onText(stream, rest);
    });
  }

  private text(stream?: StreamName): string {
    const chosen = this.chunks.filter((chunk) => stream === undefined || chunk.stream === stream);
    return Buffer.concat(chosen.map((chunk) => chunk.data)).toString("utf8");
  }

  private outcome(exitCode: number | null, signal: string | null): CommandOutcome {
    return {
      end: this.end,
      exitCode,
      signal,
      stdout: this.text("stdout"),
      stderr: this.text("stderr"),
      output: this.text(),
      durationMs: Math.round(performance.now() - this.started),
      failure: undefined,
    };
  }

  private notStarted(thrown: unknown): CommandOutcome {
    const code = errorCode(thrown) ?? "UNKNOWN";
    this.end = "not-started";
    return { ...this.outcome(null, null), failure: code };
  }
}
