import { createStore, type StoreApi } from "zustand/vanilla";
import { CONSOLE_LEVELS, type ConsoleLevel } from "../../shared/model/event";
import type { ExecutionId } from "../../shared/model/ids";
import type { Client } from "./client";
import type { ConsoleRow, Gap } from "./consoleRows";

/** `seq` of the events that contain the text, ascending, by the level under which they are filtered. */
export type LevelHits = Readonly<Record<ConsoleLevel, readonly number[]>>;

/** What was found in the stored events of an execution with `seq` above `after`, up to `through`. */
export interface StoredHits {
  readonly after: number;
  readonly through: number;
  readonly hits: LevelHits;
}

export interface EventSearchState {
  /** Text that is looked for, in lower case. */
  readonly text: string;
  readonly byExecution: Readonly<Record<string, StoredHits>>;
  /** Stored events are still to be looked at. */
  readonly isSearching: boolean;
}

/**
 * Search in the events that a log stands for but does not hold. Main has them all and looks through them in steps; a
 * new text supersedes the old one between two steps.
 */
export interface EventSearch {
  readonly store: StoreApi<EventSearchState>;
  /** Looks for the text where the rows have gaps. Told again with grown gaps, it goes on where it stopped. */
  search(text: string, rows: readonly ConsoleRow[]): void;
}

type Range = Pick<StoredHits, "after" | "through">;

/** Wait for more letters, and between two looks at what a flood has added. */
const PAUSE_MS = 150;
/** The state of a search that was not begun. */
export const NO_SEARCH = createStore<EventSearchState>(() => ({
  text: "",
  byExecution: {},
  isSearching: false,
}));
const NO_HITS: LevelHits = { debug: [], log: [], info: [], warn: [], error: [] };

export function createEventSearch(client: Client, fail: (error: unknown) => void): EventSearch {
  const store = createStore<EventSearchState>(NO_SEARCH.getInitialState);
  let ranges = new Map<ExecutionId, Range>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAtWork = false;

  /** A range that was not looked through, with what of it was. */
  function next(): { id: ExecutionId; found: StoredHits } | undefined {
    const { byExecution } = store.getState();
    for (const [id, { after, through }] of ranges) {
      const known = byExecution[id];
      const found = known !== undefined && known.after <= after ? known : fresh(after);
      if (found.through < through) return { id, found };
    }
    return undefined;
  }

  async function work(): Promise<void> {
    if (isAtWork) return;
    isAtWork = true;
    try {
      for (let step = next(); step !== undefined; step = next()) {
        const { id, found } = step;
        const { text } = store.getState();
        const { hits, through } = await client.request("executions.searchEvents", {
          id,
          text,
          after: found.through,
        });
        if (store.getState().text !== text) continue;
        const isAtEnd = through === found.through;
        const grown: StoredHits = {
          after: found.after,
          // What is gone from the history is not asked for again.
          through: isAtEnd ? (ranges.get(id)?.through ?? through) : through,
          hits: joined(found.hits, hits),
        };
        store.setState(({ byExecution }) => ({ byExecution: { ...byExecution, [id]: grown } }));
      }
    } catch (error) {
      ranges.clear();
      fail(error);
    } finally {
      isAtWork = false;
      store.setState({ isSearching: false });
    }
  }

  return {
    store,
    search(input, rows) {
      const text = input.trim().toLowerCase();
      const isOther = text !== store.getState().text;
      ranges = rangesOf(text === "" ? [] : rows);
      if (isOther) store.setState({ text, byExecution: {} });
      const isSearching = next() !== undefined;
      if (store.getState().isSearching !== isSearching) store.setState({ isSearching });
      if (!isSearching) return;
      if (isOther) clearTimeout(timer);
      else if (timer !== undefined) return;
      timer = setTimeout(() => {
        timer = undefined;
        void work();
      }, PAUSE_MS);
    },
  };
}

/** The least range of every execution that has all its gaps. */
function rangesOf(rows: readonly ConsoleRow[]): Map<ExecutionId, Range> {
  const ranges = new Map<ExecutionId, Range>();
  for (const row of rows) {
    if (row.kind !== "gap") continue;
    const { after, through } = rangeOf(row);
    const known = ranges.get(row.executionId);
    ranges.set(row.executionId, {
      after: Math.min(known?.after ?? after, after),
      through: Math.max(known?.through ?? through, through),
    });
  }
  return ranges;
}

const rangeOf = ({ before, count }: Gap): Range => ({ after: before - 1 - count, through: before - 1 });
const fresh = (after: number): StoredHits => ({ after, through: after, hits: NO_HITS });

const joined = (first: LevelHits, second: LevelHits): LevelHits => ({
  debug: [...first.debug, ...second.debug],
  log: [...first.log, ...second.log],
  info: [...first.info, ...second.info],
  warn: [...first.warn, ...second.warn],
  error: [...first.error, ...second.error],
});

/** What was found of the levels that are shown, ascending. */
export function shownHits({ hits }: StoredHits, hidden: ReadonlySet<ConsoleLevel>): readonly number[] {
  const lists = CONSOLE_LEVELS.filter((level) => !hidden.has(level) && hits[level].length > 0).map(
    (level) => hits[level],
  );
  const [only = []] = lists;
  return lists.length <= 1 ? only : lists.flat().sort((a, b) => a - b);
}

/** The part of ascending hits that lies in a gap. */
export function hitsInGap(hits: readonly number[], gap: Gap): readonly number[] {
  const { after, through } = rangeOf(gap);
  return hits.slice(firstAbove(hits, after), firstAbove(hits, through));
}

/** Index of the first number above a limit, in ascending ones. */
export function firstAbove(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}
