import { createStore, type StoreApi } from "zustand/vanilla";
import type { TemplateRef } from "../../shared/ipc/templates";
import type { SessionId } from "../../shared/model/ids";
import type { Session } from "../../shared/model/session";
import type { Template } from "../../shared/model/template";
import type { Client } from "./client";

export interface SessionsState {
  /** Newest first. */
  readonly sessions: readonly Session[];
}

/** Live and past sessions. */
export interface SessionsConcern {
  readonly store: StoreApi<SessionsState>;
  load(): Promise<void>;
  get(id: SessionId): Session | undefined;
  create(template: TemplateRef | null, name?: string): Promise<Session>;
  /** Resolves when the session is no longer starting. */
  settled(id: SessionId): Promise<Session | undefined>;
  close(id: SessionId): Promise<void>;
  restart(id: SessionId): Promise<Session>;
  delete(id: SessionId): Promise<void>;
}

export const isLive = (session: Session): boolean =>
  session.status === "starting" || session.status === "ready";

/** Whether a template is not what it was when the session started. Where its schema is found does not count. */
export function differsFromSnapshot(session: Session, template: Template): boolean {
  const essence = ({ $schema: _schema, description: _description, ...rest }: Template) => canonical(rest);
  return essence(session.template) !== essence(template);
}

/** JSON text with sorted keys, so that only contents count. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

export function createSessions(client: Client): SessionsConcern {
  const store = createStore<SessionsState>(() => ({ sessions: [] }));
  const get = (id: SessionId) => store.getState().sessions.find((session) => session.id === id);

  const put = (session: Session) =>
    store.setState(({ sessions }) => ({
      sessions: [session, ...sessions.filter((known) => known.id !== session.id)].sort(
        (a, b) => b.createdAt - a.createdAt,
      ),
    }));

  client.on("session.changed", ({ session }) => put(session));
  client.on("session.removed", ({ id }) =>
    store.setState(({ sessions }) => ({ sessions: sessions.filter((session) => session.id !== id) })),
  );

  return {
    store,
    get,
    async load() {
      const { sessions } = await client.request("sessions.list", {});
      store.setState({ sessions: [...sessions].sort((a, b) => b.createdAt - a.createdAt) });
    },
    async create(template, name) {
      const { session } = await client.request("sessions.create", {
        template,
        ...(name === undefined ? {} : { name }),
      });
      // Its first change may have come before this answer.
      if (get(session.id) === undefined) put(session);
      return get(session.id) ?? session;
    },
    settled(id) {
      return new Promise((resolve) => {
        const check = () => {
          const session = get(id);
          if (session?.status === "starting") return;
          unsubscribe();
          resolve(session);
        };
        const unsubscribe = store.subscribe(check);
        check();
      });
    },
    async close(id) {
      put((await client.request("sessions.close", { id })).session);
    },
    async restart(id) {
      const { session } = await client.request("sessions.restart", { id });
      if (get(session.id) === undefined) put(session);
      return session;
    },
    async delete(id) {
      await client.request("sessions.delete", { id });
      store.setState(({ sessions }) => ({ sessions: sessions.filter((session) => session.id !== id) }));
    },
  };
}
