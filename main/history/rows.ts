import type { ExecutionEvent } from "../../shared/model/event";
import { executionSchema, type Execution } from "../../shared/model/execution";
import { sessionSchema, type Session } from "../../shared/model/session";
import type { SqliteRow } from "../core/sqlite";

/** Characters of an execution's text that can be found by searching. */
const SEARCH_LENGTH = 100_000;

function json(text: unknown): unknown {
  if (typeof text !== "string") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A session as it is stored: what is true only while it lives is left out. */
export function sessionData(session: Session): string {
  const { busyWith: _busyWith, memoryBytes: _memoryBytes, ...kept } = session;
  return JSON.stringify(kept);
}

/** `undefined` for a row that is not what this version writes: one bad row hides nothing else. */
export function parseSession(row: SqliteRow): Session | undefined {
  return sessionSchema.safeParse(json(row["data"])).data;
}

/** See {@link parseSession}. */
export function parseExecution(row: SqliteRow): Execution | undefined {
  return executionSchema.safeParse(json(row["data"])).data;
}

/**
 * Events are not validated one by one: the file is known to be ours and undamaged, and whoever shows them to a page
 * validates at that border.
 */
export function parseEvents(row: SqliteRow): ExecutionEvent[] {
  const events = json(row["events"]);
  return Array.isArray(events) ? (events as ExecutionEvent[]) : [];
}

/** Lower-case text in which a search looks: path, source, result and error. */
export function searchText(execution: Execution): string {
  return [
    execution.path,
    execution.error?.message,
    execution.error?.code,
    execution.result?.preview,
    execution.source,
  ]
    .filter((part) => part !== undefined)
    .join("\n")
    .slice(0, SEARCH_LENGTH)
    .toLowerCase();
}
