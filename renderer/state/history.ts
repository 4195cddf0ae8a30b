import { createStore, type StoreApi } from "zustand/vanilla";
import type { Execution, ExecutionKind, ExecutionStatus } from "../../shared/model/execution";
import type { ExecutionEvent } from "../../shared/model/event";
import type { ExecutionId } from "../../shared/model/ids";
import type { Session } from "../../shared/model/session";
import { WorkbenchError } from "../../shared/model/error";
import type { Client } from "./client";

export interface HistoryFilter {
  readonly path: string | undefined;
  readonly template: string | undefined;
  readonly status: ExecutionStatus | undefined;
  readonly kind: ExecutionKind | undefined;
  readonly text: string;
}

/** One execution with everything that the history keeps of it. */
export interface ExecutionRecord {
  readonly execution: Execution;
  /** With the snapshot of its template; `null` when the session was deleted. */
  readonly session: Session | null;
  readonly events: readonly ExecutionEvent[];
  /** Events that the history has; more than `events` while the rest is being read. */
  readonly total: number;
}

export interface HistoryState {
  readonly filter: HistoryFilter;
  /** Newest first, as far as they were asked for. */
  readonly executions: readonly Execution[];
  readonly isLoading: boolean;
  /** Older ones are there and can be asked for. */
  readonly hasMore: boolean;
  /** Ids of those chosen to be compared or deleted together. */
  readonly chosen: readonly ExecutionId[];
  /** Open records by execution. */
  readonly records: Readonly<Record<string, ExecutionRecord>>;
}

/** The highest metrics of a template's last executions. */
export interface Peaks {
  readonly count: number;
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly memoryBytes: number;
  readonly events: number;
  readonly outputBytes: number;
}

/** Executions of the workspace, now and earlier. Asks main, which has them all; keeps only what is shown. */
export interface HistoryConcern {
  readonly store: StoreApi<HistoryState>;
  /** Reads the first page for the filter as it is. */
  load(): Promise<void>;
  loadMore(): Promise<void>;
  setFilter(change: Partial<HistoryFilter>): void;
  clearFilter(): void;
  /** Chooses one, or takes it out again. */
  toggle(id: ExecutionId): void;
  clearChoice(): void;
  delete(ids: readonly ExecutionId[]): Promise<void>;
  /** Reads an execution with its session and events, the events in pages as they come. */
  open(id: ExecutionId): Promise<void>;
  close(id: ExecutionId): void;
  /** Writes an execution with its events as JSON where the user says; gives the path, or nothing when they cancelled. */
  exportTo(id: ExecutionId): Promise<string | undefined>;
  peaksOf(templateName: string): Promise<Peaks>;
  /** Executions of one script, oldest first, for the plot of its durations. */
  runsOf(path: string, template?: string): Promise<readonly Execution[]>;
}

export const NO_FILTER: HistoryFilter = {
  path: undefined,
  template: undefined,
  status: undefined,
  kind: undefined,
  text: "",
};

export const isFiltered = (filter: HistoryFilter): boolean =>
  filter.text.trim() !== "" ||
  [filter.path, filter.template, filter.status, filter.kind].some((value) => value !== undefined);

const PAGE = 100;
const EVENT_PAGE = 2000;
const MAX_EVENTS = 200_000;
const PEAK_RUNS = 100;
const PLOT_RUNS = 500;
const TYPING_MS = 150;

export function createHistory(client: Client, fail: (error: unknown) => void): HistoryConcern {
  const store = createStore<HistoryState>(() => ({
    filter: NO_FILTER,
    executions: [],
    isLoading: false,
    hasMore: false,
    chosen: [],
    records: {},
  }));
  let request = 0;
  let isShown = false;
  let typing: ReturnType<typeof setTimeout> | undefined;

  const query = () => {
    const { path, template, status, kind, text } = store.getState().filter;
    return {
      limit: PAGE,
      ...(path === undefined ? {} : { path }),
      ...(template === undefined ? {} : { template }),
      ...(status === undefined ? {} : { status }),
      ...(kind === undefined ? {} : { kind }),
      ...(text.trim() === "" ? {} : { text: text.trim() }),
    };
  };

  async function load(): Promise<void> {
    isShown = true;
    request += 1;
    const mine = request;
    store.setState({ isLoading: true });
    try {
      const { executions } = await client.request("executions.list", query());
      if (mine === request) store.setState({ executions, hasMore: executions.length === PAGE });
    } finally {
      if (mine === request) store.setState({ isLoading: false });
    }
  }

  const put = (execution: Execution) => {
    const { executions, filter, records } = store.getState();
    const record = records[execution.id];
    if (record !== undefined) {
      store.setState({ records: { ...records, [execution.id]: { ...record, execution } } });
      if (execution.status !== "running" && record.execution.status === "running")
        void concern.open(execution.id).catch(fail);
    }
    if (executions.some((known) => known.id === execution.id)) {
      store.setState({
        executions: executions.map((known) => (known.id === execution.id ? execution : known)),
      });
    } else if (isShown && !isFiltered(filter)) {
      store.setState({ executions: [execution, ...executions] });
    } else if (isShown && execution.status !== "running") {
      // Whether it fits the filter is main's to say.
      void load().catch(fail);
    }
  };
  client.on("execution.changed", ({ execution }) => put(execution));
  client.on("session.removed", ({ id }) => {
    store.setState(({ executions }) => ({
      executions: executions.filter((execution) => execution.sessionId !== id),
    }));
  });

  async function readEvents(
    id: ExecutionId,
    keep: (events: readonly ExecutionEvent[], total: number) => boolean,
  ): Promise<void> {
    let after = 0;
    let count = 0;
    for (;;) {
      const { events, total } = await client.request("executions.events", { id, after, limit: EVENT_PAGE });
      count += events.length;
      if (!keep(events, total) || events.length < EVENT_PAGE || count >= MAX_EVENTS) return;
      after = events.at(-1)?.seq ?? after;
    }
  }

  const concern: HistoryConcern = {
    store,
    load,
    async loadMore() {
      const { executions, hasMore, isLoading } = store.getState();
      const oldest = executions.at(-1);
      if (!hasMore || isLoading || oldest === undefined) return;
      request += 1;
      const mine = request;
      store.setState({ isLoading: true });
      try {
        const page = await client.request("executions.list", { ...query(), notAfter: oldest.startedAt });
        if (mine !== request) return;
        const known = new Set(store.getState().executions.map((execution) => execution.id));
        store.setState(({ executions: all }) => ({
          executions: [...all, ...page.executions.filter((execution) => !known.has(execution.id))],
          hasMore: page.executions.length === PAGE,
        }));
      } finally {
        if (mine === request) store.setState({ isLoading: false });
      }
    },
    setFilter(change) {
      store.setState(({ filter }) => ({ filter: { ...filter, ...change } }));
      clearTimeout(typing);
      typing = setTimeout(() => void load().catch(fail), change.text === undefined ? 0 : TYPING_MS);
    },
    clearFilter: () => concern.setFilter(NO_FILTER),
    toggle: (id) =>
      store.setState(({ chosen }) => ({
        chosen: chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id],
      })),
    clearChoice: () => store.setState({ chosen: [] }),
    async delete(ids) {
      await client.request("executions.delete", { ids: [...ids] });
      store.setState(({ executions, chosen }) => ({
        executions: executions.filter((execution) => !ids.includes(execution.id)),
        chosen: chosen.filter((id) => !ids.includes(id)),
      }));
    },
    async open(id) {
      const { execution, session } = await client.request("executions.get", { id });
      let events: readonly ExecutionEvent[] = [];
      await readEvents(id, (page, total) => {
        events = [...events, ...page];
        store.setState(({ records }) => ({
          records: { ...records, [id]: { execution, session, events, total } },
        }));
        return true;
      });
    },
    close(id) {
      store.setState(({ records }) => {
        const { [id]: _closed, ...others } = records;
        return { records: others };
      });
    },
    async exportTo(id) {
      const { execution, session } = await client.request("executions.get", { id });
      if (execution.status === "running") {
        throw new WorkbenchError(
          "INVALID_REQUEST",
          "This execution is still running. Export it when it has ended.",
        );
      }
      const events: ExecutionEvent[] = [];
      await readEvents(id, (page) => events.push(...page) > 0);
      const text = `${JSON.stringify({ execution, template: session?.template ?? null, events }, null, 2)}\n`;
      const name = (execution.path ?? "repl").replaceAll(/[^\w.-]+/g, "-");
      return (await client.request("app.saveTextAs", { suggestedName: `execution-${name}.json`, text })).path;
    },
    async peaksOf(templateName) {
      const { executions } = await client.request("executions.list", {
        template: templateName,
        limit: PEAK_RUNS,
      });
      const metrics = executions.flatMap((execution) => execution.metrics ?? []);
      const most = (pick: (one: (typeof metrics)[number]) => number) => Math.max(0, ...metrics.map(pick));
      return {
        count: metrics.length,
        cpuMs: most((one) => one.cpuMs),
        wallMs: most((one) => one.wallMs),
        memoryBytes: most((one) => one.memoryPeakBytes),
        events: most((one) => one.events),
        outputBytes: most((one) => one.outputBytes),
      };
    },
    async runsOf(path, template) {
      const { executions } = await client.request("executions.list", {
        path,
        limit: PLOT_RUNS,
        ...(template === undefined ? {} : { template }),
      });
      return executions.filter((execution) => execution.metrics !== undefined).reverse();
    },
  };
  return concern;
}
