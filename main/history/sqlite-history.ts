import type { ExecutionEvent } from "../../shared/model/event";
import type { Execution } from "../../shared/model/execution";
import type { ExecutionId, SessionId } from "../../shared/model/ids";
import type { Session } from "../../shared/model/session";
import type { EventBatch, EventMatches, ExecutionFilter, HistoryStore } from "../core/api";
import { inTransaction, type SqliteDatabase, type SqliteStatement } from "../core/sqlite";
import { filterQuery } from "./filter";
import { parseEvents, parseExecution, parseSession, searchText, sessionData } from "./rows";
import { matchBatch, noMatches } from "./search-events";
import { isCorruption, storageError } from "./storage-error";

export interface SqliteHistoryOptions {
  /** Written into the rows of this process's sessions. */
  readonly owner: string;
  /** Tokens of other processes that have this history open and are alive: their sessions are left alone. */
  readonly othersAlive: () => ReadonlySet<string>;
  /** Called once when SQLite finds the file damaged while it is in use. */
  readonly onCorruption?: () => void;
  /** Called after every write with about the number of bytes of its data. */
  readonly onWrite?: (bytes: number) => void;
  /** Called after the database was asked to close; the file's owner ends its lock, backs up … */
  readonly onClose?: (database: SqliteDatabase) => void;
}

const DAY_MS = 86_400_000;

/** History in one SQLite database that is open and has the newest schema. */
export class SqliteHistory implements HistoryStore {
  private readonly statements = new Map<string, SqliteStatement>();
  private closed = false;

  constructor(
    private readonly database: SqliteDatabase,
    private readonly options: SqliteHistoryOptions,
  ) {}

  saveSession(session: Session): void {
    this.guard("save the session", () => {
      this.prepare(
        `INSERT INTO sessions (id, status, created_at, closed_at, owner, data) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET status = excluded.status, closed_at = excluded.closed_at,
           owner = excluded.owner, data = excluded.data`,
      ).run(
        session.id,
        session.status,
        session.createdAt,
        session.closedAt ?? null,
        this.options.owner,
        sessionData(session),
      );
    });
    this.options.onWrite?.(0);
  }

  recoverAfterRestart(reason: string): void {
    this.guard("recover the sessions of the previous run", () => {
      inTransaction(this.database, () => {
        const alive = this.options.othersAlive();
        // Executions first: saving a session makes this process its owner.
        const running = this.prepare(
          `SELECT executions.data, sessions.owner FROM executions JOIN sessions ON sessions.id = executions.session_id
           WHERE executions.status = 'running'`,
        ).all();
        for (const row of running) {
          if (row["owner"] === this.options.owner || alive.has(String(row["owner"]))) continue;
          const execution = parseExecution(row);
          if (execution === undefined) continue;
          this.update({
            ...execution,
            status: "crashed",
            endedAt: Date.now(),
            error: { code: "ENGINE_CRASHED", name: "Error", message: reason },
          });
        }
        const lost = this.prepare(
          "SELECT id, owner, data FROM sessions WHERE status IN ('starting', 'ready')",
        ).all();
        for (const row of lost) {
          if (row["owner"] === this.options.owner || alive.has(String(row["owner"]))) continue;
          const session = parseSession(row);
          if (session === undefined) continue;
          this.saveSession({ ...session, status: "closed", closedAt: Date.now(), reason });
        }
      });
    });
  }

  listSessions(): Session[] {
    return this.guard("list the sessions", () =>
      this.prepare("SELECT data FROM sessions ORDER BY created_at DESC, rowid DESC")
        .all()
        .flatMap((row) => parseSession(row) ?? []),
    );
  }

  getSession(id: SessionId): Session | undefined {
    return this.guard("read the session", () => {
      const row = this.prepare("SELECT data FROM sessions WHERE id = ?").get(id);
      return row === undefined ? undefined : parseSession(row);
    });
  }

  deleteSession(id: SessionId): void {
    this.guard("delete the session", () => {
      this.prepare("DELETE FROM sessions WHERE id = ?").run(id);
    });
  }

  insertExecution(execution: Execution): void {
    this.guard("save the execution", () => {
      this.prepare(
        `INSERT INTO executions (id, session_id, kind, status, path, template, started_at, search, data)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ).run(
        execution.id,
        execution.sessionId,
        execution.kind,
        execution.status,
        execution.path ?? null,
        execution.templateName ?? null,
        execution.startedAt,
        searchText(execution),
        JSON.stringify(execution),
      );
    });
    this.options.onWrite?.(execution.source.length);
  }

  appendEvents(id: ExecutionId, events: readonly ExecutionEvent[]): void {
    const first = events[0];
    const last = events.at(-1);
    if (first === undefined || last === undefined) return;
    this.appendBatch(id, { firstSeq: first.seq, lastSeq: last.seq, json: JSON.stringify(events) });
  }

  appendBatch(id: ExecutionId, batch: EventBatch): void {
    this.guard("save the events", () => this.insertBatch(id, batch));
    this.options.onWrite?.(batch.json.length);
  }

  finishExecution(execution: Execution, lastBatch?: EventBatch): boolean {
    const ended = this.guard("save the end of the execution", () =>
      lastBatch === undefined
        ? this.update(execution)
        : inTransaction(this.database, () => {
            const first = this.update(execution);
            if (first) this.insertBatch(execution.id, lastBatch);
            return first;
          }),
    );
    this.options.onWrite?.(execution.source.length + (lastBatch?.json.length ?? 0));
    return ended;
  }

  listExecutions(filter: ExecutionFilter): Execution[] {
    return this.guard("list the executions", () => {
      const { sql, parameters } = filterQuery(filter);
      return this.prepare(sql)
        .all(...parameters)
        .flatMap((row) => parseExecution(row) ?? []);
    });
  }

  getExecution(id: ExecutionId): Execution | undefined {
    return this.guard("read the execution", () => {
      const row = this.prepare("SELECT data FROM executions WHERE id = ?").get(id);
      return row === undefined ? undefined : parseExecution(row);
    });
  }

  deleteExecutions(ids: readonly ExecutionId[]): void {
    this.guard("delete the executions", () => {
      inTransaction(this.database, () => {
        const statement = this.prepare("DELETE FROM executions WHERE id = ? AND status <> 'running'");
        for (const id of ids) statement.run(id);
      });
    });
  }

  events(id: ExecutionId, after: number, limit: number): { events: ExecutionEvent[]; total: number } {
    return this.guard("read the events", () => {
      const execution = this.prepare("SELECT n FROM executions WHERE id = ?").get(id)?.["n"];
      if (execution === undefined) return { events: [], total: 0 };
      const events: ExecutionEvent[] = [];
      const batches = this.prepare(
        "SELECT events FROM event_batches WHERE execution = ? AND last_seq > ? ORDER BY last_seq",
      ).iterate(execution, after);
      for (const row of batches) {
        for (const event of parseEvents(row)) {
          if (event.seq > after && events.length < limit) events.push(event);
        }
        if (events.length >= limit) break;
      }
      const total = this.prepare("SELECT max(last_seq) AS total FROM event_batches WHERE execution = ?").get(
        execution,
      );
      return { events, total: Number(total?.["total"] ?? 0) };
    });
  }

  searchEvents(id: ExecutionId, text: string, after: number, limit: number): EventMatches {
    return this.guard("search the events", () => {
      const hits = noMatches();
      let through = after;
      const batches = this.prepare(
        `SELECT last_seq, events FROM event_batches
         WHERE execution = (SELECT n FROM executions WHERE id = ?) AND last_seq > ? ORDER BY last_seq`,
      ).iterate(id, after);
      for (const { last_seq: last, events } of batches) {
        matchBatch(String(events), text, after, hits);
        through = Number(last);
        if (through - after >= limit) break;
      }
      return { hits, through };
    });
  }

  prune(policy: { maxExecutions: number; maxDays: number }): number {
    return this.guard("prune", () =>
      inTransaction(this.database, () => {
        const oldest = Date.now() - policy.maxDays * DAY_MS;
        const { changes } = this.prepare(
          `DELETE FROM executions WHERE status <> 'running' AND (started_at < ? OR n NOT IN (
             SELECT n FROM executions ORDER BY started_at DESC, n DESC LIMIT ?))`,
        ).run(oldest, policy.maxExecutions);
        // A session that ended before the oldest execution that is kept has nothing left to show.
        this.prepare(
          `DELETE FROM sessions WHERE status IN ('closed', 'crashed')
             AND closed_at < max(?, coalesce((SELECT min(started_at) FROM executions), 0))
             AND NOT EXISTS (SELECT 1 FROM executions WHERE session_id = sessions.id)`,
        ).run(oldest);
        return Number(changes);
      }),
    );
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.statements.clear();
    if (this.options.onClose === undefined) this.database.close();
    else this.options.onClose(this.database);
  }

  private insertBatch(id: ExecutionId, batch: EventBatch): void {
    this.prepare(
      "INSERT INTO event_batches (execution, first_seq, last_seq, events) SELECT n, ?, ?, ? FROM executions WHERE id = ?",
    ).run(batch.firstSeq, batch.lastSeq, batch.json, id);
  }

  /** Only a row that still runs is changed: an execution ends once. */
  private update(execution: Execution): boolean {
    const { changes } = this.prepare(
      "UPDATE executions SET status = ?, search = ?, data = ? WHERE id = ? AND status = 'running'",
    ).run(execution.status, searchText(execution), JSON.stringify(execution), execution.id);
    return Number(changes) === 1;
  }

  private prepare(sql: string): SqliteStatement {
    let statement = this.statements.get(sql);
    if (statement === undefined) {
      statement = this.database.prepare(sql);
      this.statements.set(sql, statement);
    }
    return statement;
  }

  private guard<T>(doing: string, body: () => T): T {
    try {
      return body();
    } catch (error) {
      if (isCorruption(error)) this.options.onCorruption?.();
      throw storageError(doing, error);
    }
  }
}
