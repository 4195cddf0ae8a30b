import type { ExecutionEvent } from "../../shared/model/event";
import type { Execution } from "../../shared/model/execution";
import type { ExecutionId, SessionId } from "../../shared/model/ids";
import type { Session } from "../../shared/model/session";
import type { EventBatch, EventMatches, ExecutionFilter, HistoryStore } from "../core/api";
import { noMatches } from "./search-events";

/**
 * A history that may be read but not written (a newer schema, a failed upgrade) below a fresh one in memory that takes
 * what runs now. What the archive cannot read counts as absent.
 */
export class LayeredHistory implements HistoryStore {
  constructor(
    private readonly fresh: HistoryStore,
    private readonly archive: HistoryStore,
  ) {}

  saveSession(session: Session): void {
    this.fresh.saveSession(session);
  }
  recoverAfterRestart(reason: string): void {
    this.fresh.recoverAfterRestart(reason);
  }
  listSessions(): Session[] {
    return [...this.fresh.listSessions(), ...this.old((archive) => archive.listSessions(), [])];
  }
  getSession(id: SessionId): Session | undefined {
    return this.fresh.getSession(id) ?? this.old((archive) => archive.getSession(id), undefined);
  }
  deleteSession(id: SessionId): void {
    if (this.fresh.getSession(id) === undefined) this.archive.deleteSession(id);
    else this.fresh.deleteSession(id);
  }
  insertExecution(execution: Execution): void {
    this.fresh.insertExecution(execution);
  }
  appendEvents(id: ExecutionId, events: readonly ExecutionEvent[]): void {
    this.fresh.appendEvents(id, events);
  }
  appendBatch(id: ExecutionId, batch: EventBatch): void {
    this.fresh.appendBatch(id, batch);
  }
  finishExecution(execution: Execution, lastBatch?: EventBatch): boolean {
    return this.fresh.finishExecution(execution, lastBatch);
  }
  listExecutions(filter: ExecutionFilter): Execution[] {
    const all = [
      ...this.fresh.listExecutions(filter),
      ...this.old((archive) => archive.listExecutions(filter), []),
    ];
    return all.slice(0, filter.limit ?? all.length);
  }
  getExecution(id: ExecutionId): Execution | undefined {
    return this.fresh.getExecution(id) ?? this.old((archive) => archive.getExecution(id), undefined);
  }
  deleteExecutions(ids: readonly ExecutionId[]): void {
    this.fresh.deleteExecutions(ids);
  }
  events(id: ExecutionId, after: number, limit: number): { events: ExecutionEvent[]; total: number } {
    if (this.fresh.getExecution(id) !== undefined) return this.fresh.events(id, after, limit);
    return this.old((archive) => archive.events(id, after, limit), { events: [], total: 0 });
  }
  searchEvents(id: ExecutionId, text: string, after: number, limit: number): EventMatches {
    if (this.fresh.getExecution(id) !== undefined) return this.fresh.searchEvents(id, text, after, limit);
    const nothing = { hits: noMatches(), through: after };
    return this.old((archive) => archive.searchEvents(id, text, after, limit), nothing);
  }
  prune(policy: { maxExecutions: number; maxDays: number }): number {
    return this.fresh.prune(policy);
  }
  close(): void {
    this.fresh.close();
    this.archive.close();
  }

  private old<T>(read: (archive: HistoryStore) => T, otherwise: T): T {
    try {
      return read(this.archive);
    } catch {
      return otherwise;
    }
  }
}
