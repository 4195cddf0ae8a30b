import type { ExecutionFilter } from "../core/api";
import type { SqliteValue } from "../core/sqlite";

const DEFAULT_LIMIT = 100;

/** The query for a filter: newest first. */
export function filterQuery(filter: ExecutionFilter): { sql: string; parameters: SqliteValue[] } {
  const conditions: string[] = [];
  const parameters: SqliteValue[] = [];
  const add = (condition: string, value: SqliteValue | undefined) => {
    if (value === undefined) return;
    conditions.push(condition);
    parameters.push(value);
  };
  add("session_id = ?", filter.sessionId);
  add("path = ?", filter.path);
  add("template = ? COLLATE NOCASE", filter.template);
  add("status = ?", filter.status);
  add("kind = ?", filter.kind);
  add("started_at <= ?", filter.notAfter);
  // `instr`, not LIKE: what the user types has no wildcards, and `search` is lower case as Unicode has it.
  add("instr(search, ?) > 0", filter.text?.trim() ? filter.text.trim().toLowerCase() : undefined);
  const where = conditions.length === 0 ? "" : `WHERE ${conditions.join(" AND ")}`;
  parameters.push(Math.max(0, Math.floor(filter.limit ?? DEFAULT_LIMIT)));
  return { sql: `SELECT data FROM executions ${where} ORDER BY started_at DESC, n DESC LIMIT ?`, parameters };
}
