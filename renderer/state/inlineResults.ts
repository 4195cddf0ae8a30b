import { createStore, type StoreApi } from "zustand/vanilla";
import { errorHeading } from "../../shared/model/error-heading";
import type { ExecutionEvent } from "../../shared/model/event";
import type { ExecutionId } from "../../shared/model/ids";
import type { Client } from "./client";
import { createFrameBatcher, type Schedule } from "./frame";

export interface InlineResult {
  readonly text: string;
  readonly tone: "value" | "error";
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

export function createInlineResults(client: Client, schedule?: Schedule): InlineResultsConcern {
  const store = createStore<InlineResultsState>(() => ({ byPath: {} }));
  const owner = new Map<string, ExecutionId>();

  const enqueue = createFrameBatcher<{ executionId: ExecutionId; events: readonly ExecutionEvent[] }>(
    (batches) => {
      const changed: Record<string, Record<number, InlineResult>> = {};
      for (const { executionId, events } of batches) {
        for (const event of events) {
          const result = resultOf(event);
          if (result === undefined) continue;
          const { path, line } = result.place;
          const isFresh = owner.get(path) !== executionId;
          owner.set(path, executionId);
          const lines = isFresh ? {} : (changed[path] ?? { ...store.getState().byPath[path] });
          lines[line] = { text: oneLine(result.text), tone: result.tone };
          changed[path] = lines;
        }
      }
      if (Object.keys(changed).length > 0)
        store.setState(({ byPath }) => ({ byPath: { ...byPath, ...changed } }));
    },
    schedule,
  );

  client.on("execution.events", ({ executionId, events }) => enqueue({ executionId, events }));
  client.on("execution.changed", ({ execution }) => {
    if (execution.kind !== "runFile" || execution.path === undefined || execution.status !== "running")
      return;
    if (owner.get(execution.path) !== execution.id) clear(execution.path);
  });

  function clear(path: string): void {
    if (store.getState().byPath[path] === undefined) return;
    store.setState(({ byPath }) => {
      const { [path]: _cleared, ...others } = byPath;
      return { byPath: others };
    });
  }
  return { store, clear };
}

function resultOf(event: ExecutionEvent) {
  switch (event.type) {
    case "console":
      return (
        event.payload.location && {
          place: event.payload.location,
          text: event.payload.text.trim(),
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
  const line = text.replace(/\s+/g, " ");
  return line.length > MAX_TEXT ? `${line.slice(0, MAX_TEXT)}…` : line;
}
