import { Box, Plus } from "lucide-react";
import { useValue, useWorkbench } from "../../state/context";
import { formatBytes } from "../../state/format";
import { differsFromSnapshot, isLive } from "../../state/sessions";
import type { Workbench } from "../../state/workbench";
import { IconButton } from "../../ui";
import { SessionsView } from "./SessionsView";

function SessionActions() {
  const { commands } = useWorkbench();
  return (
    <IconButton label="New session" icon={<Plus aria-hidden />} onClick={() => commands.run("session.new")} />
  );
}

/** The chosen session: its name, state, memory, and whether its template changed. */
function SessionStatus() {
  const { run, sessions, templates, layout } = useWorkbench();
  const id = useValue(run.store, (state) => state.session);
  const session = useValue(sessions.store, (state) =>
    state.sessions.find((candidate) => candidate.id === id),
  );
  const entry = useValue(templates.store, (state) =>
    state.templates.find((candidate) => candidate.template?.id === session?.template.id),
  );
  if (session === undefined) return <span className="status-item">No session</span>;
  const state = session.status === "ready" && session.busyWith !== undefined ? "busy" : session.status;
  const isOutdated = entry?.template !== undefined && differsFromSnapshot(session, entry.template);
  return (
    <>
      <button
        type="button"
        className="status-item"
        aria-label={`Session ${session.name}: ${state}`}
        onClick={() => layout.showView("sessions")}
      >
        <Box aria-hidden /> {session.name}: {state}
      </button>
      {isOutdated && <span className="status-item status-warning">Template changed since start</span>}
      {session.memoryBytes !== undefined && (
        <span className="status-item" title="Memory of the session's engine">
          {formatBytes(session.memoryBytes)}
        </span>
      )}
    </>
  );
}

/** The Sessions view, its commands, and the session in the status bar. */
export function registerSessions(workbench: Workbench): void {
  const { places, commands, run, sessions, layout } = workbench;
  const chosen = () => {
    const id = run.store.getState().session;
    return id === null ? undefined : sessions.get(id);
  };
  places.views.add({
    id: "sessions",
    title: "Sessions",
    icon: Box,
    order: 3,
    View: SessionsView,
    Actions: SessionActions,
  });
  places.statusItems.add({ id: "session", side: "start", order: 2, View: SessionStatus });
  commands.add(
    {
      id: "session.new",
      title: "New session",
      category: "Session",
      run: async () => {
        layout.showView("sessions");
        await run.startSession();
      },
    },
    {
      id: "session.restart",
      title: "Restart the session",
      category: "Session",
      keys: ["Mod+Shift+R"],
      enabled: () => chosen() !== undefined,
      run: async () => {
        const session = chosen();
        if (session === undefined) return;
        await sessions.close(session.id);
        run.chooseSession((await sessions.restart(session.id)).id);
      },
    },
    {
      id: "session.close",
      title: "Close the session",
      category: "Session",
      enabled: () => chosen() !== undefined,
      run: async () => {
        const session = chosen();
        if (session !== undefined) await sessions.close(session.id);
      },
    },
    {
      id: "session.closeAll",
      title: "Close all sessions",
      category: "Session",
      enabled: () => sessions.store.getState().sessions.some(isLive),
      run: async () => {
        await Promise.all(
          sessions.store
            .getState()
            .sessions.filter(isLive)
            .map(({ id }) => sessions.close(id)),
        );
      },
    },
  );
}
