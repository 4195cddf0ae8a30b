import { Box, Play, RotateCcw, Trash2, X } from "lucide-react";
import { useValue, useWorkbench } from "../../state/context";
import { formatBytes, formatTime } from "../../state/format";
import { differsFromSnapshot, isLive } from "../../state/sessions";
import type { Session } from "../../../shared/model/session";
import { Badge, Button, ContextMenu, cx, EmptyState, IconButton, type MenuEntry, type Tone } from "../../ui";
import { confirmDeleteSession } from "./confirmDeleteSession";
import "./sessions.css";

/** Live sessions first, then those of earlier. */
export function SessionsView() {
  const { sessions, commands } = useWorkbench();
  const all = useValue(sessions.store, (state) => state.sessions);
  if (all.length === 0) {
    return (
      <EmptyState
        icon={<Box size={22} aria-hidden />}
        title="No sessions yet"
        actions={<Button onClick={() => commands.run("session.new")}>New session</Button>}
      >
        A session keeps its variables between runs. Running a script starts one.
      </EmptyState>
    );
  }
  const live = all.filter(isLive);
  const ordered = [...live, ...all.filter((session) => !isLive(session))];
  return (
    <div className="list-view">
      <ul aria-label="Sessions" className="list">
        {ordered.map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </ul>
    </div>
  );
}

function stateOf(session: Session): { words: string; tone: Tone } {
  switch (session.status) {
    case "starting":
      return { words: "starting", tone: "info" };
    case "ready":
      return session.busyWith === undefined
        ? { words: "ready", tone: "success" }
        : { words: "busy", tone: "accent" };
    case "crashed":
      return { words: "crashed", tone: "danger" };
    case "closed":
      return { words: "closed", tone: "neutral" };
  }
}

function SessionRow({ session }: { session: Session }) {
  const workbench = useWorkbench();
  const { sessions, run, notices, templates, layout, commands } = workbench;
  const isChosen = useValue(run.store, (state) => state.session === session.id);
  const entry = useValue(templates.store, (state) =>
    state.templates.find((candidate) => candidate.template?.id === session.template.id),
  );
  const isOutdated =
    isLive(session) &&
    entry?.template !== undefined &&
    session.unsavedTemplate !== true &&
    differsFromSnapshot(session, entry.template);
  const { words, tone } = stateOf(session);
  const live = isLive(session);
  const choose = () => {
    if (!live) return;
    run.chooseSession(session.id);
    layout.showPanel("console");
  };
  const restart = () =>
    notices.attempt(async () => {
      if (live) await sessions.close(session.id);
      const next = await sessions.restart(session.id);
      run.chooseSession(next.id);
    });
  const compare = () =>
    entry !== undefined &&
    commands.run("template.compare", { before: `session:${session.id}`, after: `file:${entry.file}` });
  const items: MenuEntry[] = [
    { label: "Use for runs", disabled: !live, checked: isChosen, onSelect: choose },
    { label: live ? "Restart" : "Start again", onSelect: restart },
    {
      label: "Close",
      disabled: session.status === "closed",
      onSelect: () => notices.attempt(() => sessions.close(session.id)),
    },
    {
      label: "Compare its snapshot with the template",
      disabled: entry?.template === undefined,
      onSelect: compare,
    },
    "separator",
    {
      label: "Delete with its history",
      danger: true,
      onSelect: () => notices.attempt(() => confirmDeleteSession(workbench, session)),
    },
  ];
  const reason = session.lastError?.message ?? session.reason;
  return (
    <li>
      <ContextMenu items={items}>
        <div className={cx("list-row session-row", isChosen && "list-row-active")}>
          <span className={cx("session-dot", `session-dot-${tone}`)} aria-hidden />
          <div className="list-text">
            <span className="list-title">
              <button
                type="button"
                className="session-name"
                aria-label={session.name}
                aria-description={words}
                disabled={!live}
                onClick={choose}
              >
                {session.name}
              </button>
              <Badge tone={tone}>{words}</Badge>
            </span>
            <span className="list-note">
              {session.template.name}
              {session.unsavedTemplate === true && " (unsaved)"} · {formatTime(session.createdAt, false)}
              {live && session.memoryBytes !== undefined && ` · ${formatBytes(session.memoryBytes)}`}
            </span>
            {!live && reason !== undefined && <span className="session-reason">{reason}</span>}
            {isOutdated && (
              <span className="session-outdated">
                Template changed since this session started – restart to apply.
                <Button
                  size="small"
                  onClick={() =>
                    notices.attempt(async () => void (await run.restartWithTemplate(session.id)))
                  }
                >
                  Restart
                </Button>
                <Button size="small" variant="quiet" onClick={compare}>
                  What changed
                </Button>
              </span>
            )}
          </div>
          <span className="session-acts">
            <IconButton
              label={`${live ? "Restart" : "Start again"} ${session.name}`}
              icon={live ? <RotateCcw aria-hidden /> : <Play aria-hidden />}
              onClick={restart}
            />
            {session.status !== "closed" && (
              <IconButton
                label={`Close ${session.name}`}
                icon={<X aria-hidden />}
                onClick={() => notices.attempt(() => sessions.close(session.id))}
              />
            )}
            {!live && (
              <IconButton
                label={`Delete ${session.name}`}
                icon={<Trash2 aria-hidden />}
                onClick={() => notices.attempt(() => confirmDeleteSession(workbench, session))}
              />
            )}
          </span>
        </div>
      </ContextMenu>
    </li>
  );
}
