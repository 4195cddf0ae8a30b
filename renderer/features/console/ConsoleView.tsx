import { useMemo, useState } from "react";
import { useValue, useWorkbench } from "../../state/context";
import { EmptyState } from "../../ui";
import { ConsoleToolbar } from "./ConsoleToolbar";
import { useConsoleOptions } from "../../log/options";
import { filterRows, foldGroups, matchingRows } from "../../log/filter";
import { RowList } from "../../log/RowList";
import "./console.css";

/** The chosen session's output as it happens. */
export function ConsoleView() {
  const { run, console: output, sessions } = useWorkbench();
  const chosen = useValue(run.store, (state) => state.session);
  const newest = useValue(sessions.store, (state) => state.sessions[0]?.id);
  const sessionId = chosen ?? newest;
  const rows = useValue(output.store, (state) =>
    sessionId === undefined ? undefined : state.rows[sessionId],
  );
  const options = useConsoleOptions();
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const [current, setCurrent] = useState(0);
  const levelled = useMemo(() => filterRows(rows ?? [], options.hidden), [rows, options.hidden]);
  const shown = useMemo(() => foldGroups(levelled, folded), [levelled, folded]);
  const hits = useMemo(() => matchingRows(shown, options.query), [shown, options.query]);
  const hit = hits.length === 0 ? undefined : hits[Math.min(current, hits.length - 1)];
  const toggleGroup = (key: string) => {
    const next = new Set(folded);
    if (!next.delete(key)) next.add(key);
    setFolded(next);
  };
  return (
    <div className="console">
      <ConsoleToolbar
        sessionId={sessionId}
        rows={shown}
        hits={hits.length}
        current={hits.length === 0 ? 0 : Math.min(current, hits.length - 1) + 1}
        onStep={(by) =>
          setCurrent(
            hits.length === 0 ? 0 : (Math.min(current, hits.length - 1) + by + hits.length) % hits.length,
          )
        }
      />
      <RowList
        label="Console"
        rows={shown}
        sessionId={sessionId}
        query={options.query}
        hitIndex={hit}
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
