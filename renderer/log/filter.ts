import type { ConsoleLevel } from "../../shared/model/event";
import { eventLevel, eventText } from "../../shared/model/event-text";
import type { ConsoleRow } from "../state/consoleRows";

/** Level under which a row is filtered; rows that frame an execution always stay. */
const levelOf = (row: ConsoleRow): ConsoleLevel | undefined =>
  row.kind === "event" ? eventLevel(row.event) : undefined;

/** Text of a row as it is copied. */
export const textOf = (row: ConsoleRow): string => (row.kind === "event" ? eventText(row.event) : "");

/** Rows without the events of the hidden levels. */
export function filterRows(
  rows: readonly ConsoleRow[],
  hidden: ReadonlySet<ConsoleLevel>,
): readonly ConsoleRow[] {
  if (hidden.size === 0) return rows;
  return rows.filter((row) => {
    const level = levelOf(row);
    return level === undefined || !hidden.has(level);
  });
}

/** Whether a row opens a group that can be folded. */
export const opensGroup = (row: ConsoleRow): boolean =>
  row.kind === "event" &&
  row.event.type === "console" &&
  (row.event.payload.method === "group" || row.event.payload.method === "groupCollapsed");

/** Takes away the rows inside folded groups. `console.groupCollapsed` starts folded, so its key unfolds it. */
export function foldGroups(rows: readonly ConsoleRow[], toggled: ReadonlySet<string>): readonly ConsoleRow[] {
  const shown: ConsoleRow[] = [];
  let below: { depth: number; executionId: string } | undefined;
  for (const row of rows) {
    const depth = row.kind === "event" && row.event.type === "console" ? (row.event.payload.group ?? 0) : 0;
    if (below !== undefined && (row.executionId !== below.executionId || depth <= below.depth))
      below = undefined;
    if (below !== undefined) continue;
    shown.push(row);
    if (opensGroup(row) && isFolded(row, toggled)) below = { depth, executionId: row.executionId };
  }
  return shown.length === rows.length ? rows : shown;
}

/** Whether a group is closed: as it was printed, or the other way round once it was toggled. */
export function isFolded(row: ConsoleRow, toggled: ReadonlySet<string>): boolean {
  const startsFolded =
    row.kind === "event" && row.event.type === "console" && row.event.payload.method === "groupCollapsed";
  return toggled.has(row.key) !== startsFolded;
}
