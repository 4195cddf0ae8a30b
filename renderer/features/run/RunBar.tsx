import { Box, CircleStop, FileCode, Play, RotateCcw, ScrollText, SlidersHorizontal } from "lucide-react";
import { useMemo } from "react";
import { useValue, useWorkbench } from "../../state/context";
import { formatLimits } from "../../state/format";
import { isScript } from "../../state/paths";
import { differsFromSnapshot, isLive } from "../../state/sessions";
import { fileTab } from "../../state/reveal";
import { Button, Combobox, IconButton, Tooltip, type ComboboxOption } from "../../ui";
import { RunState } from "./RunState";
import "./run.css";

const NONE = "\u0000none";
const NEW = "\u0000new";

/** What runs, by which template, in which session; Run and Stop. */
export function RunBar() {
  return (
    <section className="run-bar" aria-label="Run bar" data-part="run">
      <ScriptChoice />
      <TemplateChoice />
      <SessionChoice />
      <RunButtons />
      <RunState />
    </section>
  );
}

function ScriptChoice() {
  const { run, files, tabs } = useWorkbench();
  const script = useValue(run.store, (state) => state.script);
  const all = useValue(files.store, (state) => state.all);
  const options = useMemo(() => {
    const paths = all.filter(isScript);
    const listed = script === null || paths.includes(script) ? paths : [script, ...paths];
    return listed.map((path): ComboboxOption => ({
      value: path,
      label: path,
      isPath: true,
      icon: <FileCode size={14} aria-hidden />,
    }));
  }, [all, script]);
  return (
    <Combobox
      label="Script"
      className="run-choice"
      value={script ?? undefined}
      placeholder="Choose a script"
      empty="No script fits."
      options={options}
      icon={<FileCode size={14} aria-hidden />}
      onChange={(path) => {
        run.chooseScript(path);
        tabs.open(fileTab(path));
      }}
    />
  );
}

function TemplateChoice() {
  const { run, templates } = useWorkbench();
  const template = useValue(run.store, (state) => state.template);
  const entries = useValue(templates.store, (state) => state.templates);
  const options = useMemo(() => {
    const icon = <ScrollText size={14} aria-hidden />;
    const usable = entries.filter((entry) => entry.template !== undefined);
    return [
      ...usable.map((entry): ComboboxOption => ({
        value: entry.file,
        label: entry.name,
        hint: Object.keys(entry.template?.modules ?? {}).join(", ") || undefined,
        icon,
      })),
      { value: NONE, label: "No template", hint: "no modules", icon },
    ];
  }, [entries]);
  return (
    <Combobox
      label="Template"
      className="run-choice"
      value={template ?? NONE}
      options={options}
      onChange={(value) => run.chooseTemplate(value === NONE ? null : value)}
    />
  );
}

function SessionChoice() {
  const { run, sessions } = useWorkbench();
  const session = useValue(run.store, (state) => state.session);
  const all = useValue(sessions.store, (state) => state.sessions);
  const options = useMemo(() => {
    const icon = <Box size={14} aria-hidden />;
    return [
      { value: NEW, label: "New session", icon },
      // A session that crashed while it was chosen is still what the console shows.
      ...all
        .filter((candidate) => isLive(candidate) || candidate.id === session)
        .map((candidate): ComboboxOption => ({
          value: candidate.id,
          label: candidate.name,
          hint: !isLive(candidate)
            ? candidate.status
            : candidate.busyWith === undefined
              ? candidate.template.name
              : "busy",
          icon,
          group: isLive(candidate) ? "Live sessions" : "Ended",
        })),
    ];
  }, [all, session]);
  return (
    <Combobox
      label="Session"
      className="run-choice run-choice-session"
      value={session ?? NEW}
      options={options}
      onChange={(value) => run.chooseSession(all.find((candidate) => candidate.id === value)?.id ?? null)}
    />
  );
}

function RunButtons() {
  const { run, sessions, templates, commands, notices } = useWorkbench();
  const { session: id, script, template, phase } = useValue(run.store, (state) => state);
  const session = useValue(sessions.store, (state) =>
    state.sessions.find((candidate) => candidate.id === id),
  );
  const entry = useValue(templates.store, (state) =>
    state.templates.find((candidate) => candidate.template?.id === session?.template.id),
  );
  const chosen = useValue(templates.store, (state) =>
    state.templates.find((candidate) => candidate.file === template),
  );
  const hasInput = useValue(run.store, (state) => {
    const input = script === null ? undefined : state.inputs[script];
    return input !== undefined && (input.args.trim() !== "" || Object.keys(input.env).length > 0);
  });
  const isBusy = phase.kind !== "idle" || session?.busyWith !== undefined;
  const isOutdated =
    session !== undefined &&
    isLive(session) &&
    entry?.template !== undefined &&
    session.unsavedTemplate !== true &&
    differsFromSnapshot(session, entry.template);
  const limits = session?.template.limits ?? chosen?.template?.limits;
  return (
    <div className="run-buttons">
      <Tooltip content="Run the selection or the whole script" shortcut={commands.keysOf("run.script")}>
        <Button
          variant="run"
          icon={<Play size={14} aria-hidden fill="currentColor" />}
          disabled={isBusy || script === null}
          // The editor keeps the focus, and with it the selection that is to be run.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => commands.run("run.script")}
        >
          Run
        </Button>
      </Tooltip>
      <Tooltip content="Stop what runs in this session" shortcut={commands.keysOf("run.stop")}>
        <Button
          icon={<CircleStop size={14} aria-hidden />}
          disabled={!isBusy}
          className={isBusy ? "run-stop" : ""}
          onClick={() => commands.run("run.stop")}
        >
          Stop
        </Button>
      </Tooltip>
      <IconButton
        label="Arguments and environment"
        icon={<SlidersHorizontal aria-hidden />}
        disabled={script === null}
        className={hasInput ? "run-has-input" : ""}
        onClick={() => commands.run("run.input")}
      />
      {isOutdated && (
        <Tooltip content="The template changed since this session started">
          <Button
            size="small"
            className="run-restart"
            icon={<RotateCcw size={13} aria-hidden />}
            onClick={() => notices.attempt(async () => void (await run.restartWithTemplate(session.id)))}
          >
            Restart to apply
          </Button>
        </Tooltip>
      )}
      {limits !== undefined && (
        <span className="run-limits" title="Limits of every execution: computing time, time, memory">
          {formatLimits(limits)}
        </span>
      )}
    </div>
  );
}
