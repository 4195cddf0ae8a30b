import { CircleCheck, CircleX } from "lucide-react";
import type { SessionId } from "../../../../shared/model/ids";
import { useValue, useWorkbench } from "../../../state/context";
import { eventText } from "../../../../shared/model/event-text";
import { formatDuration, outcomeOf } from "../../../state/format";
import { Button, Dialog, Spinner } from "../../../ui";
import "./dialogs.css";

/** The startup trace of a session that exists only for this. */
export function DryRunDialog({ id, name, close }: { id: SessionId; name: string; close(): void }) {
  const { sessions, startupTrace } = useWorkbench();
  const session = useValue(sessions.store, (state) => state.sessions.find((each) => each.id === id));
  const { steps, isDone } = useValue(startupTrace.store, (state) => state);
  return (
    <Dialog
      title={`Dry run of ${name}`}
      open
      onClose={close}
      size="medium"
      description="A session of its own, started from the template as it stands in the editor. It is removed when you close this."
      actions={
        <Button variant="primary" onClick={close}>
          Close
        </Button>
      }
    >
      {!isDone ? (
        <p className="dry-wait">
          <Spinner /> Startup files are running…
        </p>
      ) : (
        <>
          <p className="dry-result" role="status">
            {session?.status === "ready" ? (
              <>
                <CircleCheck size={15} className="dry-ok" aria-hidden /> The session would be ready.
              </>
            ) : (
              <>
                <CircleX size={15} className="dry-failed" aria-hidden /> The session would not start:{" "}
                {session?.lastError?.message ?? session?.reason ?? "its engine was lost."}
              </>
            )}
          </p>
          <ol className="dry-steps" aria-label="Startup trace">
            {steps.map(({ execution, events }) => (
              <li key={execution.id}>
                <p>
                  <span className="mono">{execution.path}</span>{" "}
                  <span className="muted">
                    {outcomeOf(execution).title}
                    {execution.metrics === undefined
                      ? ""
                      : ` · ${formatDuration(execution.metrics.cpuMs)} computing`}
                  </span>
                </p>
                {events.length > 0 && (
                  <pre className="dry-events selectable">
                    {events
                      .filter((event) => event.type !== "inputEcho")
                      .map((event) => eventText(event))
                      .join("\n")}
                  </pre>
                )}
              </li>
            ))}
          </ol>
        </>
      )}
    </Dialog>
  );
}
