import { CONSOLE_LEVELS, type ConsoleLevel } from "../../shared/model/event";
import { eventLevel, eventText } from "../../shared/model/event-text";
import type { ConsoleRow } from "../state/consoleRows";
import { hitsInGap, type EventSearchState } from "../state/eventSearch";

/** Events by level. */
export interface LevelCounts {
  readonly counts: Readonly<Record<ConsoleLevel, number>>;
  /** Events that nobody has looked at yet may add to them. */
  readonly hasMore: boolean;
}

/**
 * Counts the events of rows; with a text those that contain it, and then also the ones that the search in stored events has
 * found in the gaps.
 */
export function countLevels(
  rows: readonly ConsoleRow[],
  query: string,
  stored: EventSearchState,
): LevelCounts {
  const wanted = query.trim().toLowerCase();
  const counts: Record<ConsoleLevel, number> = { debug: 0, log: 0, info: 0, warn: 0, error: 0 };
  let hasMore = false;
  for (const row of rows) {
    if (row.kind === "event") {
      if (wanted === "" || eventText(row.event).toLowerCase().includes(wanted))
        counts[eventLevel(row.event)] += 1;
    } else if (row.kind === "gap") {
      const found = wanted !== "" && stored.text === wanted ? stored.byExecution[row.executionId] : undefined;
      hasMore ||= found === undefined || found.through < row.before - 1;
      if (found === undefined) continue;
      for (const level of CONSOLE_LEVELS) counts[level] += hitsInGap(found.hits[level], row).length;
    }
  }
  return { counts, hasMore };
}
