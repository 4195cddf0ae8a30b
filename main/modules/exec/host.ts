import type { CommandOutcome, CommandSpec } from "./command";
import { RunningCommand } from "./command";
import { WorkbenchError } from "../../../shared/model/error";
import { decodeArguments } from "../arguments";
import { systemError } from "../fs/errors";
import { Roots } from "../fs/roots";
import type { HostContext, HostModule, WireValue } from "../record";
import { parseCall } from "./arguments";
import { BlockingRunner } from "./blocking-runner";
import { environmentFor } from "./environment";
import { findCommand, notFound } from "./find-command";
import { markOf } from "./process-list";
import { endFamily } from "./process-tree";
import { Slots } from "../slots";

export interface ExecConfig {
  readonly commands: readonly string[];
  readonly cwd: string;
  readonly env: readonly string[];
  readonly maxOutputKb: number;
}

/** Commands of one session that run at once; further ones wait until one has ended. */
const MAX_RUNNING = 64;

function cancelled(): WorkbenchError {
  return new WorkbenchError("EXECUTION_CANCELLED", "The execution was stopped.");
}

function result(outcome: CommandOutcome): Record<string, WireValue> {
  const { exitCode, signal, stdout, stderr, durationMs } = outcome;
  return { exitCode, signal, stdout, stderr, durationMs };
}

function failed(code: string, message: string, outcome: CommandOutcome): Error {
  return Object.assign(new Error(message), { name: "ExecError", code, ...result(outcome) });
}

/** Throws unless the command ran to its end: what it printed until then comes along. */
function expectExit(spec: CommandSpec, outcome: CommandOutcome): void {
  const { command } = spec;
  switch (outcome.end) {
    case "exited":
      return;
    case "not-started":
      throw notFound(command, outcome.failure);
    case "timeout":
      throw failed("ETIMEDOUT", `${command} was ended: it took longer than ${spec.timeoutMs} ms.`, outcome);
    case "too-much-output":
      throw failed(
        "ERR_CHILD_PROCESS_STDIO_MAXBUFFER",
        `${command} was ended: it printed more than ${spec.maxOutputBytes / 1024} KB ("maxOutputKb" of the module exec).`,
        outcome,
      );
    case "stopped": {
      const error = new WorkbenchError("EXECUTION_CANCELLED", `${command} was ended with the execution.`);
      throw Object.assign(error, result(outcome));
    }
  }
}

function expectSuccess(spec: CommandSpec, outcome: CommandOutcome): void {
  if (outcome.exitCode === 0) return;
  const how = outcome.signal === null ? `exit code ${outcome.exitCode}` : `signal ${outcome.signal}`;
  const said = outcome.stderr.trim();
  throw failed(
    "COMMAND_FAILED",
    `${spec.command} ended with ${how}${said === "" ? "." : `: ${said}`}`,
    outcome,
  );
}

/** Host half of `exec`: starts the listed commands, and sees to it that nothing of them outlives the execution. */
class ExecHost {
  private readonly roots: Roots;
  private readonly running = new Set<RunningCommand>();
  private readonly leaders = new Set<number>();
  private readonly runner = new BlockingRunner();
  private readonly slots = new Slots(MAX_RUNNING);
  /** Commands started since the last execution ended, and ever. */
  private commands = 0;
  private numbers = 0;
  private disposed = false;

  constructor(
    private readonly config: ExecConfig,
    private readonly context: HostContext,
  ) {
    this.roots = new Roots(context.workspaceRoot, [{ path: config.cwd, access: "read-write" }]);
  }

  run(...wire: unknown[]): string {
    const spec = this.specify("run", wire);
    if (this.context.mustStop()) throw cancelled();
    let untrack = (): void => undefined;
    const started = (pid: number): void => {
      this.leaders.add(pid);
      untrack = this.context.trackProcess?.(pid) ?? untrack;
    };
    try {
      const outcome = this.runner.run(spec, () => this.context.mustStop(), started);
      expectExit(spec, outcome);
      expectSuccess(spec, outcome);
      return outcome.output;
    } finally {
      untrack();
    }
  }

  async exec(...wire: unknown[]): Promise<WireValue> {
    const spec = this.specify("exec", wire);
    const signal = this.context.executionSignal();
    try {
      return await this.slots.run(() => this.runInBackground(spec, signal), signal);
    } catch (thrown) {
      // While it waited for its turn.
      throw signal.aborted && thrown === signal.reason ? cancelled() : thrown;
    }
  }

  private async runInBackground(spec: CommandSpec, signal: AbortSignal): Promise<WireValue> {
    if (signal.aborted) throw cancelled();
    const command = new RunningCommand(spec, (stream, text) => {
      this.context.emit({ type: stream, text, source: spec.command });
    });
    this.running.add(command);
    if (command.pid !== undefined) this.leaders.add(command.pid);
    const untrack = command.pid === undefined ? undefined : this.context.trackProcess?.(command.pid);
    const stop = (): void => command.stop();
    signal.addEventListener("abort", stop, { once: true });
    try {
      const outcome = await command.done;
      expectExit(spec, outcome);
      return result(outcome);
    } finally {
      signal.removeEventListener("abort", stop);
      this.running.delete(command);
      untrack?.();
    }
  }

  /** Ends what still runs, and also what a command that has ended left behind. */
  async executionEnded(): Promise<void> {
    if (this.commands === 0) return;
    this.commands = 0;
    const leaders = new Set(this.leaders);
    this.leaders.clear();
    for (const command of this.running) command.stop();
    await endFamily({ mark: markOf(this.context.sessionId), leaders });
    await Promise.all([...this.running].map((command) => command.done));
  }

  async dispose(): Promise<void> {
    this.disposed = true;
    await this.executionEnded();
    await this.runner.dispose();
  }

  private specify(name: "run" | "exec", wire: readonly unknown[]): CommandSpec {
    if (this.disposed) throw new WorkbenchError("SESSION_NOT_READY", "The session has ended.");
    const { command, args, options } = parseCall(name, decodeArguments(wire));
    const file = findCommand(command, this.config.commands);
    const spec: CommandSpec = {
      file,
      command,
      args,
      cwd: this.folder(options.cwd ?? this.config.cwd),
      env: environmentFor(this.config.env, options.env ?? {}),
      input: options.input,
      timeoutMs: options.timeoutMs,
      maxOutputBytes: this.config.maxOutputKb * 1024,
      sessionId: this.context.sessionId,
      number: (this.numbers += 1),
    };
    this.commands += 1;
    return spec;
  }

  /** Real path of the folder to run in. Throws `PERMISSION_DENIED` outside the granted one, Node's `ENOENT`, `ENOTDIR`. */
  private folder(path: string): string {
    const names = { syscall: "chdir", path };
    const located = this.roots.locateExisting(path, "read", names);
    if (!located.stats.isDirectory()) throw systemError("ENOTDIR", names);
    return located.real;
  }
}

/** Makes the host half of `exec` for one session. */
export function createExecHost(config: ExecConfig, context: HostContext): HostModule {
  const host = new ExecHost(config, context);
  return {
    functions: {
      run: (...wire: unknown[]) => host.run(...wire),
      exec: (...wire: unknown[]) => host.exec(...wire),
    },
    executionEnded: () => host.executionEnded(),
    dispose: () => host.dispose(),
  };
}
