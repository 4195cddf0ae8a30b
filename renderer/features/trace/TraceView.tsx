import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef, useState } from "react";
import type { ExecutionEvent } from "../../../shared/model/event";
import { eventText, tableInWords } from "../../../shared/model/event-text";
import type { Execution } from "../../../shared/model/execution";
import type { ConsoleRow } from "../../state/consoleRows";
import { useValue, useWorkbench } from "../../state/context";
import { executionTitle, formatDuration, formatTime, outcomeOf } from "../../state/format";
import { Combobox, cx, EmptyState } from "../../ui";
import { Ruler } from "./Ruler";
import "./trace.css";

const ROW = 22;
const NO_ROWS: readonly ConsoleRow[] = [];

/** An execution's events on a time line. */
export function TraceView() {
  const { run, executions, console: output } = useWorkbench();
  const sessionId = useValue(run.store, (state) => state.session);
  const last = useValue(run.store, (state) => state.last);
  const rows = useValue(output.store, (state) =>
    sessionId === null ? NO_ROWS : (state.rows[sessionId] ?? NO_ROWS),
  );
  const known = useValue(executions.store, (state) => state.executions);
  // A choice holds until something new runs.
  const [chosen, setChosen] = useState<{ id: string; since: string | null }>();
  const ids = useMemo(() => [...new Set(rows.map((row) => row.executionId))].reverse(), [rows]);
  const id = ids.find((candidate) => candidate === chosen?.id && chosen.since === last) ?? ids[0];
  const execution = id === undefined ? undefined : known[id];
  const events = useMemo(
    () => rows.flatMap((row) => (row.kind === "event" && row.executionId === id ? [row.event] : [])),
    [rows, id],
  );
  if (execution === undefined)
    return (
      <EmptyState title="No trace yet">
        Run something: its events appear here in order, with their times.
      </EmptyState>
    );
  return (
    <div className="trace">
      <div className="trace-bar">
        <Combobox
          label="Execution"
          value={id}
          className="trace-choice"
          onChange={(next) => setChosen({ id: next, since: last })}
          options={ids.flatMap((candidate) => {
            const listed = known[candidate];
            return listed === undefined
              ? []
              : [
                  {
                    value: candidate,
                    label: executionTitle(listed),
                    hint: `${formatTime(listed.startedAt, false)} · ${listed.status}`,
                  },
                ];
          })}
        />
        <span className="muted">{outcomeOf(execution).title}</span>
      </div>
      <Timeline execution={execution} events={events} />
    </div>
  );
}

function Timeline({ execution, events }: { execution: Execution; events: readonly ExecutionEvent[] }) {
  const scroller = useRef<HTMLDivElement>(null);
  const end = Math.max(execution.endedAt ?? 0, events.at(-1)?.ts ?? 0, execution.startedAt + 1);
  const span = end - execution.startedAt;
  const virtual = useVirtualizer({
    count: events.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 15,
  });
  return (
    <>
      <Ruler
        start={execution.startedAt}
        span={span}
        events={events}
        onPick={(index) => virtual.scrollToIndex(index, { align: "center" })}
      />
      <div
        ref={scroller}
        className="trace-scroll"
        role="table"
        aria-label={`Trace of ${executionTitle(execution)}`}
        aria-rowcount={events.length}
        tabIndex={0}
      >
        <div role="rowgroup" className="trace-rows" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const event = events[item.index];
            if (event === undefined) return null;
            const offset = event.ts - execution.startedAt;
            const previous = events[item.index - 1];
            return (
              <div
                key={item.key}
                role="row"
                aria-rowindex={item.index + 1}
                className="trace-row"
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <span role="cell" className="trace-seq">
                  {event.seq}
                </span>
                <span role="cell" className="trace-time">
                  {formatDuration(Math.max(0, offset))}
                </span>
                <span role="cell" className="trace-delta" title="Since the event before">
                  {previous === undefined ? "" : `+${formatDuration(Math.max(0, event.ts - previous.ts))}`}
                </span>
                <span role="cell" className={cx("trace-type", `trace-${event.type}`)}>
                  {event.type === "console" ? `console.${event.payload.method}` : event.type}
                </span>
                <span role="cell" className="trace-text">
                  {(tableInWords(event) ?? eventText(event)).slice(0, 400)}
                </span>
              </div>
            );
          })}
        </div>
      </div>
    </>
  );
}
