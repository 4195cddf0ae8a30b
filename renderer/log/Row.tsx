import { ChevronRight, CircleAlert, CornerDownLeft, Info, Play, TriangleAlert } from "lucide-react";
import { memo } from "react";
import type { ConsolePayload, ExecutionEvent } from "../../shared/model/event";
import type { SessionId } from "../../shared/model/ids";
import type { ConsoleRow } from "../state/consoleRows";
import { useValue, useWorkbench } from "../state/context";
import { executionTitle, formatCount, formatTime, plural } from "../state/format";
import { Button, cx } from "../ui";
import { isFolded, opensGroup } from "./filter";
import { useConsoleOptions } from "./options";
import { OutcomeLine } from "./OutcomeLine";
import { ErrorBlock } from "./ErrorBlock";
import { LongText } from "./LongText";
import { Marked } from "./Marked";
import { SourceLink } from "./SourceLink";
import { toggleWhole, treeStore } from "./treeState";
import { ValueTree } from "./ValueTree";

interface RowProps {
  row: ConsoleRow;
  sessionId: SessionId | undefined;
  query: string;
  folded: ReadonlySet<string>;
  onToggleGroup: ((key: string) => void) | undefined;
}

/** One row of a log. */
export const Row = memo(function Row({ row, sessionId, query, folded, onToggleGroup }: RowProps) {
  switch (row.kind) {
    case "start":
      return <StartLine row={row} />;
    case "end":
      return <OutcomeLine executionId={row.executionId} />;
    case "gap":
      return <GapLine row={row} sessionId={sessionId} />;
    case "event":
      return (
        <EventLine
          row={row}
          sessionId={sessionId}
          query={query}
          isFolded={isFolded(row, folded)}
          onToggleGroup={onToggleGroup}
        />
      );
  }
});

function StartLine({ row }: { row: Extract<ConsoleRow, { kind: "start" }> }) {
  const { executions } = useWorkbench();
  const execution = useValue(executions.store, (state) => state.executions[row.executionId]);
  if (execution === undefined || execution.kind === "repl") return null;
  return (
    <div className="log-start">
      <Play size={11} aria-hidden />
      <span>
        {execution.kind === "startup" && "Startup file "}
        {execution.path === undefined ? (
          executionTitle(execution)
        ) : (
          <SourceLink place={{ path: execution.path, line: 1 }} label={execution.path} />
        )}
      </span>
      <span className="log-time">{formatTime(execution.startedAt, false)}</span>
    </div>
  );
}

function GapLine({
  row,
  sessionId,
}: {
  row: Extract<ConsoleRow, { kind: "gap" }>;
  sessionId: SessionId | undefined;
}) {
  const { console: output, notices } = useWorkbench();
  return (
    <div className="log-gap">
      {formatCount(row.count)} earlier events are in the history.
      {sessionId !== undefined && (
        <Button size="small" onClick={() => notices.attempt(() => output.loadEarlier(sessionId, row))}>
          Load earlier events
        </Button>
      )}
    </div>
  );
}

interface EventLineProps {
  row: Extract<ConsoleRow, { kind: "event" }>;
  sessionId: SessionId | undefined;
  query: string;
  isFolded: boolean;
  onToggleGroup: ((key: string) => void) | undefined;
}

function EventLine({ row, sessionId, query, isFolded: folded, onToggleGroup }: EventLineProps) {
  const { timestamps } = useConsoleOptions();
  const { event } = row;
  const location = event.type === "console" ? event.payload.location : undefined;
  const group = event.type === "console" ? (event.payload.group ?? 0) : 0;
  return (
    <div className={cx("log-line", `log-${toneOf(event)}`, opensGroup(row) && "log-group")}>
      {timestamps && <span className="log-time">{formatTime(event.ts)}</span>}
      {group > 0 && <span className="log-indent" style={{ width: group * 14 }} aria-hidden />}
      <span className="log-icon">
        {opensGroup(row) ? (
          <button
            type="button"
            className="log-fold"
            aria-expanded={!folded}
            aria-label="Group"
            onClick={() => onToggleGroup?.(row.key)}
          >
            <ChevronRight size={12} aria-hidden />
          </button>
        ) : (
          iconOf(event)
        )}
      </span>
      <div className="log-body selectable">
        <EventBody event={event} sessionId={sessionId} query={query} treeKey={row.key} />
      </div>
      {location !== undefined && <SourceLink place={location} className="log-source" />}
    </div>
  );
}

function toneOf(event: ExecutionEvent): string {
  switch (event.type) {
    case "console":
      return event.payload.level;
    case "exception":
    case "stderr":
      return "error";
    case "system":
      return "system";
    case "value":
      return "value";
    case "inputEcho":
      return "input";
    case "stdout":
      return "log";
  }
}

function iconOf(event: ExecutionEvent) {
  switch (toneOf(event)) {
    case "error":
      return <CircleAlert size={12} aria-label="Error" />;
    case "warn":
      return <TriangleAlert size={12} aria-label="Warning" />;
    case "info":
    case "system":
      return <Info size={12} aria-hidden />;
    case "value":
      return <CornerDownLeft size={12} aria-label="Result" />;
    case "input":
      return <ChevronRight size={12} aria-label="Input" />;
    default:
      return null;
  }
}

function EventBody({
  event,
  sessionId,
  query,
  treeKey,
}: {
  event: ExecutionEvent;
  sessionId: SessionId | undefined;
  query: string;
  treeKey: string;
}) {
  switch (event.type) {
    case "console":
      return <ConsoleBody payload={event.payload} sessionId={sessionId} query={query} treeKey={treeKey} />;
    case "value":
      return <ValueTree value={event.payload.value} sessionId={sessionId} treeKey={treeKey} />;
    case "exception":
      return <ErrorBlock error={event.payload} query={query} sessionId={sessionId} treeKey={treeKey} />;
    case "system":
      return <Marked text={event.payload.message} query={query} />;
    case "stdout":
    case "stderr":
      return <LongText text={event.payload.text.replace(/\n$/, "")} query={query} textKey={treeKey} />;
    case "inputEcho":
      return <LongText text={event.payload.source} query={query} textKey={treeKey} />;
  }
}

function ConsoleBody({
  payload,
  sessionId,
  query,
  treeKey,
}: {
  payload: ConsolePayload;
  sessionId: SessionId | undefined;
  query: string;
  treeKey: string;
}) {
  if (payload.table !== undefined)
    return <ConsoleTable {...payload.table} query={query} tableKey={treeKey} />;
  const text = withoutIndent(payload.text, payload.group ?? 0);
  const args = payload.args ?? [];
  const hasObjects = args.some((arg) => arg.type === "object" || arg.type === "function");
  // While searching, plain text shows where the hits are; format strings are text already.
  if (!hasObjects || query.trim() !== "")
    return <LongText text={text} query={query} links textKey={treeKey} />;
  const [first, ...rest] = args;
  const isFormat = first?.type === "string" && first.preview.includes("%") && rest.length > 0;
  if (isFormat) {
    return (
      <span className="log-args">
        <LongText text={text} query={query} links textKey={treeKey} />
        {rest
          .filter((arg) => arg.type === "object")
          .map((arg, index) => (
            <ValueTree key={index} value={arg} sessionId={sessionId} treeKey={`${treeKey}/${index}`} />
          ))}
      </span>
    );
  }
  return (
    <span className="log-args">
      {args.map((arg, index) =>
        arg.type === "string" ? (
          <span key={index}>
            <LongText
              text={typeof arg.json === "string" ? arg.json : arg.preview}
              query=""
              links
              textKey={`${treeKey}/${index}`}
            />
          </span>
        ) : (
          <ValueTree key={index} value={arg} sessionId={sessionId} treeKey={`${treeKey}/${index}`} />
        ),
      )}
    </span>
  );
}

/** The text carries the indentation of its groups, as Node prints it; the row shows it as space of its own. */
function withoutIndent(text: string, group: number): string {
  if (group === 0) return text;
  const indent = " ".repeat(group * 2);
  return text
    .split("\n")
    .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
    .join("\n");
}

/** Rows of a table that are shown at first. */
const TABLE_ROWS = 50;

function ConsoleTable({
  columns,
  rows,
  query,
  tableKey,
}: {
  columns: readonly string[];
  rows: readonly (readonly string[])[];
  query: string;
  tableKey: string;
}) {
  const isWhole = useValue(treeStore, (state) => state.whole.has(tableKey)) || query.trim() !== "";
  const rest = rows.length - TABLE_ROWS;
  return (
    <div className="log-table-box">
      <table className="log-table">
        <thead>
          <tr>
            {columns.map((column, index) => (
              <th key={index} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {(isWhole ? rows : rows.slice(0, TABLE_ROWS)).map((cells, index) => (
            <tr key={index}>
              {cells.map((cell, column) => (
                <td key={column}>
                  <Marked text={cell} query={query} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rest > 0 && query.trim() === "" && (
        <button type="button" className="source-link log-more" onClick={() => toggleWhole(tableKey)}>
          {isWhole ? "Show less" : `Show ${plural(rest, "more row")}`}
        </button>
      )}
    </div>
  );
}
