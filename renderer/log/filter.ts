import { errorHeading } from "../../shared/model/error-heading";
import type { ConsoleLevel } from "../../shared/model/event";
import type { ConsoleRow } from "../state/console";

/** Level under which a row is filtered; rows that frame an execution always stay. */
export function levelOf(row: ConsoleRow): ConsoleLevel | undefined {
  if (row.kind !== "event") return undefined;
  switch (row.event.type) {
    case "console":
      return row.event.payload.level;
    case "exception":
    case "stderr":
      return "error";
    case "system":
      return row.event.payload.kind === "notice" ? "info" : "warn";
    case "stdout":
    case "value":
    case "inputEcho":
      return "log";
  }
}

/** Text of a row as it is searched and copied. */
export function textOf(row: ConsoleRow): string {
  if (row.kind !== "event") return "";
  const { event } = row;
  switch (event.type) {
    case "console":
      return event.payload.text;
    case "value":
      return event.payload.value.preview;
    case "exception": {
      const head = errorHeading(event.payload);
      return event.payload.stack === undefined ? head : `${head}\n${event.payload.stack}`;
    }
    case "system":
      return event.payload.message;
    case "stdout":
    case "stderr":
      return event.payload.text;
    case "inputEcho":
      return event.payload.source;
  }
}

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

export function isFolded(row: ConsoleRow, toggled: ReadonlySet<string>): boolean {
  const startsFolded =
    row.kind === "event" && row.event.type === "console" && row.event.payload.method === "groupCollapsed";
  return toggled.has(row.key) !== startsFolded;
}

/** Indexes of the rows whose text contains the query, upper and lower case alike. */
export function matchingRows(rows: readonly ConsoleRow[], query: string): number[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === "") return [];
  const found: number[] = [];
  rows.forEach((row, index) => {
    if (textOf(row).toLowerCase().includes(wanted)) found.push(index);
  });
  return found;
}
