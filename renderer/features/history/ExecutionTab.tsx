import { Ellipsis, GitCompare, LineChart, RotateCcw } from "lucide-react";
import { useId, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { ConsoleLevel } from "../../../shared/model/event";
import { CodeBlock } from "../../monaco/CodeBlock";
import { languageOf } from "../../monaco/languages";
import { ErrorBlock } from "../../log/ErrorBlock";
import { LogSearchField } from "../../log/LogSearchField";
import { RowList } from "../../log/RowList";
import { SourceLink } from "../../log/SourceLink";
import { useLogSearch } from "../../log/useLogSearch";
import { ValueTree } from "../../log/ValueTree";
import { eventRow } from "../../state/consoleRows";
import { useValue, useWorkbench } from "../../state/context";
import { formatBytes, formatCount, formatDuration, outcomeOf, plural } from "../../state/format";
import type { ExecutionRecord } from "../../state/history";
import type { TabProps } from "../../state/places";
import { isLive } from "../../state/sessions";
import { Badge, Button, EmptyState, IconButton, Menu, Spinner, TabStrip, type MenuEntry } from "../../ui";
import { askAndDelete, changeArguments, exportExecution, runAgain } from "./acts";
import { durationsTab, executionCompareTab, executionOf, nameOf } from "./tabs";
import { useRecord } from "./useRecord";
import { durationOf, KIND_WORDS, STATUS_WORDS, whenOf } from "./words";
import "./history.css";

/** One execution of the past, with everything that was kept of it. */
export function ExecutionTab({ tab }: TabProps) {
  const { record, problem } = useRecord(executionOf(tab));
  if (record !== undefined) return <Execution record={record} />;
  if (problem !== undefined) return <EmptyState title="This execution cannot be shown">{problem}</EmptyState>;
  return (
    <div className="execution-loading">
      <Spinner label="Reading the execution" />
    </div>
  );
}

type Part = "events" | "input" | "result" | "template";
const PARTS: readonly Part[] = ["events", "input", "result", "template"];

/** Height of a low window in pixels; history.css says the same. */
const LOW = 260;

function Execution({ record }: { record: ExecutionRecord }) {
  const { execution, events, total } = record;
  const [part, setPart] = useState<Part>("events");
  const panelId = useId();
  const frame = useRef<HTMLDivElement>(null);
  const tabs = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (frame.current === null || tabs.current === null || frame.current.clientHeight > LOW) return;
    // Where there is no room for both, what it printed comes first; the head is one scroll above.
    frame.current.scrollTop +=
      tabs.current.getBoundingClientRect().top - frame.current.getBoundingClientRect().top;
  }, []);
  return (
    <div ref={frame} className="execution">
      <Head record={record} />
      <div ref={tabs} className="execution-tabs">
        <TabStrip
          label="Execution"
          active={part}
          panelId={panelId}
          onChange={(id) => setPart(PARTS.find((each) => each === id) ?? "events")}
          tabs={[
            {
              id: "events",
              label: "Events",
              badge: <span className="execution-count">{formatCount(total)}</span>,
            },
            { id: "input", label: "Input" },
            { id: "result", label: execution.error === undefined ? "Result" : "Error" },
            { id: "template", label: "Template" },
          ]}
        />
      </div>
      <div className="execution-body" role="tabpanel" id={panelId} aria-labelledby={`${panelId}-tab-${part}`}>
        {part === "events" && <Events record={record} events={events} />}
        {part === "input" && <Input record={record} />}
        {part === "result" && <Result record={record} />}
        {part === "template" && <Template record={record} />}
      </div>
    </div>
  );
}

function Head({ record }: { record: ExecutionRecord }) {
  const workbench = useWorkbench();
  const { tabs, notices, history } = workbench;
  const { execution } = record;
  const { words, tone } = STATUS_WORDS[execution.status];
  const { title, detail } = outcomeOf(execution);
  const duration = durationOf(execution);
  const { metrics, path } = execution;
  const isRunning = execution.status === "running";
  const compareWithPrevious = () =>
    notices.attempt(async () => {
      const before =
        path === undefined
          ? undefined
          : (await history.runsOf(path)).filter((other) => other.startedAt < execution.startedAt).at(-1);
      if (before === undefined)
        notices.show({
          severity: "info",
          message: `There is no earlier execution of ${nameOf(execution)} to compare with.`,
        });
      else tabs.open(executionCompareTab(before, execution));
    });
  const items: MenuEntry[] = [
    {
      label: "Run with other arguments…",
      disabled: isRunning || execution.kind !== "runFile",
      onSelect: () => notices.attempt(() => changeArguments(workbench, execution)),
    },
    {
      label: "Run again as it was then",
      disabled: isRunning || path === undefined,
      onSelect: () => notices.attempt(() => runAgain(workbench, execution, "then")),
    },
    {
      label: "Export as JSON…",
      disabled: isRunning,
      onSelect: () => notices.attempt(() => exportExecution(workbench, execution.id)),
    },
    "separator",
    {
      label: "Delete",
      danger: true,
      disabled: isRunning,
      onSelect: () => notices.attempt(() => askAndDelete(workbench, [execution.id])),
    },
  ];
  return (
    <header className="execution-head">
      <div className="execution-title">
        <h1>
          {path === undefined ? (
            <span className="mono">{nameOf(execution)}</span>
          ) : (
            <SourceLink place={{ path, line: 1 }} label={path} />
          )}
        </h1>
        <Badge tone={tone}>{words}</Badge>
        <span className="muted">
          {KIND_WORDS[execution.kind]} · {whenOf(execution.startedAt)}
          {execution.templateName !== undefined && ` · ${execution.templateName}`}
        </span>
        <span className="execution-acts">
          <Button
            size="small"
            icon={<RotateCcw size={12} aria-hidden />}
            disabled={isRunning || execution.kind === "startup"}
            onClick={() => notices.attempt(() => runAgain(workbench, execution))}
          >
            Run again
          </Button>
          {path !== undefined && (
            <IconButton
              label="Compare with the execution before"
              icon={<GitCompare aria-hidden />}
              onClick={compareWithPrevious}
            />
          )}
          {path !== undefined && (
            <IconButton
              label="Durations over time"
              icon={<LineChart aria-hidden />}
              onClick={() => tabs.open(durationsTab(path))}
            />
          )}
          <Menu items={items} align="end">
            <IconButton label="More acts" icon={<Ellipsis aria-hidden />} />
          </Menu>
        </span>
      </div>
      {execution.status !== "ok" && !isRunning && (
        <p className="execution-outcome selectable">
          {title}
          {detail !== "" && `. ${detail}`}
        </p>
      )}
      <dl className="execution-metrics" aria-label="Metrics">
        <Fact name="In all" value={duration === undefined ? "–" : formatDuration(duration)} />
        {metrics !== undefined && (
          <>
            <Fact name="Computing" value={formatDuration(metrics.cpuMs)} />
            <Fact name="Peak memory" value={formatBytes(metrics.memoryPeakBytes)} />
            <Fact name="Events" value={formatCount(metrics.events)} />
            <Fact name="Output" value={formatBytes(metrics.outputBytes)} />
            <Fact name="Host calls" value={formatCount(metrics.hostCalls)} />
          </>
        )}
      </dl>
    </header>
  );
}

const Fact = ({ name, value }: { name: string; value: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
);

const NOTHING_HIDDEN: ReadonlySet<ConsoleLevel> = new Set();

function Events({ record, events }: { record: ExecutionRecord; events: ExecutionRecord["events"] }) {
  const { sessions } = useWorkbench();
  const { execution, total } = record;
  const live = useValue(sessions.store, (state) =>
    state.sessions.find((session) => session.id === execution.sessionId && isLive(session)),
  );
  const rows = useMemo(() => events.map((event) => eventRow(execution.id, event)), [events, execution.id]);
  const [query, setQuery] = useState("");
  const search = useLogSearch(rows, query, NOTHING_HIDDEN);
  return (
    <div className="execution-events log-area">
      <div className="execution-search" role="group" aria-label="Event tools">
        <LogSearchField label="Search the events" query={query} onChange={setQuery} search={search} />
        {total > events.length && (
          <p className="muted" role="status">
            {formatCount(events.length)} of {plural(total, "event")}
          </p>
        )}
      </div>
      <RowList label="Events" rows={rows} sessionId={live?.id} query={query} hit={search.hit} still>
        <EmptyState title="No events">It printed nothing.</EmptyState>
      </RowList>
    </div>
  );
}

function Input({ record }: { record: ExecutionRecord }) {
  const { execution } = record;
  const { args, env, path, source } = execution;
  return (
    <div className="execution-scroll">
      {args !== undefined && (
        <>
          <h2>Arguments</h2>
          <CodeBlock label="Arguments" code={JSON.stringify(args, null, 2)} language="json" />
        </>
      )}
      {env !== undefined && Object.keys(env).length > 0 && (
        <>
          <h2>Environment</h2>
          <CodeBlock label="Environment" code={JSON.stringify(env, null, 2)} language="json" />
        </>
      )}
      <h2>{path === undefined ? "Input" : "The script as it ran"}</h2>
      <CodeBlock
        label="Input"
        code={source}
        language={path === undefined ? "javascript" : languageOf(path)}
        className="execution-code"
      />
    </div>
  );
}

function Result({ record }: { record: ExecutionRecord }) {
  const { execution } = record;
  const { result, error } = execution;
  return (
    <div className="execution-scroll execution-result selectable">
      {error !== undefined && (
        <ErrorBlock error={error} query="" sessionId={undefined} treeKey={`history:${execution.id}:error`} />
      )}
      {result !== undefined && (
        <ValueTree value={result} sessionId={undefined} treeKey={`history:${execution.id}`} />
      )}
      {error === undefined && result === undefined && <p className="muted">It gave no value.</p>}
    </div>
  );
}

function Template({ record }: { record: ExecutionRecord }) {
  const { session, execution } = record;
  if (session === null) {
    return (
      <EmptyState title="The snapshot is gone">
        The session “{execution.templateName ?? "without a template"}” ran in was deleted, and its snapshot
        with it.
      </EmptyState>
    );
  }
  return (
    <div className="execution-scroll">
      <p className="muted">
        The template as the session had it, every default filled in. Later edits of the file did not change
        it.
      </p>
      <CodeBlock
        label="Template snapshot"
        code={JSON.stringify(session.template, null, 2)}
        language="json"
        className="execution-code"
      />
    </div>
  );
}
