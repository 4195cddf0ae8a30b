import { Ban, CircleCheck, CircleX, GitCompare, History, LoaderCircle, Timer, Trash2, X } from "lucide-react";
import { useEffect, useMemo, type MouseEvent } from "react";
import type { Execution, ExecutionStatus } from "../../../shared/model/execution";
import { useValue, useWorkbench } from "../../state/context";
import { formatDuration } from "../../state/format";
import { isFiltered } from "../../state/history";
import { Button, ContextMenu, cx, EmptyState, IconButton, Spinner, type MenuEntry } from "../../ui";
import { askAndDelete, changeArguments, exportExecution, openExecution, runAgain } from "./acts";
import { Filters } from "./Filters";
import { durationsTab, executionCompareTab, executionTab, nameOf } from "./tabs";
import { durationOf, executionName, KIND_WORDS, STATUS_WORDS, whenOf } from "./words";
import "./history.css";

/** Executions of the workspace, newest first, with filters. */
export function HistoryView() {
  const workbench = useWorkbench();
  const { history, notices } = workbench;
  const { executions, filter, hasMore, isLoading } = useValue(history.store, (state) => state);
  useEffect(() => notices.attempt(() => history.load()), [history, notices]);
  return (
    <div className="list-view">
      <Filters />
      <Chosen />
      <ul aria-label="Executions" className="list" aria-busy={isLoading}>
        {executions.map((execution) => (
          <ExecutionRow key={execution.id} execution={execution} />
        ))}
        {hasMore && (
          <li className="history-more">
            <Button
              size="small"
              variant="quiet"
              disabled={isLoading}
              onClick={() => notices.attempt(() => history.loadMore())}
            >
              Show older ones
            </Button>
          </li>
        )}
      </ul>
      {executions.length === 0 && !isLoading && (
        <EmptyState
          icon={<History size={22} aria-hidden />}
          title={isFiltered(filter) ? "Nothing fits these filters" : "Nothing has run yet"}
          actions={isFiltered(filter) && <Button onClick={history.clearFilter}>Clear the filters</Button>}
        >
          {isFiltered(filter)
            ? undefined
            : "Every run of a script and every REPL input is kept here, with its output."}
        </EmptyState>
      )}
      {executions.length === 0 && isLoading && <Spinner label="Reading the history" />}
    </div>
  );
}

/** What can be done with the chosen executions. */
function Chosen() {
  const workbench = useWorkbench();
  const { history, tabs, notices } = workbench;
  const { chosen, executions } = useValue(history.store, (state) => state);
  if (chosen.length === 0) return null;
  const picked = executions
    .filter((execution) => chosen.includes(execution.id))
    .sort((a, b) => a.startedAt - b.startedAt);
  const [before, after] = picked;
  return (
    <div className="history-chosen" role="toolbar" aria-label="Chosen executions">
      <span>{chosen.length} chosen</span>
      <Button
        size="small"
        icon={<GitCompare size={12} aria-hidden />}
        disabled={picked.length !== 2}
        onClick={() =>
          before !== undefined && after !== undefined && tabs.open(executionCompareTab(before, after))
        }
      >
        Compare
      </Button>
      <IconButton
        label="Delete the chosen executions"
        icon={<Trash2 aria-hidden />}
        onClick={() => notices.attempt(() => askAndDelete(workbench, chosen))}
      />
      <IconButton label="Choose none" icon={<X aria-hidden />} onClick={history.clearChoice} />
    </div>
  );
}

const ICONS: Readonly<Record<ExecutionStatus, typeof CircleCheck>> = {
  running: LoaderCircle,
  ok: CircleCheck,
  error: CircleX,
  timeout: Timer,
  cancelled: Ban,
  crashed: CircleX,
};

function ExecutionRow({ execution }: { execution: Execution }) {
  const workbench = useWorkbench();
  const { history, tabs, notices } = workbench;
  const isChosen = useValue(history.store, (state) => state.chosen.includes(execution.id));
  const isOpen = useValue(tabs.store, () => tabs.active()?.id === executionTab(execution).id);
  const { words, tone } = STATUS_WORDS[execution.status];
  const Icon = ICONS[execution.status];
  const duration = durationOf(execution);
  const name = useMemo(() => executionName(execution), [execution]);
  const { path } = execution;
  const isRunning = execution.status === "running";
  const open = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey) history.toggle(execution.id);
    else openExecution(workbench, execution, "preview");
  };
  const items: MenuEntry[] = [
    { label: "Open", onSelect: () => openExecution(workbench, execution, "keep") },
    {
      label: "Run again",
      disabled: isRunning || execution.kind === "startup",
      onSelect: () => notices.attempt(() => runAgain(workbench, execution)),
    },
    {
      label: "Run with other arguments…",
      disabled: isRunning || execution.kind !== "runFile",
      onSelect: () => notices.attempt(() => changeArguments(workbench, execution)),
    },
    {
      label: "Choose to compare",
      checked: isChosen,
      onSelect: () => history.toggle(execution.id),
    },
    ...(path === undefined
      ? []
      : [
          { label: `Only ${nameOf(execution)}`, onSelect: () => history.setFilter({ path }) },
          { label: "Durations over time", onSelect: () => tabs.open(durationsTab(path)) },
        ]),
    "separator",
    {
      label: "Export as JSON…",
      disabled: isRunning,
      onSelect: () => notices.attempt(() => exportExecution(workbench, execution.id)),
    },
    {
      label: "Delete",
      danger: true,
      disabled: isRunning,
      onSelect: () => notices.attempt(() => askAndDelete(workbench, [execution.id])),
    },
  ];
  return (
    <li aria-label={name} className="history-item">
      <ContextMenu items={items}>
        <button
          type="button"
          className={cx("list-row", isOpen && "list-row-active", isChosen && "history-row-chosen")}
          aria-label={name}
          aria-pressed={isChosen || undefined}
          title={`${KIND_WORDS[execution.kind]}${path === undefined ? "" : ` ${path}`}`}
          onClick={open}
          onDoubleClick={() => openExecution(workbench, execution, "keep")}
        >
          <span className={`list-icon history-${tone}`}>
            <Icon aria-hidden />
          </span>
          <span className="list-text">
            <span className="list-title">
              <span className={cx("history-name", execution.kind === "repl" && "mono")}>
                {nameOf(execution)}
              </span>
              <span className="history-duration">
                {duration === undefined ? "" : formatDuration(duration)}
              </span>
            </span>
            <span className="list-note">
              {execution.status !== "ok" && <span className={`history-${tone}`}>{words} · </span>}
              {whenOf(execution.startedAt)}
              {execution.templateName !== undefined && ` · ${execution.templateName}`}
            </span>
          </span>
        </button>
      </ContextMenu>
    </li>
  );
}
