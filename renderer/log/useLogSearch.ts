import { useEffect, useMemo, useState } from "react";
import type { ConsoleLevel } from "../../shared/model/event";
import type { ConsoleRow } from "../state/consoleRows";
import { useValue } from "../state/context";
import { NO_SEARCH, type EventSearch } from "../state/eventSearch";
import { findHits, hitAt, indexOfHit, type Hit } from "./hits";

/** A search in a log, as its field and its list show it. */
export interface LogSearch {
  readonly count: number;
  /** Number of the hit that is shown, counting from 1; 0 without hits. */
  readonly current: number;
  /** Stored events are still to be looked at: the count may grow. */
  readonly isSearching: boolean;
  /** The hit that is shown, another object for each time that it was asked for. */
  readonly hit: Hit | undefined;
  step(by: 1 | -1): void;
}

/** Hits of a text in rows and, with `stored`, in the events that the rows have gaps for. Without it the rows are all. */
export function useLogSearch(
  rows: readonly ConsoleRow[],
  query: string,
  hidden: ReadonlySet<ConsoleLevel>,
  stored?: EventSearch,
): LogSearch {
  const found = useValue(stored?.store ?? NO_SEARCH, (state) => state);
  useEffect(() => stored?.search(query, rows), [stored, query, rows]);
  const hits = useMemo(() => findHits(rows, query, found, hidden), [rows, query, found, hidden]);
  const [asked, setAsked] = useState<{ query: string; hit: Hit }>();
  const text = query.trim().toLowerCase();
  const isSearching = stored !== undefined && text !== "" && (found.isSearching || found.text !== text);

  // The first hit of a new text is shown when it is known to be the first.
  const first = isSearching ? undefined : hitAt(hits, 0);
  if (first !== undefined && asked?.query !== query) setAsked({ query, hit: first });
  const hit = asked?.query === query && hits.count > 0 ? asked.hit : undefined;
  const index = hit === undefined ? 0 : Math.min(indexOfHit(hits, hit), hits.count - 1);

  return {
    count: hits.count,
    current: hits.count === 0 ? 0 : index + 1,
    isSearching,
    hit,
    step(by) {
      if (hits.count === 0) return;
      const next =
        hit === undefined ? (by === 1 ? 0 : hits.count - 1) : (index + by + hits.count) % hits.count;
      const wanted = hitAt(hits, next);
      if (wanted !== undefined) setAsked({ query, hit: { ...wanted } });
    },
  };
}
