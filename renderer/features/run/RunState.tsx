import { Activity, CircleAlert, CircleCheck, TriangleAlert } from "lucide-react";
import { useEffect, useState } from "react";
import { useValue, useWorkbench } from "../../state/context";
import { formatBytes, formatDuration, outcomeOf } from "../../state/format";
import { Spinner } from "../../ui";

const TICK_MS = 100;
const ICONS = { success: CircleCheck, warning: TriangleAlert, danger: CircleAlert } as const;

/** Time and memory while something runs; how it ended afterwards. */
export function RunState() {
  const { run, sessions, executions } = useWorkbench();
  const { session: id, phase, last } = useValue(run.store, (state) => state);
  const session = useValue(sessions.store, (state) =>
    state.sessions.find((candidate) => candidate.id === id),
  );
  const running = useValue(executions.store, (state) =>
    session?.busyWith === undefined ? undefined : state.executions[session.busyWith],
  );
  const ended = useValue(executions.store, (state) => (last === null ? undefined : state.executions[last]));

  if (phase.kind === "stopping") {
    return (
      <p className="run-state">
        <Spinner /> Stopping…
      </p>
    );
  }
  if (running !== undefined || phase.kind === "starting" || session?.status === "starting") {
    const since = running?.startedAt ?? (phase.kind === "starting" ? phase.since : session?.createdAt);
    const limit = running === undefined ? undefined : session?.template.limits.wallMs;
    return (
      <p className="run-state">
        {/* The time ticks beside it: a picture that turns would only keep the window drawing. */}
        {running === undefined ? <Spinner /> : <Activity size={14} aria-hidden />}
        {running === undefined ? "Starting" : "Running"}{" "}
        {since !== undefined && <Elapsed since={since} limit={limit} />}
        {session?.memoryBytes !== undefined && (
          <span className="run-memory"> · {formatBytes(session.memoryBytes)}</span>
        )}
      </p>
    );
  }
  if (ended === undefined || ended.status === "running") return <p className="run-state" />;
  const { tone, title, detail } = outcomeOf(ended);
  const Icon = tone === "running" ? undefined : ICONS[tone];
  const memory = ended.metrics === undefined ? "" : ` · ${formatBytes(ended.metrics.memoryPeakBytes)}`;
  return (
    <p className={`run-state run-state-${tone}`} title={detail || undefined}>
      {Icon !== undefined && <Icon size={14} aria-hidden />}
      <span className="run-outcome">{title}</span>
      <span className="run-memory">{memory}</span>
    </p>
  );
}

function Elapsed({ since, limit }: { since: number; limit: number | undefined }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  const elapsed = Math.max(0, now - since);
  return (
    <span className="run-elapsed">
      {elapsed < 950 ? `${Math.round(elapsed / 100) * 100} ms` : `${(elapsed / 1000).toFixed(1)} s`}
      {limit !== undefined && (
        <>
          <span className="muted"> of {formatDuration(limit)}</span>
          <span className="run-meter" aria-hidden>
            <span style={{ width: `${Math.min(100, (elapsed / limit) * 100)}%` }} />
          </span>
        </>
      )}
    </span>
  );
}
