import { createStore, type StoreApi } from "zustand/vanilla";
import { withoutAnsi } from "../../shared/model/ansi";
import { errorHeading } from "../../shared/model/error-heading";
import { tableInWords } from "../../shared/model/event-text";
import type { ExecutionEvent } from "../../shared/model/event";
import type { ExecutionId } from "../../shared/model/ids";
import type { Client } from "./client";
import { createFrameBatcher, type Schedule } from "./frame";

export interface InlineResult {
  readonly text: string;
  readonly tone: "value" | "error";
  readonly seq: number;
  /** Lines that came later say not from where, because they were too many: this line may have printed again. */
  readonly isEarlier?: true;
}

export interface InlineResultsState {
  /** By path, then by line. */
  readonly byPath: Readonly<Record<string, Readonly<Record<number, InlineResult>>>>;
}

/** What every line of a script gave in its last run, for the editor to show beside it. */
export interface InlineResultsConcern {
  readonly store: StoreApi<InlineResultsState>;
  /** A changed script no longer has the lines that the results belong to. */
  clear(path: string): void;
}

const MAX_TEXT = 120;
/** As much of a long text as is looked at for its beginning. */
const MAX_READ = 4000;

export function createInlineResults(client: Client, schedule?: Schedule): InlineResultsConcern {
  const store = createStore<InlineResultsState>(() => ({ byPath: {} }));
  const owner = new Map<string, ExecutionId>();
  /** The last printed line of unknown origin, by execution; of a flood the origins are not looked up. */
  const lastUnplaced = new Map<ExecutionId, number>();

  interface Batch {
    readonly executionId: ExecutionId;
    readonly events: readonly ExecutionEvent[] | "ended";
  }
  const enqueue = createFrameBatcher<Batch>((batches) => {
    const changed: Record<string, Record<number, InlineResult>> = {};
    const ended: ExecutionId[] = [];
    for (const { executionId, events } of batches) {
      if (events === "ended") {
        ended.push(executionId);
        continue;
      }
      for (const event of events) {
        if (isUnplaced(event)) lastUnplaced.set(executionId, event.seq);
        const result = resultOf(event);
        if (result === undefined) continue;
        const { path, line } = result.place;
        const isFresh = owner.get(path) !== executionId;
        owner.set(path, executionId);
        const lines = isFresh ? {} : (changed[path] ?? { ...store.getState().byPath[path] });
        lines[line] = { text: oneLine(result.text), tone: result.tone, seq: event.seq };
        changed[path] = lines;
      }
    }
    if (Object.keys(changed).length > 0)
      store.setState(({ byPath }) => ({ byPath: { ...byPath, ...changed } }));
    ended.forEach(markEarlier);
  }, schedule);

  client.on("execution.events", ({ executionId, events }) => enqueue({ executionId, events }));
  client.on("execution.changed", ({ execution }) => {
    if (execution.status !== "running") {
      enqueue({ executionId: execution.id, events: "ended" });
      return;
    }
    if (execution.kind !== "runFile" || execution.path === undefined) return;
    if (owner.get(execution.path) !== execution.id) clear(execution.path);
  });

  /** What was printed before a line of unknown origin is not known to be the last. */
  function markEarlier(id: ExecutionId): void {
    const unplaced = lastUnplaced.get(id);
    lastUnplaced.delete(id);
    if (unplaced === undefined) return;
    store.setState(({ byPath }) => ({
      byPath: Object.fromEntries(
        Object.entries(byPath).map(([path, lines]) => [
          path,
          owner.get(path) === id ? earlier(lines, unplaced) : lines,
        ]),
      ),
    }));
  }

  function clear(path: string): void {
    if (store.getState().byPath[path] === undefined) return;
    store.setState(({ byPath }) => {
      const { [path]: _cleared, ...others } = byPath;
      return { byPath: others };
    });
  }
  return { store, clear };
}

const isUnplaced = (event: ExecutionEvent): boolean =>
  event.type === "console" && event.payload.location === undefined;

const earlier = (
  lines: Readonly<Record<number, InlineResult>>,
  unplaced: number,
): Readonly<Record<number, InlineResult>> =>
  Object.fromEntries(
    Object.entries(lines).map(([line, result]) => [
      line,
      result.seq < unplaced ? { ...result, isEarlier: true as const } : result,
    ]),
  );

function resultOf(event: ExecutionEvent) {
  switch (event.type) {
    case "console":
      return (
        event.payload.location && {
          place: event.payload.location,
          text: tableInWords(event) ?? event.payload.text.trim(),
          tone: "value" as const,
        }
      );
    case "value":
      return (
        event.payload.location && {
          place: event.payload.location,
          text: event.payload.value.preview,
          tone: "value" as const,
        }
      );
    case "exception":
      return (
        event.payload.location && {
          place: event.payload.location,
          text: errorHeading(event.payload),
          tone: "error" as const,
        }
      );
    default:
      return undefined;
  }
}

function oneLine(text: string): string {
  const line = withoutAnsi(text.slice(0, MAX_READ)).replace(/\s+/g, " ");
  return line.length > MAX_TEXT ? `${line.slice(0, MAX_TEXT)}…` : line;
}
