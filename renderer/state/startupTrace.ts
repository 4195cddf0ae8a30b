import { createStore, type StoreApi } from "zustand/vanilla";
import type { ExecutionEvent } from "../../shared/model/event";
import type { Execution } from "../../shared/model/execution";
import type { SessionId } from "../../shared/model/ids";
import type { Client } from "./client";
import type { SessionsConcern } from "./sessions";

export interface StartupStep {
  readonly execution: Execution;
  readonly events: readonly ExecutionEvent[];
}

export interface StartupTraceState {
  readonly session: SessionId | null;
  readonly steps: readonly StartupStep[];
  /** All startup files have run, or one of them failed. */
  readonly isDone: boolean;
}

/** What the startup files of one session did, read from the history when the session is no longer starting. */
export interface StartupTraceConcern {
  readonly store: StoreApi<StartupTraceState>;
  follow(id: SessionId): void;
  end(): void;
}

const NONE: StartupTraceState = { session: null, steps: [], isDone: false };
const MOST_EVENTS = 1000;

export function createStartupTrace(
  client: Client,
  sessions: SessionsConcern,
  fail: (error: unknown) => void,
): StartupTraceConcern {
  const store = createStore<StartupTraceState>(() => NONE);

  async function read(id: SessionId): Promise<void> {
    await sessions.settled(id);
    const { executions } = await client.request("executions.list", {
      sessionId: id,
      kind: "startup",
      limit: 100,
    });
    const steps = await Promise.all(
      [...executions].reverse().map(async (execution) => {
        const { events } = await client.request("executions.events", {
          id: execution.id,
          limit: MOST_EVENTS,
        });
        return { execution, events };
      }),
    );
    if (store.getState().session === id) store.setState({ steps, isDone: true });
  }

  return {
    store,
    follow(id) {
      store.setState({ ...NONE, session: id });
      void read(id).catch(fail);
    },
    end: () => store.setState(NONE),
  };
}
