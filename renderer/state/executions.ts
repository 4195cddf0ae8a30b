import { createStore, type StoreApi } from "zustand/vanilla";
import type { Execution } from "../../shared/model/execution";
import type { ExecutionId, SessionId } from "../../shared/model/ids";
import type { Client } from "./client";

export interface ExecutionsState {
  readonly executions: Readonly<Record<string, Execution>>;
}

/** Executions that the window has seen: running ones and those whose output is shown. History asks main itself. */
export interface ExecutionsConcern {
  readonly store: StoreApi<ExecutionsState>;
  get(id: ExecutionId): Execution | undefined;
  put(...executions: readonly Execution[]): void;
  /** Oldest first. */
  ofSession(id: SessionId): Execution[];
  /** Resolves with the execution when it has ended. */
  ended(id: ExecutionId): Promise<Execution>;
  /** Told once for every execution that ends while the window is open. */
  onEnded(listener: (execution: Execution) => void): void;
  forgetSession(id: SessionId): void;
}

const KEPT = 500;

export function createExecutions(client: Client): ExecutionsConcern {
  const store = createStore<ExecutionsState>(() => ({ executions: {} }));
  const endedListeners = new Set<(execution: Execution) => void>();
  const get = (id: ExecutionId) => store.getState().executions[id];

  const put = (...added: readonly Execution[]) => {
    store.setState(({ executions }) => {
      const next = { ...executions };
      // An answer to a request can be older than an event that overtook it: what has ended stays ended.
      for (const execution of added)
        if (next[execution.id]?.endedAt === undefined) next[execution.id] = execution;
      const ids = Object.keys(next);
      for (const id of ids.slice(0, Math.max(0, ids.length - KEPT)))
        if (next[id]?.endedAt !== undefined) delete next[id];
      return { executions: next };
    });
  };

  client.on("execution.changed", ({ execution }) => {
    const wasRunning = get(execution.id)?.endedAt === undefined;
    put(execution);
    if (wasRunning && execution.status !== "running")
      for (const listener of endedListeners) listener(execution);
  });

  return {
    store,
    get,
    put,
    ofSession: (id) =>
      Object.values(store.getState().executions)
        .filter((execution) => execution.sessionId === id)
        .sort((a, b) => a.startedAt - b.startedAt),
    ended(id) {
      return new Promise((resolve) => {
        const check = () => {
          const execution = get(id);
          if (execution === undefined || execution.status === "running") return;
          unsubscribe();
          resolve(execution);
        };
        const unsubscribe = store.subscribe(check);
        check();
      });
    },
    onEnded: (listener) => void endedListeners.add(listener),
    forgetSession(id) {
      store.setState(({ executions }) => ({
        executions: Object.fromEntries(
          Object.entries(executions).filter(([, execution]) => execution.sessionId !== id),
        ),
      }));
    },
  };
}
