import { useMemo } from "react";
import type { ConsoleRow } from "../../state/consoleRows";
import { useValue, useWorkbench } from "../../state/context";
import { RowList } from "../../log/RowList";
import { EmptyState } from "../../ui";
import { ReplInput } from "./ReplInput";
import "./repl.css";

const NO_ROWS: readonly ConsoleRow[] = [];

/** Input and results on the live session that the run bar names. */
export function ReplView() {
  const { run, console: output, executions } = useWorkbench();
  const sessionId = useValue(run.store, (state) => state.session);
  const rows = useValue(output.store, (state) =>
    sessionId === null ? NO_ROWS : (state.rows[sessionId] ?? NO_ROWS),
  );
  const known = useValue(executions.store, (state) => state.executions);
  const shown = useMemo(() => rows.filter((row) => known[row.executionId]?.kind === "repl"), [rows, known]);
  return (
    <div className="repl">
      <RowList label="REPL results" rows={shown} sessionId={sessionId ?? undefined}>
        <EmptyState title="Try things on the live session">
          Variables stay between inputs, top-level await works, and $_ is the last result.
        </EmptyState>
      </RowList>
      <ReplInput />
    </div>
  );
}
