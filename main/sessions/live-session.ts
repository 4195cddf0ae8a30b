import { randomUUID } from "node:crypto";
import { argumentsFor } from "../../shared/model/arguments";
import { serializeError, WorkbenchError } from "../../shared/model/error";
import type { ExecutionError } from "../../shared/model/event";
import type { Execution, ExecutionRequest, StopOutcome } from "../../shared/model/execution";
import { executionIdSchema } from "../../shared/model/ids";
import type { Session } from "../../shared/model/session";
import type { StartupFile } from "../../shared/model/template";
import { readDeclaration } from "../parameters/read-declaration";
import type { RuntimeSpec } from "../vm/session-runtime";
import { completeTemplate } from "./complete-template";
import type { HostPool } from "./host-pool";
import type { AnnouncedRun, HostThread } from "./host-thread";
import type { HostQuestion, HostQuestions } from "./host/protocol";
import { RunningExecution, type ExecutionSurroundings, type WatchedEnd } from "./running-execution";
import { startupError } from "./startup-error";

export interface LiveSessionSurroundings extends ExecutionSurroundings {
  readonly pool: HostPool;
  /** Real, absolute path of the workspace. */
  readonly workspaceRoot: string;
  /** Text of a script. Throws `FILE_NOT_FOUND`, `INVALID_PATH`. */
  readonly readScript: (path: string) => { path: string; source: string };
}

/** Time that native modules get to close their files and end their children when a session closes. */
const DISPOSE_TIMEOUT_MS = 1000;
/** Time above the CPU limit after which a question about a value is taken for endless. */
const QUESTION_GRACE_MS = 1000;

/** A session that has a thread, or is about to: from `starting` to `crashed` or `closed`. */
export class LiveSession {
  /** Resolves when the session is no longer `starting`. Never rejects. */
  readonly started: Promise<Session>;

  private host: HostThread | undefined;
  private current: RunningExecution | undefined;
  private closing: Promise<Session> | undefined;
  private starting: Promise<void>;

  /** `after` is waited for before the start: the session that this one replaces is closed first. */
  constructor(
    private session: Session,
    private readonly around: LiveSessionSurroundings,
    after: Promise<unknown> = Promise.resolve(),
  ) {
    this.starting = after.then(() => this.start());
    this.started = this.starting.then(() => this.session);
  }

  /** The session as it is now. */
  get view(): Session {
    return this.session;
  }

  /** The execution that runs now. */
  get running(): RunningExecution | undefined {
    return this.current;
  }

  /** Starts an execution. Throws `SESSION_NOT_READY`, `SESSION_BUSY`, and what reading the script throws. */
  execute(request: ExecutionRequest): { execution: Execution; finished: Promise<Execution> } {
    const host = this.readyHost();
    if (this.current !== undefined) {
      throw new WorkbenchError(
        "SESSION_BUSY",
        `The session "${this.session.name}" is running something. Wait for its end, stop it, or use another session.`,
        { sessionId: this.session.id, executionId: this.current.execution.id },
      );
    }
    const complete = request.kind === "runFile" ? this.completeRun(request) : request;
    const execution = this.newExecution(complete.kind, complete.source ?? "", {
      ...(complete.kind === "runFile" ? { path: complete.path } : {}),
      ...(complete.args === undefined ? {} : { args: complete.args }),
      ...(complete.env === undefined ? {} : { env: complete.env }),
    });
    const run = host.announce(complete);
    const running = this.begin(execution, host, run);
    void this.runToEnd(running, run, host);
    return { execution, finished: running.finished };
  }

  /** Asks the host something. Throws `SESSION_NOT_READY`, or what the host throws. */
  async ask<Name extends HostQuestion>(
    question: Name,
    ...args: HostQuestions[Name]["args"]
  ): Promise<HostQuestions[Name]["answer"]> {
    const host = this.readyHost();
    const busy = this.current !== undefined;
    // While an execution runs its own watchdog looks after the thread.
    const timer = setTimeout(() => {
      if (!busy && this.current === undefined) void host.terminate();
    }, this.session.template.limits.cpuMs + QUESTION_GRACE_MS);
    timer.unref();
    host.keepsProcessAlive(true);
    try {
      return await host.ask(question, ...args);
    } finally {
      clearTimeout(timer);
      if (this.current === undefined) host.keepsProcessAlive(false);
    }
  }

  /** Idempotent, in every state; stops what runs. Throws `STORAGE_UNAVAILABLE` after everything has been released. */
  close(reason: string): Promise<Session> {
    this.closing ??= this.doClose(reason);
    return this.closing;
  }

  private async start(): Promise<void> {
    try {
      if (this.closing !== undefined) return;
      await this.openHost();
      await this.runStartupFiles();
    } catch (error) {
      await this.crash(asExecutionError(error), "The session could not be started.");
    }
  }

  private async openHost(): Promise<HostThread> {
    const host = await this.around.pool.acquire();
    this.host = host;
    const spec: RuntimeSpec = {
      sessionId: this.session.id,
      template: completeTemplate(this.session.template),
      workspaceRoot: this.around.workspaceRoot,
    };
    const memoryBytes = await host.open(spec);
    this.session = { ...this.session, memoryBytes };
    void host.ended.then((error) => this.hostEnded(host, error));
    return host;
  }

  private async runStartupFiles(): Promise<void> {
    for (const file of this.session.template.startup) {
      if (this.closing !== undefined || this.host === undefined) return;
      const end = await this.runStartupFile(file, this.host);
      if (end.status === "ok") continue;
      if (this.closing === undefined) {
        const lastError = startupError(file, end.error);
        await this.crash(lastError, lastError.message);
      }
      return;
    }
    if (this.closing === undefined && this.session.status === "starting") this.change({ status: "ready" });
  }

  private async runStartupFile(file: StartupFile, host: HostThread): Promise<Execution> {
    let source = "";
    let unreadable: unknown;
    try {
      source = this.around.readScript(file.path).source;
    } catch (error) {
      unreadable = error;
    }
    const run =
      unreadable === undefined
        ? host.announce({ kind: "startup", path: file.path, mode: file.mode, source })
        : undefined;
    const running = this.begin(this.newExecution("startup", source, { path: file.path }), host, run);
    if (run === undefined) {
      this.current = undefined;
      const metrics = { cpuMs: 0, wallMs: 0, memoryPeakBytes: 0, events: 0, outputBytes: 0, hostCalls: 0 };
      running.finish({ status: "error", error: asExecutionError(unreadable), metrics });
    } else {
      await this.runToEnd(running, run, host);
    }
    return running.finished;
  }

  /** Stores the execution, and then lets the announced run begin: what could not be stored does not run. */
  private begin(execution: Execution, host: HostThread, run: AnnouncedRun | undefined): RunningExecution {
    try {
      this.around.history.insertExecution(execution);
    } catch (error) {
      run?.withdraw();
      throw error;
    }
    run?.permit();
    const running = new RunningExecution(execution, host, this.session.template.limits, this.around);
    this.current = running;
    this.session = { ...this.session, busyWith: execution.id };
    this.around.notify({ type: "execution", execution });
    this.tell();
    return running;
  }

  private async runToEnd(running: RunningExecution, run: AnnouncedRun, host: HostThread): Promise<void> {
    const watched = await running.watch(run);
    const { end } = watched;
    if (end.kind === "lost") {
      await this.afterLoss(running, watched);
      return;
    }
    this.notBusy(end.memoryBytes);
    running.finish(end.outcome);
    if (end.outcome.status === "crashed") {
      // After a trap the engine seems to work and does not.
      await host.terminate();
      await this.crash(end.outcome.error, "The engine crashed.");
    } else {
      this.tell();
    }
  }

  /** The thread is gone: by the watchdog (the session goes on with a fresh engine) or by itself (it has crashed). */
  private async afterLoss(running: RunningExecution, { end, killed }: WatchedEnd): Promise<void> {
    this.host = undefined;
    const detail = end.kind === "lost" ? end.error?.message : undefined;
    if (killed === undefined) {
      this.notBusy();
      running.finishLost("crash", "killed", detail);
      const { error } = await running.finished;
      await this.crash(error, error?.message ?? "The engine crashed.");
      return;
    }
    const replaced = await this.replaceEngine(running);
    this.notBusy();
    running.finishLost(killed, replaced, detail);
    if (this.closing !== undefined || running.execution.kind === "startup") return;
    if (replaced === "killed") {
      await this.crash(undefined, "The engine had to be ended and could not be replaced.");
    } else if (this.session.template.startup.length > 0) {
      this.change({ status: "starting" });
      this.starting = this.runStartupFiles();
      await this.starting;
    } else {
      this.tell();
    }
  }

  private async replaceEngine(running: RunningExecution): Promise<StopOutcome> {
    if (this.closing !== undefined || running.execution.kind === "startup") return "killed";
    try {
      await this.openHost();
      return "engineReplaced";
    } catch {
      return "killed";
    }
  }

  /** An idle thread that ends by itself takes its session along. */
  private hostEnded(host: HostThread, error: Error | undefined): void {
    if (this.host !== host || this.current !== undefined || this.closing !== undefined) return;
    this.host = undefined;
    const detail = error === undefined ? "" : `: ${error.message}`;
    const lastError = {
      code: "ENGINE_CRASHED",
      name: "Error",
      message: `The engine ended unexpectedly${detail}.`,
    };
    void this.crash(lastError, lastError.message);
  }

  private async crash(lastError: ExecutionError | undefined, reason: string): Promise<void> {
    const host = this.host;
    this.host = undefined;
    if (this.closing === undefined && this.session.status !== "closed") {
      this.change({ status: "crashed", reason, ...(lastError === undefined ? {} : { lastError }) });
    }
    await host?.terminate();
  }

  private async doClose(reason: string): Promise<Session> {
    this.current?.requestStop();
    if (this.current === undefined && this.session.status === "starting") await this.host?.terminate();
    await this.current?.finished;
    // A start that was under way ends by itself now.
    await this.starting;
    const host = this.host;
    this.host = undefined;
    if (host !== undefined) await disposeHost(host);
    const closed: Session = { ...this.session, status: "closed", closedAt: Date.now(), reason };
    delete closed.memoryBytes;
    this.session = closed;
    this.around.notify({ type: "session", session: closed });
    this.around.history.saveSession(closed);
    return closed;
  }

  private change(changes: Partial<Session>): void {
    this.session = { ...this.session, ...changes };
    try {
      this.around.history.saveSession(this.session);
    } catch {
      // The state of a live session is what its thread is; a row that lags behind is put right at the next start.
    }
    this.tell();
  }

  private tell(): void {
    this.around.notify({ type: "session", session: this.session });
  }

  private notBusy(memoryBytes?: number): void {
    this.current = undefined;
    const { busyWith: _busyWith, ...idle } = this.session;
    this.session = memoryBytes === undefined ? idle : { ...idle, memoryBytes };
  }

  private readyHost(): HostThread {
    const { status, name, reason } = this.session;
    if (status === "ready" && this.host !== undefined && this.closing === undefined) return this.host;
    // While a killed engine is being replaced the session is busy, not gone.
    if (this.current !== undefined && this.closing === undefined && status === "ready") {
      throw new WorkbenchError(
        "SESSION_BUSY",
        `The session "${name}" is busy: its engine is being replaced.`,
      );
    }
    throw notReady(this.closing === undefined ? status : "closed", name, reason);
  }

  /** With its text, and with its arguments as the script declares them. Throws what is wrong with either. */
  private completeRun(
    request: ExecutionRequest & { kind: "runFile" },
  ): ExecutionRequest & { kind: "runFile" } {
    const script = this.around.readScript(request.path);
    const source = request.source ?? script.source;
    const complete = { ...request, path: script.path, source };
    // A selection is a part: who knows the whole script has settled its arguments.
    if (request.lineOffset !== undefined) return complete;
    const args = argumentsFor(script.path, readDeclaration(source), request.args);
    return args === undefined ? complete : { ...complete, args };
  }

  private newExecution(
    kind: Execution["kind"],
    source: string,
    more: Pick<Execution, "path" | "args" | "env">,
  ): Execution {
    return {
      id: executionIdSchema.parse(randomUUID()),
      sessionId: this.session.id,
      kind,
      status: "running",
      source,
      startedAt: Date.now(),
      templateName: this.session.template.name,
      ...more,
    };
  }
}

/** The error for a session that cannot run anything: which state it is in and what helps. */
export function notReady(
  status: Session["status"],
  name: string,
  reason: string | undefined,
): WorkbenchError {
  const help = status === "starting" ? "Wait until it has started." : "Restart it, or start another one.";
  const why = reason === undefined ? "" : ` (${reason.replace(/\.$/, "")})`;
  return new WorkbenchError("SESSION_NOT_READY", `The session "${name}" is ${status}${why}. ${help}`, {
    status,
  });
}

async function disposeHost(host: HostThread): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, DISPOSE_TIMEOUT_MS);
  });
  host.keepsProcessAlive(true);
  await Promise.race([host.ask("dispose").catch(() => undefined), timeout]);
  clearTimeout(timer);
  await host.terminate();
}

function asExecutionError(error: unknown): ExecutionError {
  const { code, message, details } = serializeError(error);
  return { code, name: "Error", message, ...(details === undefined ? {} : { details }) };
}
