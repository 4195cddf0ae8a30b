import { useVirtualizer } from "@tanstack/react-virtual";
import Papa from "papaparse";
import { useDeferredValue, useMemo, useRef } from "react";
import { useValue, useWorkbench } from "../../state/context";
import { plural } from "../../state/format";
import { EmptyState } from "../../ui";

const ROW = 24;
const MAX_COLUMNS = 100;

/** A CSV file as a table: the first line names the columns. */
export function CsvPreview({ path }: { path: string }) {
  const { documents } = useWorkbench();
  const text = useDeferredValue(useValue(documents.store, (state) => state.documents[path]?.text ?? ""));
  const { head, rows, problem } = useMemo(() => {
    const parsed = Papa.parse<string[]>(text, { skipEmptyLines: true });
    const [first = [], ...others] = parsed.data;
    // A row may have more cells than the first line has names; nothing of it is left out.
    const width = others.reduce((most, row) => Math.max(most, row.length), first.length);
    return {
      head: Array.from({ length: Math.min(width, MAX_COLUMNS) }, (_, index) => first[index] ?? ""),
      rows: others,
      problem: parsed.errors.find((error) => error.type !== "Delimiter"),
    };
  }, [text]);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 20,
  });
  if (head.length === 0)
    return <EmptyState title="No rows yet">The first line of a CSV file names its columns.</EmptyState>;
  const columns = `56px repeat(${head.length}, minmax(110px, 1fr))`;
  return (
    <div className="csv">
      <p className="csv-note">
        {plural(rows.length, "row")} · {plural(head.length, "column")}
        {problem !== undefined && (
          <span className="csv-problem">
            {" "}
            · {problem.message} (row {problem.row ?? 0})
          </span>
        )}
      </p>
      <div
        ref={scroller}
        className="csv-scroll"
        role="table"
        aria-label={`Table of ${path}`}
        aria-rowcount={rows.length + 1}
        tabIndex={0}
      >
        <div
          role="row"
          className="csv-row csv-head"
          style={{ gridTemplateColumns: columns }}
          aria-rowindex={1}
        >
          <span role="columnheader" className="csv-number">
            #
          </span>
          {head.map((name, index) => (
            <span key={index} role="columnheader">
              {name}
            </span>
          ))}
        </div>
        <div role="rowgroup" className="csv-body" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => (
            <div
              key={item.key}
              role="row"
              aria-rowindex={item.index + 2}
              className="csv-row"
              style={{ gridTemplateColumns: columns, transform: `translateY(${item.start}px)` }}
            >
              <span role="rowheader" className="csv-number">
                {item.index + 1}
              </span>
              {head.map((_, index) => (
                <span key={index} role="cell" title={rows[item.index]?.[index]}>
                  {rows[item.index]?.[index]}
                </span>
              ))}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}
