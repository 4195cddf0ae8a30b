import type { ConsoleLevel } from "../../shared/model/event";
import { eventText } from "../../shared/model/event-text";
import type { ExecutionId } from "../../shared/model/ids";
import type { ConsoleRow } from "../state/consoleRows";
import { firstAbove, hitsInGap, shownHits, type EventSearchState } from "../state/eventSearch";

/** An event that contains the text. Its row may be there or still to be read. */
export interface Hit {
  readonly executionId: ExecutionId;
  readonly seq: number;
}

interface Run {
  readonly executionId: ExecutionId;
  /** Ascending. */
  readonly seqs: readonly number[];
  /** Hits before this run. */
  readonly offset: number;
}

/** Hits in the order of the log, those of its gaps among them; a gap's are kept as the one list that they are. */
export interface Hits {
  readonly count: number;
  readonly runs: readonly Run[];
}

/** Finds a text in rows and, where they have gaps, in what the search in stored events has found. */
export function findHits(
  rows: readonly ConsoleRow[],
  query: string,
  stored: EventSearchState,
  hidden: ReadonlySet<ConsoleLevel>,
): Hits {
  const wanted = query.trim().toLowerCase();
  const runs: Run[] = [];
  let count = 0;
  if (wanted === "") return { count, runs };
  const add = (executionId: ExecutionId, seqs: readonly number[]) => {
    if (seqs.length === 0) return;
    runs.push({ executionId, seqs, offset: count });
    count += seqs.length;
  };
  let loaded: { executionId: ExecutionId; seqs: number[] } | undefined;
  const endLoaded = () => {
    if (loaded !== undefined) add(loaded.executionId, loaded.seqs);
    loaded = undefined;
  };
  const found = new Map<ExecutionId, readonly number[]>();
  for (const row of rows) {
    const { executionId } = row;
    if (loaded !== undefined && loaded.executionId !== executionId) endLoaded();
    if (row.kind === "event" && eventText(row.event).toLowerCase().includes(wanted)) {
      loaded ??= { executionId, seqs: [] };
      loaded.seqs.push(row.event.seq);
    } else if (row.kind === "gap") {
      endLoaded();
      const known = stored.text === wanted ? stored.byExecution[executionId] : undefined;
      if (known === undefined) continue;
      const shown = found.get(executionId) ?? shownHits(known, hidden);
      found.set(executionId, shown);
      add(executionId, hitsInGap(shown, row));
    }
  }
  endLoaded();
  return { count, runs };
}

/** The hit with an index, counting from 0. */
export function hitAt({ runs }: Hits, index: number): Hit | undefined {
  const run = runs.find(({ offset, seqs }) => index >= offset && index < offset + seqs.length);
  const seq = run?.seqs[index - run.offset];
  return run === undefined || seq === undefined ? undefined : { executionId: run.executionId, seq };
}

/** Index of a hit, or of the first after its place when it is none any more; `count` when there is none after it. */
export function indexOfHit({ runs, count }: Hits, { executionId, seq }: Hit): number {
  let next = count;
  for (const run of runs) {
    if (run.executionId !== executionId) continue;
    const index = firstAbove(run.seqs, seq - 1);
    if (index < run.seqs.length) return run.offset + index;
    next = run.offset + index;
  }
  return next;
}

/** Key of the row that shows a hit. */
export const keyOfHit = ({ executionId, seq }: Hit): string => `${executionId}:${seq}`;
