import { CircleAlert, CircleCheck, RotateCcw, TriangleAlert } from "lucide-react";
import type { ExecutionId } from "../../shared/model/ids";
import { useValue, useWorkbench } from "../state/context";
import { formatBytes, formatCount, formatDuration, outcomeOf, wasLimited } from "../state/format";
import { isLive } from "../state/sessions";
import { Button } from "../ui";
import { OpenTemplate } from "./OpenTemplate";

const ICONS = { success: CircleCheck, warning: TriangleAlert, danger: CircleAlert } as const;

/** How an execution ended: what happened, what it cost, and a restart where the session needs one. */
export function OutcomeLine({ executionId }: { executionId: ExecutionId }) {
  const { executions, sessions, run, notices } = useWorkbench();
  const execution = useValue(executions.store, (state) => state.executions[executionId]);
  const session = useValue(sessions.store, (state) =>
    state.sessions.find((candidate) => candidate.id === execution?.sessionId),
  );
  if (execution === undefined || execution.status === "running") return null;
  if (execution.kind === "repl" && execution.status === "ok") return null;
  const { tone, title, detail, aftermath } = outcomeOf(execution);
  // An error and a limit have said above what happened.
  const words = execution.status === "error" || execution.status === "timeout" ? aftermath : detail;
  const Icon = tone === "running" ? undefined : ICONS[tone];
  const { metrics } = execution;
  const facts =
    metrics === undefined
      ? []
      : [
          `CPU ${formatDuration(metrics.cpuMs)}`,
          `peak ${formatBytes(metrics.memoryPeakBytes)}`,
          `${formatCount(metrics.events)} ${metrics.events === 1 ? "event" : "events"}`,
        ];
  const needsRestart = execution.error?.code === "MEMORY_LIMIT_EXCEEDED" || session?.status === "crashed";
  return (
    <div
      className={`log-outcome log-outcome-${tone}`}
      data-execution-id={execution.id}
      data-execution-status={execution.status}
    >
      {Icon !== undefined && <Icon size={13} aria-hidden />}
      <span className="log-outcome-title">{title}</span>
      {words !== "" && <span className="log-outcome-detail">{words}</span>}
      <span className="log-outcome-facts">{facts.join(" · ")}</span>
      {wasLimited(execution) && <OpenTemplate sessionId={execution.sessionId} />}
      {needsRestart && session !== undefined && (
        <Button
          size="small"
          icon={<RotateCcw size={12} aria-hidden />}
          onClick={() =>
            notices.attempt(async () => {
              if (isLive(session)) await sessions.close(session.id);
              run.chooseSession((await sessions.restart(session.id)).id);
            })
          }
        >
          Restart the session
        </Button>
      )}
    </div>
  );
}
