import type { ExecutionEvent } from "../../shared/model/event";
import type { ExecutionId } from "../../shared/model/ids";

/** One row of a session's console. */
export type ConsoleRow =
  | { readonly key: string; readonly kind: "start"; readonly executionId: ExecutionId }
  | {
      readonly key: string;
      readonly kind: "event";
      readonly executionId: ExecutionId;
      readonly event: ExecutionEvent;
    }
  | { readonly key: string; readonly kind: "end"; readonly executionId: ExecutionId }
  /** Events that the window does not hold: `count` of them before `before`. */
  | {
      readonly key: string;
      readonly kind: "gap";
      readonly executionId: ExecutionId;
      readonly before: number;
      readonly count: number;
      /** Events that somebody asked for follow it: they do not go back into the gap while more comes. */
      readonly isKept?: true;
    };

/** Rows kept per session; above it the oldest fifth leaves, so that trimming is rare. */
export const MAX_ROWS = 10_000;

/** The row of an event. */
export const eventRow = (executionId: ExecutionId, event: ExecutionEvent): ConsoleRow => ({
  key: `${executionId}:${event.seq}`,
  kind: "event",
  executionId,
  event,
});

/** The row in the place of events that the window does not hold. */
export type Gap = Extract<ConsoleRow, { kind: "gap" }>;

/** `count` events are missing before the event `before`. */
export const gapRow = (executionId: ExecutionId, before: number, count: number): Gap => ({
  key: `${executionId}:gap:${before}`,
  kind: "gap",
  executionId,
  before,
  count,
});

/** A gap, or the rest of it, with the events that were read of what lies after `after` up to `through`. */
export function fillGap(
  gap: Gap,
  events: readonly ExecutionEvent[],
  after: number,
  through: number,
): readonly ConsoleRow[] {
  const { executionId, before, count } = gap;
  const first = before - count;
  if (through < first || after >= before - 1) return [gap];
  const rows: ConsoleRow[] = [];
  if (after >= first) {
    const rest = gapRow(executionId, after + 1, after + 1 - first);
    rows.push(through < before - 1 || gap.isKept === true ? { ...rest, isKept: true } : rest);
  }
  for (const event of events)
    if (event.seq >= first && event.seq < before) rows.push(eventRow(executionId, event));
  if (through < before - 1) rows.push({ ...gap, count: before - 1 - through });
  return rows;
}

/**
 * Leaves an execution one gap: while it floods, glimpses of it come with gaps between them, and what stood between an
 * earlier and the newest gap goes into the gap. What it printed first, what it prints now, and what somebody asked for
 * meanwhile, stay.
 */
export function joinGaps(rows: ConsoleRow[], executionId: ExecutionId): void {
  const isGap = (row: ConsoleRow) =>
    row.kind === "gap" && row.executionId === executionId && row.isKept !== true;
  const first = rows.findIndex(isGap);
  const last = rows.findLastIndex(isGap);
  const earlier = rows[first];
  const newest = rows[last];
  if (first === last || earlier?.kind !== "gap" || newest?.kind !== "gap") return;
  const start = earlier.before - earlier.count;
  rows.splice(first, last - first + 1, gapRow(executionId, newest.before, newest.before - start));
}

/** Handles of the values that rows show, so that the session can let them go. */
export function heldObjects(rows: readonly ConsoleRow[]): string[] {
  return rows.flatMap((row) => {
    if (row.kind !== "event") return [];
    const { event } = row;
    const values =
      event.type === "console"
        ? (event.payload.args ?? [])
        : event.type === "value" || event.type === "exception"
          ? [event.payload.value]
          : [];
    return values.flatMap((value) => value?.objectId ?? []);
  });
}

/** Cuts the oldest rows when there are too many, and leaves a gap row that says so. */
export function trim(rows: readonly ConsoleRow[]): readonly ConsoleRow[] {
  if (rows.length <= MAX_ROWS) return rows;
  const kept = rows.slice(rows.length - MAX_ROWS * 0.8);
  const first = kept[0];
  if (first?.kind !== "event" || first.event.seq === 1) return kept;
  const before = first.event.seq;
  const start: ConsoleRow = {
    key: `${first.executionId}:start`,
    kind: "start",
    executionId: first.executionId,
  };
  return [start, gapRow(first.executionId, before, before - 1), ...kept];
}
