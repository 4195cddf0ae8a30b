import { useId, useMemo, useState } from "react";
import { DiffView } from "../../monaco/DiffView";
import { languageOf } from "../../monaco/languages";
import { eventText } from "../../../shared/model/event-text";
import { formatBytes, formatCount, formatDuration } from "../../state/format";
import type { ExecutionRecord } from "../../state/history";
import type { TabProps } from "../../state/places";
import { Badge, EmptyState, Spinner, TabStrip } from "../../ui";
import { executionOf, nameOf } from "./tabs";
import { useRecord } from "./useRecord";
import { durationOf, STATUS_WORDS, whenOf } from "./words";
import "./history.css";

const PARTS = [
  { id: "output", label: "Output" },
  { id: "code", label: "Code" },
  { id: "template", label: "Template" },
] as const;
type Part = (typeof PARTS)[number]["id"];

/** Two executions compared: output, code and template as diffs, metrics side by side. */
export function CompareTab({ tab }: TabProps) {
  const before = useRecord(executionOf(tab, "before"));
  const after = useRecord(executionOf(tab, "after"));
  const [part, setPart] = useState<Part>("output");
  const panelId = useId();
  const problem = before.problem ?? after.problem;
  const [left, right] = [before.record, after.record];
  const texts = useMemo(
    () =>
      left === undefined || right === undefined
        ? undefined
        : { before: textOf(left, part), after: textOf(right, part) },
    [left, right, part],
  );
  if (problem !== undefined) return <EmptyState title="These cannot be compared">{problem}</EmptyState>;
  if (left === undefined || right === undefined || texts === undefined) {
    return (
      <div className="execution-loading">
        <Spinner label="Reading the executions" />
      </div>
    );
  }
  const isSame = texts.before === texts.after;
  const { path } = right.execution;
  return (
    <div className="execution">
      <table className="execution-table" aria-label="Metrics of both">
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">Execution</span>
            </th>
            <th scope="col">Status</th>
            <th scope="col">In all</th>
            <th scope="col">Computing</th>
            <th scope="col">Peak memory</th>
            <th scope="col">Events</th>
          </tr>
        </thead>
        <tbody>
          <MetricsRow label="Before" record={left} />
          <MetricsRow label="After" record={right} />
        </tbody>
      </table>
      <div className="execution-tabs">
        <TabStrip
          label="Compared"
          tabs={PARTS}
          active={part}
          panelId={panelId}
          onChange={(id) => setPart(PARTS.find((each) => each.id === id)?.id ?? "output")}
        />
        {isSame && <Badge tone="success">identical</Badge>}
      </div>
      <div className="execution-body" role="tabpanel" id={panelId} aria-labelledby={`${panelId}-tab-${part}`}>
        <DiffView
          before={texts.before}
          after={texts.after}
          language={
            part === "template"
              ? "json"
              : part === "code"
                ? path === undefined
                  ? "javascript"
                  : languageOf(path)
                : "plaintext"
          }
          label={PARTS.find((each) => each.id === part)?.label ?? ""}
        />
      </div>
    </div>
  );
}

function MetricsRow({ label, record }: { label: string; record: ExecutionRecord }) {
  const { execution } = record;
  const { metrics } = execution;
  const duration = durationOf(execution);
  return (
    <tr>
      <th scope="row">
        <span className="muted">{label}</span> {nameOf(execution)}{" "}
        <span className="muted">{whenOf(execution.startedAt)}</span>
      </th>
      <td>
        <Badge tone={STATUS_WORDS[execution.status].tone}>{STATUS_WORDS[execution.status].words}</Badge>
      </td>
      <td>{duration === undefined ? "–" : formatDuration(duration)}</td>
      <td>{metrics === undefined ? "–" : formatDuration(metrics.cpuMs)}</td>
      <td>{metrics === undefined ? "–" : formatBytes(metrics.memoryPeakBytes)}</td>
      <td>{metrics === undefined ? "–" : formatCount(metrics.events)}</td>
    </tr>
  );
}

function textOf(record: ExecutionRecord, part: Part): string {
  switch (part) {
    case "output":
      return record.events
        .filter((event) => event.type !== "inputEcho")
        .map(eventText)
        .join("\n");
    case "code":
      return record.execution.source;
    case "template":
      return record.session === null ? "" : `${JSON.stringify(record.session.template, null, 2)}\n`;
  }
}
