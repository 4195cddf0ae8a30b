import { useMemo } from "react";
import { useValue, useWorkbench } from "../../state/context";
import { formatBytes, formatCount, formatDuration } from "../../state/format";
import { EmptyState } from "../../ui";
import { Plot } from "./Plot";
import "./metrics.css";

const MB = 1024 * 1024;

/** What the chosen session costs: its memory over time, and time and memory of each execution. */
export function MetricsView() {
  const { run, sessions, executions, samples } = useWorkbench();
  const sessionId = useValue(run.store, (state) => state.session);
  const session = useValue(sessions.store, (state) =>
    state.sessions.find((candidate) => candidate.id === sessionId),
  );
  const known = useValue(executions.store, (state) => state.executions);
  const memory = useValue(samples.store, (state) =>
    sessionId === null ? undefined : state.bySession[sessionId],
  );
  const ended = useMemo(
    () =>
      Object.values(known)
        .filter((execution) => execution.sessionId === sessionId && execution.metrics !== undefined)
        .sort((a, b) => a.startedAt - b.startedAt),
    [known, sessionId],
  );
  const memoryData = useMemo(() => {
    // Peaks of executions fill the time between samples.
    const points = [
      ...(memory ?? []).map(({ at, bytes }) => ({ at, bytes })),
      ...ended.map(({ endedAt, startedAt, metrics }) => ({
        at: endedAt ?? startedAt,
        bytes: metrics?.memoryPeakBytes ?? 0,
      })),
    ];
    points.sort((a, b) => a.at - b.at);
    return [points.map(({ at }) => at / 1000), points.map(({ bytes }) => bytes / MB)] as const;
  }, [memory, ended]);
  const timeData = useMemo(
    () =>
      [
        ended.map((_, index) => index + 1),
        ended.map(({ metrics }) => metrics?.cpuMs ?? 0),
        ended.map(({ metrics }) => metrics?.wallMs ?? 0),
      ] as const,
    [ended],
  );
  const last = ended.at(-1)?.metrics;
  if (session === undefined)
    return (
      <EmptyState title="No session is chosen">
        Run a script, or choose a live session in the run bar.
      </EmptyState>
    );
  const { limits } = session.template;
  const facts: readonly (readonly [string, string, string?])[] =
    last === undefined
      ? []
      : [
          ["Computing", formatDuration(last.cpuMs), `of ${formatDuration(limits.cpuMs)}`],
          ["Time", formatDuration(last.wallMs), `of ${formatDuration(limits.wallMs)}`],
          ["Peak memory", formatBytes(last.memoryPeakBytes), `of ${limits.memoryMb} MB`],
          ["Events", formatCount(last.events), `of ${formatCount(limits.maxEvents)}`],
          ["Output", formatBytes(last.outputBytes), `of ${formatBytes(limits.maxOutputKb * 1024)}`],
          ["Host calls", formatCount(last.hostCalls)],
        ];
  return (
    <div className="metrics" role="region" aria-label="Metrics of the session" tabIndex={0}>
      <dl className="metrics-facts" aria-label="Last execution">
        {facts.map(([name, value, limit]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {value} {limit !== undefined && <span className="muted">{limit}</span>}
            </dd>
          </div>
        ))}
        {last === undefined && <p className="muted">Nothing has run in this session yet.</p>}
      </dl>
      <div className="metrics-plots">
        <Plot
          title={`Memory of ${session.name}, MB`}
          kind="time"
          data={memoryData}
          series={[{ label: "Memory (MB)", colour: "--accent", fill: true }]}
        />
        <Plot
          title="Time of each execution, ms"
          kind="count"
          data={timeData}
          series={[
            { label: "Computing (ms)", colour: "--success" },
            { label: "Total (ms)", colour: "--info" },
          ]}
        />
      </div>
    </div>
  );
}
