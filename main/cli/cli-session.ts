import { deserializeError, WorkbenchError } from "../../shared/model/error";
import type { Execution, ExecutionRequest } from "../../shared/model/execution";
import type { ExecutionId } from "../../shared/model/ids";
import type { Session } from "../../shared/model/session";
import type { Limits } from "../../shared/model/template";
import { openWorkbench, type Workbench } from "../core/workbench";
import { readInside } from "../workspace/open-file";
import { EventPrinter } from "./event-printer";
import { EXIT, exitCodeOf, exitCodeOfError, type ExitCode } from "./exit-code";
import type { Output } from "./output";
import { resolveTemplate } from "./resolve-template";

/** Options of every command that runs code. */
export interface RunOptions {
  readonly template?: string;
  readonly workspace: string;
  readonly args?: Execution["args"];
  readonly env?: Record<string, string>;
  readonly limit?: Partial<Limits>;
}

/** A backup at most once an hour: a run of a tenth of a second must not copy the whole history. */
const BACKUP_MIN_AGE_MS = 3_600_000;

/** One session of the command line: everything that happens in it is printed as it happens. */
export class CliSession {
  private current: ExecutionId | undefined;
  private cancelled = false;

  private constructor(
    private readonly workbench: Workbench,
    private session: Session,
    private readonly printer: EventPrinter,
    private readonly options: RunOptions,
  ) {}

  /**
   * Opens the workspace and starts a session, which may fail: see {@link failure}. Throws what is wrong with workspace or
   * template.
   */
  private static async open(options: RunOptions, output: Output): Promise<CliSession> {
    const workbench = openWorkbench({ workspaceRoot: options.workspace, backupMinAgeMs: BACKUP_MIN_AGE_MS });
    try {
      for (const notice of workbench.notices) output.errorLine(`${notice.code}: ${notice.message}`);
      const template = await resolveTemplate(workbench.templates, options.template, options.limit);
      const printer = new EventPrinter(output, (path) => readSource(workbench.workspaceRoot, path));
      const startups = new Map<ExecutionId, string>();
      workbench.sessions.subscribe((notice) => {
        if (notice.type === "execution" && notice.execution.kind === "startup") {
          startups.set(notice.execution.id, notice.execution.path ?? "");
        } else if (notice.type === "events") {
          printer.events(notice.events, startups.get(notice.executionId));
        }
      });
      const { session, started } = workbench.sessions.create(template, { name: "Command line" });
      const cli = new CliSession(workbench, session, printer, options);
      output.onReaderGone = () => cli.interrupt();
      process.on("SIGINT", cli.onSignal);
      process.on("SIGTERM", cli.onSignal);
      cli.session = await started;
      return cli;
    } catch (error) {
      await workbench.close();
      throw error;
    }
  }

  /**
   * Opens a session, hands it to `use` when it is ready, and closes it. Gives the exit code of `use`, or that of what kept
   * the session from starting, which is printed then. Throws what is wrong with workspace or template.
   */
  static async use(
    options: RunOptions,
    output: Output,
    use: (session: CliSession) => Promise<ExitCode>,
  ): Promise<ExitCode> {
    const session = await CliSession.open(options, output);
    try {
      const { failure } = session;
      if (failure === undefined) return await use(session);
      if (failure instanceof WorkbenchError) {
        output.thrown(failure);
        return exitCodeOfError(failure.code);
      }
      session.printer.ended(failure);
      return Math.max(EXIT.scriptFailed, exitCodeOf(failure)) as ExitCode;
    } finally {
      await session.close();
    }
  }

  /** Ended before it was ready: by a failing startup file, by a crash, or because the user cancelled. */
  private get failure(): Execution | WorkbenchError | undefined {
    if (this.session.status === "ready") return undefined;
    if (this.cancelled) return new WorkbenchError("EXECUTION_CANCELLED", "Cancelled.");
    const { lastError, reason } = this.session;
    const [startup] = this.workbench.history.listExecutions({ sessionId: this.session.id, limit: 1 });
    if (startup !== undefined && lastError !== undefined) return { ...startup, error: lastError };
    return deserializeError({
      code: "ENGINE_CRASHED",
      message: lastError?.message ?? reason ?? "The session did not start.",
    });
  }

  get id(): Session["id"] {
    return this.session.id;
  }

  get sessions(): Workbench["sessions"] {
    return this.workbench.sessions;
  }

  /** Runs one request, prints its events and its end. Throws what is wrong with the request. */
  async run(request: ExecutionRequest): Promise<Execution> {
    const { args, env } = this.options;
    const { execution, finished } = this.workbench.sessions.execute(this.session.id, {
      ...request,
      ...(args === undefined ? {} : { args }),
      ...(env === undefined ? {} : { env }),
    });
    this.current = execution.id;
    const ended = await finished;
    this.current = undefined;
    this.printer.ended(ended);
    return ended;
  }

  /** Waits while a replaced engine runs its startup files again. Throws `SESSION_NOT_READY` when it has crashed. */
  async untilReady(): Promise<void> {
    const { sessions } = this.workbench;
    let stop: (() => void) | undefined;
    await new Promise<void>((resolve) => {
      stop = sessions.subscribe((notice) => {
        if (
          notice.type === "session" &&
          notice.session.id === this.id &&
          notice.session.status !== "starting"
        )
          resolve();
      });
      if (sessions.get(this.id).status !== "starting") resolve();
    });
    stop?.();
  }

  /** Stops what runs; gives whether something ran. The session lives on. */
  stopCurrent(): boolean {
    if (this.current === undefined) return false;
    void this.workbench.sessions.stop(this.current);
    return true;
  }

  private async close(): Promise<void> {
    process.off("SIGINT", this.onSignal);
    process.off("SIGTERM", this.onSignal);
    await this.workbench.close();
  }

  private readonly onSignal = () => this.interrupt();

  private interrupt(): void {
    this.cancelled = true;
    if (!this.stopCurrent()) void this.workbench.sessions.close(this.session.id, "Cancelled.");
  }
}

function readSource(workspaceRoot: string, path: string): string | undefined {
  try {
    return readInside(workspaceRoot, path).bytes.toString("utf8");
  } catch {
    return undefined;
  }
}
