import { createStore, type StoreApi } from "zustand/vanilla";
import type { ExecutionEvent } from "../../shared/model/event";
import type { ExecutionId, SessionId } from "../../shared/model/ids";
import type { Client } from "./client";
import {
  eventRow,
  fillGap,
  gapRow,
  heldObjects,
  joinGaps,
  trim,
  type ConsoleRow,
  type Gap,
} from "./consoleRows";
import type { ExecutionsConcern } from "./executions";
import { createEventSearch, type EventSearch } from "./eventSearch";
import { createFrameBatcher, type Schedule } from "./frame";

export interface ConsoleState {
  /** By session. */
  readonly rows: Readonly<Record<string, readonly ConsoleRow[]>>;
}

/**
 * Output of live sessions as the console shows it: a window over the stored events, never the flood itself. Events
 * come in batches and are applied once per frame.
 */
export interface ConsoleConcern {
  readonly store: StoreApi<ConsoleState>;
  rowsOf(id: SessionId): readonly ConsoleRow[];
  /** Reads what a session printed before this window was there. */
  restore(id: SessionId): Promise<void>;
  /** Search in the stored events of the gaps. */
  readonly search: EventSearch;
  /** Fetches the page of events before a gap. */
  loadEarlier(id: SessionId, gap: Gap): Promise<void>;
  /** Fetches an event that lies in a gap, with those around it. */
  loadAround(id: SessionId, executionId: ExecutionId, seq: number): Promise<void>;
  /** Empties a session's console; the history keeps everything. */
  clear(id: SessionId): void;
  forget(id: SessionId): void;
}

const PAGE = 1000;
/** Events on either side of one that is looked at. */
const AROUND = 200;
/** Newest events of a flood that are there when it has ended. */
const FILLED = 5000;

const NO_ROWS: readonly ConsoleRow[] = [];

interface Batch {
  readonly sessionId: SessionId;
  readonly executionId: ExecutionId;
  readonly events: readonly ExecutionEvent[];
}

/** The console of every session; `fail` is told what goes wrong while nobody waits. */
export function createConsole(
  client: Client,
  executions: ExecutionsConcern,
  fail: (error: unknown) => void,
  schedule?: Schedule,
): ConsoleConcern {
  const store = createStore<ConsoleState>(() => ({ rows: {} }));
  /** Highest `seq` shown or cut, by execution. */
  const lastSeq = new Map<ExecutionId, number>();
  /** Executions whose start row is there. */
  const started = new Set<ExecutionId>();
  const ended = new Set<ExecutionId>();

  const rowsOf = (id: SessionId) => store.getState().rows[id] ?? NO_ROWS;
  const setRows = (id: SessionId, rows: readonly ConsoleRow[]) =>
    store.setState((state) => ({ rows: { ...state.rows, [id]: trim(rows) } }));

  /** Adds a batch; what arrives after its execution's end still goes before the end row. */
  function append(rows: ConsoleRow[], { executionId, events }: Batch): void {
    if (!started.has(executionId)) {
      started.add(executionId);
      rows.push({ key: `${executionId}:start`, kind: "start", executionId });
    }
    const added: ConsoleRow[] = [];
    let last = lastSeq.get(executionId) ?? 0;
    for (const event of events) {
      if (event.seq <= last) continue;
      if (event.seq > last + 1) added.push(gapRow(executionId, event.seq, event.seq - last - 1));
      added.push(eventRow(executionId, event));
      last = event.seq;
    }
    lastSeq.set(executionId, last);
    const end = ended.has(executionId)
      ? rows.findLastIndex((row) => row.kind === "end" && row.executionId === executionId)
      : -1;
    if (end === -1) for (const row of added) rows.push(row);
    else rows.splice(end, 0, ...added);
    if (added.some(({ kind }) => kind === "gap")) joinGaps(rows, executionId);
  }

  type Change =
    | { readonly kind: "events"; readonly batch: Batch }
    | { readonly kind: "execution"; readonly sessionId: SessionId; readonly executionId: ExecutionId };
  const enqueue = createFrameBatcher<Change>((changes) => {
    const touched = new Map<SessionId, ConsoleRow[]>();
    const justEnded: { sessionId: SessionId; executionId: ExecutionId }[] = [];
    const rowsFor = (id: SessionId) => {
      const rows = touched.get(id) ?? [...rowsOf(id)];
      touched.set(id, rows);
      return rows;
    };
    for (const change of changes) {
      if (change.kind === "events") {
        append(rowsFor(change.batch.sessionId), change.batch);
        continue;
      }
      const { sessionId, executionId } = change;
      const execution = executions.get(executionId);
      if (!started.has(executionId)) append(rowsFor(sessionId), { sessionId, executionId, events: [] });
      if (execution !== undefined && execution.status !== "running" && !ended.has(executionId)) {
        ended.add(executionId);
        rowsFor(sessionId).push({ key: `${executionId}:end`, kind: "end", executionId });
        const missing = (execution.metrics?.events ?? 0) - (lastSeq.get(executionId) ?? 0);
        if (missing > 0) void catchUp(sessionId, executionId);
        justEnded.push({ sessionId, executionId });
      }
    }
    store.setState(({ rows }) => ({
      rows: { ...rows, ...Object.fromEntries([...touched].map(([id, list]) => [id, trim(list)])) },
    }));
    // Where that fails, the gap's row still offers to load them.
    for (const { sessionId, executionId } of justEnded) fill(sessionId, executionId).catch(() => undefined);
  }, schedule);

  client.on("execution.events", (batch) => enqueue({ kind: "events", batch }));
  client.on("execution.changed", ({ execution }) =>
    enqueue({ kind: "execution", sessionId: execution.sessionId, executionId: execution.id }),
  );
  client.on("session.removed", ({ id }) => concern.forget(id));

  /** The end of an execution arrived without its last events: ask for them. */
  async function catchUp(sessionId: SessionId, executionId: ExecutionId): Promise<void> {
    const after = lastSeq.get(executionId) ?? 0;
    const { events } = await client.request("executions.events", { id: executionId, after, limit: PAGE });
    enqueue({ kind: "events", batch: { sessionId, executionId, events } });
  }

  /** After a flood, of which only glimpses came: reads the newest of what was left out. */
  async function fill(sessionId: SessionId, executionId: ExecutionId): Promise<void> {
    const gap = rowsOf(sessionId).findLast((row) => row.kind === "gap" && row.executionId === executionId);
    if (gap?.kind !== "gap") return;
    const held = (lastSeq.get(executionId) ?? 0) - gap.before + 1;
    if (held < FILLED) await loadBefore(sessionId, gap, FILLED - held);
  }

  async function loadBefore(id: SessionId, gap: Gap, limit: number): Promise<void> {
    const count = Math.min(limit, gap.count);
    await load(id, gap.executionId, gap.before - 1 - count, count);
  }

  /** Reads events and puts those that are missing where the gaps are by then. */
  async function load(id: SessionId, executionId: ExecutionId, after: number, limit: number): Promise<void> {
    const { events } = await client.request("executions.events", { id: executionId, after, limit });
    // What the history has no more closes its gap.
    const through = Math.max(after + limit, events.at(-1)?.seq ?? 0);
    store.setState((state) => ({
      rows: {
        ...state.rows,
        [id]: (state.rows[id] ?? []).flatMap((row) =>
          row.kind === "gap" && row.executionId === executionId
            ? fillGap(row, events, after, through)
            : [row],
        ),
      },
    }));
  }

  const concern: ConsoleConcern = {
    store,
    rowsOf,
    async restore(id) {
      const { executions: listed } = await client.request("executions.list", { sessionId: id, limit: 50 });
      executions.put(...listed);
      const oldestFirst = [...listed].sort((a, b) => a.startedAt - b.startedAt);
      for (const execution of oldestFirst) {
        if (started.has(execution.id)) continue;
        const total = execution.metrics?.events ?? 0;
        // Only the end of a long output is read; the rest can be asked for.
        const after = Math.max(0, total - PAGE);
        const { events } = await client.request("executions.events", {
          id: execution.id,
          after,
          limit: PAGE,
        });
        if (started.has(execution.id)) continue;
        const rows = [...rowsOf(id)];
        append(rows, { sessionId: id, executionId: execution.id, events });
        if (execution.status !== "running") {
          ended.add(execution.id);
          rows.push({ key: `${execution.id}:end`, kind: "end", executionId: execution.id });
        }
        setRows(id, rows);
      }
    },
    search: createEventSearch(client, fail),
    loadAround: (id, executionId, seq) => {
      const after = Math.max(0, seq - 1 - AROUND);
      return load(id, executionId, after, seq + AROUND - after);
    },
    loadEarlier: (id, gap) => loadBefore(id, gap, PAGE),
    clear(id) {
      const objectIds = heldObjects(rowsOf(id));
      store.setState((state) => ({ rows: { ...state.rows, [id]: NO_ROWS } }));
      // A session that is gone has released everything already.
      if (objectIds.length > 0)
        client.request("values.release", { sessionId: id, objectIds }).catch(() => undefined);
    },
    forget(id) {
      store.setState((state) => {
        const { [id]: _forgotten, ...rows } = state.rows;
        return { rows };
      });
    },
  };
  return concern;
}
