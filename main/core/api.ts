import type { ConsoleLevel, ExecutionEvent } from "../../shared/model/event";
import type { Execution, ExecutionRequest, StopOutcome } from "../../shared/model/execution";
import type { ExecutionId, SessionId } from "../../shared/model/ids";
import type { Session } from "../../shared/model/session";
import type { Template } from "../../shared/model/template";
import type { PropertyPreview, ValuePreview } from "../../shared/model/value";
import type { Completion, InputState } from "../vm/session-runtime";

/** Ends a subscription; calling it twice is harmless. */
export type Unsubscribe = () => void;

export interface ExecutionFilter {
  readonly sessionId?: SessionId | undefined;
  readonly path?: string | undefined;
  readonly template?: string | undefined;
  readonly status?: Execution["status"] | undefined;
  readonly kind?: Execution["kind"] | undefined;
  /** Searched in path, source, result and error. */
  readonly text?: string | undefined;
  readonly limit?: number | undefined;
  /**
   * Only executions started at this time (epoch ms) or earlier, for paging: of those that started in one millisecond some
   * may be on the page before, and some not.
   */
  readonly notAfter?: number | undefined;
}

/** Events as they left the session: JSON text of an array, `seq` without gaps from `firstSeq` to `lastSeq`. */
export interface EventBatch {
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly json: string;
}

/** Hits of one step of a search, and how far it came. */
export interface EventMatches {
  /** `seq` of the events that contain the text, ascending, by the level under which they are filtered. */
  readonly hits: Readonly<Record<ConsoleLevel, number[]>>;
  /** The last `seq` that was looked at; what the step began after when there was nothing more. */
  readonly through: number;
}

/** Sessions, executions and their events in SQLite. Lives in the data folder, one file per workspace. */
export interface HistoryStore {
  saveSession(session: Session): void;
  /** Live rows of a previous run become `closed` with this reason; running executions become `crashed`. */
  recoverAfterRestart(reason: string): void;
  listSessions(): Session[];
  getSession(id: SessionId): Session | undefined;
  deleteSession(id: SessionId): void;
  insertExecution(execution: Execution): void;
  appendEvents(id: ExecutionId, events: readonly ExecutionEvent[]): void;
  /** As `appendEvents`, for events that are text already: a flood is not taken apart and put together again. */
  appendBatch(id: ExecutionId, batch: EventBatch): void;
  /**
   * Ends an execution exactly once, together with its last events; a second call changes nothing and gives `false`.
   */
  finishExecution(execution: Execution, lastBatch?: EventBatch): boolean;
  listExecutions(filter: ExecutionFilter): Execution[];
  getExecution(id: ExecutionId): Execution | undefined;
  deleteExecutions(ids: readonly ExecutionId[]): void;
  events(id: ExecutionId, after: number, limit: number): { events: ExecutionEvent[]; total: number };
  /**
   * Looks for a text in what events show, upper and lower case alike, in about `limit` events after `after`. A search
   * takes steps, so that a long output occupies the thread for moments only and the asker can stop between them.
   */
  searchEvents(id: ExecutionId, text: string, after: number, limit: number): EventMatches;
  prune(policy: { maxExecutions: number; maxDays: number }): number;
  close(): void;
}

/** What the session manager tells its listeners; every change is stored before it is told. */
export type SessionNotice =
  | { readonly type: "session"; readonly session: Session }
  | { readonly type: "sessionRemoved"; readonly id: SessionId }
  | { readonly type: "execution"; readonly execution: Execution }
  | {
      readonly type: "events";
      readonly sessionId: SessionId;
      readonly executionId: ExecutionId;
      readonly events: readonly ExecutionEvent[];
    };

/** Owner of all live sessions. Managing fails by throwing `WorkbenchError`; running code never throws. */
export interface SessionManager {
  list(): Session[];
  /** Throws `SESSION_NOT_FOUND`. */
  get(id: SessionId): Session;
  /** Starts a session from a snapshot of the template; startup files run. Resolves when `ready` or `crashed`. */
  create(
    template: Template,
    options?: { name?: string; unsavedTemplate?: boolean },
  ): { session: Session; started: Promise<Session> };
  /** Idempotent, in every state; stops what runs. */
  close(id: SessionId, reason?: string): Promise<Session>;
  restart(id: SessionId): { session: Session; started: Promise<Session> };
  delete(id: SessionId): Promise<void>;
  /**
   * Starts an execution; a script that declares parameters gets its arguments checked, defaults filled in. Throws
   * `SESSION_BUSY`, `SESSION_NOT_READY`, `FILE_NOT_FOUND`, `INVALID_PATH`, `VALIDATION_ERROR` …
   * `finished` never rejects.
   */
  execute(id: SessionId, request: ExecutionRequest): { execution: Execution; finished: Promise<Execution> };
  /** Stops an execution and says honestly which of three things happened; `null` when it had ended already. */
  stop(id: ExecutionId): Promise<{ outcome: StopOutcome | null; message: string }>;
  expand(id: SessionId, objectId: string, start?: number, count?: number): Promise<PropertyPreview[]>;
  invokeGetter(id: SessionId, objectId: string, name: string): Promise<ValuePreview>;
  release(id: SessionId, objectIds: readonly string[]): Promise<void>;
  complete(id: SessionId, source: string, cursor: number): Promise<{ from: number; items: Completion[] }>;
  /** Whether REPL input is complete, needs more lines, or can never be right. */
  checkInput(id: SessionId, source: string): Promise<InputState>;
  subscribe(listener: (notice: SessionNotice) => void): Unsubscribe;
  /** Closes every session; waits for writes, but not longer than a few seconds. */
  dispose(): Promise<void>;
}
