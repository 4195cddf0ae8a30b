import { useEffect, useMemo, useState } from "react";
import type { ConsoleRow } from "../../state/consoleRows";
import { useValue, useWorkbench } from "../../state/context";
import { EmptyState } from "../../ui";
import { ConsoleToolbar } from "./ConsoleToolbar";
import { useConsoleOptions } from "../../log/options";
import { filterRows, foldGroups } from "../../log/filter";
import { keyOfHit } from "../../log/hits";
import { RowList } from "../../log/RowList";
import { useLogSearch } from "../../log/useLogSearch";
import "./console.css";

const NO_ROWS: readonly ConsoleRow[] = [];

/** The chosen session's output as it happens. */
export function ConsoleView() {
  const { run, console: output, sessions, notices } = useWorkbench();
  const chosen = useValue(run.store, (state) => state.session);
  const newest = useValue(sessions.store, (state) => state.sessions[0]?.id);
  const sessionId = chosen ?? newest;
  const rows = useValue(output.store, (state) =>
    sessionId === undefined ? undefined : state.rows[sessionId],
  );
  const options = useConsoleOptions();
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const levelled = useMemo(() => filterRows(rows ?? NO_ROWS, options.hidden), [rows, options.hidden]);
  const shown = useMemo(() => foldGroups(levelled, folded), [levelled, folded]);
  const search = useLogSearch(shown, options.query, options.hidden, output.search);
  const { hit } = search;
  useEffect(() => {
    if (hit === undefined || sessionId === undefined) return;
    if (output.rowsOf(sessionId).some(({ key }) => key === keyOfHit(hit))) return;
    notices.attempt(() => output.loadAround(sessionId, hit.executionId, hit.seq));
  }, [hit, sessionId, output, notices]);
  const toggleGroup = (key: string) => {
    const next = new Set(folded);
    if (!next.delete(key)) next.add(key);
    setFolded(next);
  };
  return (
    <div className="console log-area">
      <ConsoleToolbar sessionId={sessionId} all={rows ?? NO_ROWS} rows={shown} search={search} />
      <RowList
        label="Console"
        rows={shown}
        sessionId={sessionId}
        query={options.query}
        hit={hit}
        folded={folded}
        onToggleGroup={toggleGroup}
      >
        <EmptyState title="Nothing printed yet">
          Run a script: what it prints, its result and its errors appear here as they happen.
        </EmptyState>
      </RowList>
    </div>
  );
}
