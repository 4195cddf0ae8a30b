import { randomUUID } from "node:crypto";
import { WorkbenchError } from "../../shared/model/error";
import type { Execution, ExecutionRequest, StopOutcome } from "../../shared/model/execution";
import { executionIdSchema, sessionIdSchema, type ExecutionId, type SessionId } from "../../shared/model/ids";
import type { Session } from "../../shared/model/session";
import type { Template } from "../../shared/model/template";
import type { PropertyPreview, ValuePreview } from "../../shared/model/value";
import type { HistoryStore, SessionManager, SessionNotice, Unsubscribe } from "../core/api";
import { libraryMembers } from "../libraries/catalogue";
import { registry as applicationRegistry, type Registry } from "../modules/registry";
import type { Completion, InputState } from "../vm/session-runtime";
import { readInside } from "../workspace/open-file";
import { HostPool } from "./host-pool";
import { LiveSession, notReady, type LiveSessionSurroundings } from "./live-session";
import { withTypings, type MembersOf } from "./typed-completions";

export interface SessionManagerOptions {
  readonly history: HistoryStore;
  /** Real, absolute path of the workspace. */
  readonly workspaceRoot: string;
  /** The native modules as they are now, for completion; default: the application's. */
  readonly registry?: () => Pick<Registry, "find">;
  /** Host threads kept started for the next sessions; 0 (default) for one-shot runs. */
  readonly spareHosts?: number;
}

/** Quitting waits for writes, but not for ever. */
const DISPOSE_TIMEOUT_MS = 4000;
/** Time after opening a workspace until the first spare host is started. */
const FIRST_SPARE_MS = 1500;
const CLOSED_BY_USER = "Closed by the user.";

/** Makes the owner of all live sessions of a workspace. */
export function createSessionManager(options: SessionManagerOptions): SessionManager {
  return new Sessions(options);
}

class Sessions implements SessionManager {
  private readonly live = new Map<SessionId, LiveSession>();
  private readonly listeners = new Set<(notice: SessionNotice) => void>();
  private readonly pool: HostPool;
  private readonly history: HistoryStore;
  private readonly registry: () => Pick<Registry, "find">;
  /** Executions whose end the history refused: tried again with every later one. */
  private readonly unstored = new Map<ExecutionId, Execution>();
  private readonly around: LiveSessionSurroundings;
  private disposing: Promise<void> | undefined;

  constructor(options: SessionManagerOptions) {
    this.history = options.history;
    this.registry = options.registry ?? (() => applicationRegistry);
    this.pool = new HostPool(options.spareHosts ?? 0);
    this.around = {
      history: this.history,
      pool: this.pool,
      workspaceRoot: options.workspaceRoot,
      notify: (notice) => this.notify(notice),
      hasListeners: () => this.listeners.size > 0,
      storeLater: (execution) => this.unstored.set(execution.id, execution),
      readScript: (path) => {
        const file = readInside(options.workspaceRoot, path);
        return { path: file.path, source: file.bytes.toString("utf8") };
      },
    };
    // Not at once: whoever opens a workspace has a window to show first. A session that is started sooner warms too.
    setTimeout(() => this.pool.warm(), FIRST_SPARE_MS).unref();
  }

  list(): Session[] {
    return this.history.listSessions().map((session) => this.live.get(session.id)?.view ?? session);
  }

  get(id: SessionId): Session {
    const session = this.live.get(id)?.view ?? this.history.getSession(id);
    if (session === undefined)
      throw unknownId("SESSION_NOT_FOUND", "session", id, sessionIdSchema.safeParse(id).success);
    return session;
  }

  create(
    template: Template,
    options: { name?: string; unsavedTemplate?: boolean } = {},
  ): { session: Session; started: Promise<Session> } {
    return this.begin({
      id: sessionIdSchema.parse(randomUUID()),
      name: options.name?.trim() || this.freeName(template.name),
      status: "starting",
      // A snapshot: what the caller does to its template later must not reach a live session.
      template: structuredClone(template),
      ...(options.unsavedTemplate === undefined ? {} : { unsavedTemplate: options.unsavedTemplate }),
      createdAt: Date.now(),
    });
  }

  async close(id: SessionId, reason = CLOSED_BY_USER): Promise<Session> {
    const live = this.live.get(id);
    if (live !== undefined) {
      try {
        return await live.close(reason);
      } finally {
        this.live.delete(id);
      }
    }
    const session = this.get(id);
    if (session.status === "starting" || session.status === "ready") throw elsewhere(session);
    if (session.status === "closed") return session;
    const closed: Session = { ...session, status: "closed", closedAt: Date.now(), reason };
    this.history.saveSession(closed);
    this.notify({ type: "session", session: closed });
    return closed;
  }

  restart(id: SessionId): { session: Session; started: Promise<Session> } {
    const old = this.get(id);
    const closing = this.live.has(id) ? this.close(id, "Restarted.").catch(() => undefined) : undefined;
    const session: Session = {
      id: sessionIdSchema.parse(randomUUID()),
      name: old.name,
      status: "starting",
      template: old.template,
      ...(old.unsavedTemplate === undefined ? {} : { unsavedTemplate: old.unsavedTemplate }),
      createdAt: Date.now(),
    };
    return this.begin(session, closing);
  }

  async delete(id: SessionId): Promise<void> {
    const session = this.get(id);
    if (this.live.has(id)) await this.close(id, "Deleted.");
    else if (session.status === "starting" || session.status === "ready") throw elsewhere(session);
    this.history.deleteSession(id);
    this.notify({ type: "sessionRemoved", id });
  }

  execute(id: SessionId, request: ExecutionRequest): { execution: Execution; finished: Promise<Execution> } {
    this.storeUnstored();
    return this.require(id).execute(request);
  }

  async stop(id: ExecutionId): Promise<{ outcome: StopOutcome | null; message: string }> {
    const running = this.running(id);
    if (running === undefined) {
      const execution = this.history.getExecution(id);
      if (execution === undefined) {
        throw unknownId("EXECUTION_NOT_FOUND", "execution", id, executionIdSchema.safeParse(id).success);
      }
      if (execution.status === "running") {
        throw new WorkbenchError(
          "SESSION_NOT_READY",
          "This execution runs in another window or command line; stop it there.",
        );
      }
      return { outcome: null, message: `The execution had ended already (${execution.status}).` };
    }
    running.requestStop();
    const { status, stop } = await running.finished;
    if (status !== "cancelled" || stop === undefined) {
      return {
        outcome: stop ?? null,
        message: `The execution ended by itself (${status}) before it could be stopped.`,
      };
    }
    return { outcome: stop, message: STOP_MESSAGES[stop] };
  }

  async expand(id: SessionId, objectId: string, start?: number, count?: number): Promise<PropertyPreview[]> {
    return this.require(id).ask("getProperties", objectId, start, count);
  }

  async invokeGetter(id: SessionId, objectId: string, name: string): Promise<ValuePreview> {
    return this.require(id).ask("invokeGetter", objectId, name);
  }

  async release(id: SessionId, objectIds: readonly string[]): Promise<void> {
    // Objects are gone with their session, which is what the caller wants.
    if (this.live.get(id)?.view.status !== "ready") return;
    await this.require(id).ask("releaseObjects", objectIds);
  }

  async complete(
    id: SessionId,
    source: string,
    cursor: number,
  ): Promise<{ from: number; items: Completion[] }> {
    const live = this.require(id);
    const found = await live.ask("complete", source, cursor);
    return withTypings(source.slice(0, cursor), found, this.membersFor(live.view.template));
  }

  async checkInput(id: SessionId, source: string): Promise<InputState> {
    return this.require(id).ask("checkInput", source);
  }

  subscribe(listener: (notice: SessionNotice) => void): Unsubscribe {
    // A wrapper of its own: the same function may be subscribed twice, and each ends its own subscription.
    const entry = (notice: SessionNotice) => listener(notice);
    this.listeners.add(entry);
    return () => {
      this.listeners.delete(entry);
    };
  }

  dispose(): Promise<void> {
    this.disposing ??= this.closeEverything();
    return this.disposing;
  }

  private async closeEverything(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, DISPOSE_TIMEOUT_MS);
    });
    const closing = [...this.live.keys()].map((id) => this.close(id, "The application was closed."));
    await Promise.race([Promise.allSettled(closing), timeout]);
    clearTimeout(timer);
    this.storeUnstored();
    await this.pool.dispose();
    this.listeners.clear();
  }

  private begin(session: Session, after?: Promise<unknown>): { session: Session; started: Promise<Session> } {
    if (this.disposing !== undefined) {
      throw new WorkbenchError(
        "SESSION_NOT_READY",
        "The workspace is being closed; no session can be started.",
      );
    }
    this.history.saveSession(session);
    this.notify({ type: "session", session });
    const live = new LiveSession(session, this.around, after);
    this.live.set(session.id, live);
    return { session, started: live.started };
  }

  private require(id: SessionId): LiveSession {
    const live = this.live.get(id);
    if (live !== undefined) return live;
    const session = this.get(id);
    if (session.status === "starting" || session.status === "ready") throw elsewhere(session);
    throw notReady(session.status, session.name, session.reason);
  }

  private running(id: ExecutionId) {
    for (const live of this.live.values()) {
      if (live.running?.execution.id === id) return live.running;
    }
    return undefined;
  }

  /** "Log report", "Log report 2", … among the sessions that live now. */
  private freeName(base: string): string {
    const taken = new Set([...this.live.values()].map(({ view }) => view.name));
    if (!taken.has(base)) return base;
    let n = 2;
    while (taken.has(`${base} ${n}`)) n++;
    return `${base} ${n}`;
  }

  /** Only of what the session's template lists. */
  private membersFor({ modules, libraries }: Template): MembersOf {
    return (specifier) => {
      const record = this.registry().find(specifier);
      if (record !== undefined && Object.hasOwn(modules, record.name)) return record.members;
      return libraries.includes(specifier) ? libraryMembers(specifier) : undefined;
    };
  }

  private storeUnstored(): void {
    for (const [id, execution] of this.unstored) {
      try {
        this.history.finishExecution(execution);
        this.unstored.delete(id);
      } catch {
        return;
      }
    }
  }

  private notify(notice: SessionNotice): void {
    for (const listener of this.listeners) listener(notice);
  }
}

const STOP_MESSAGES: Record<StopOutcome, string> = {
  interrupted: "The execution was interrupted; the session keeps its state.",
  killed: "The execution could not be interrupted: its thread was ended, the session's state is lost.",
  engineReplaced:
    "The execution could not be interrupted: the engine was replaced. The session goes on from its snapshot, its state is lost.",
};

function elsewhere(session: Session): WorkbenchError {
  return new WorkbenchError(
    "SESSION_NOT_READY",
    `The session "${session.name}" lives in another window or command line; use it there.`,
    { status: session.status },
  );
}

function unknownId(
  code: "SESSION_NOT_FOUND" | "EXECUTION_NOT_FOUND",
  word: string,
  id: string,
  wellFormed: boolean,
) {
  return wellFormed
    ? new WorkbenchError(code, `There is no ${word} with the id ${id}. It may have been deleted.`, { id })
    : new WorkbenchError("VALIDATION_ERROR", `"${id}" is not the id of a ${word}.`, { id });
}
