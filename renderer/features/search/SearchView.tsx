import { CaseSensitive, Regex, WholeWord } from "lucide-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef } from "react";
import type { SearchMatch } from "../../../shared/ipc/workspace";
import { useValue, useWorkbench } from "../../state/context";
import { groupBy } from "../../state/group";
import { plural } from "../../state/format";
import type { SearchState } from "../../state/search";
import { EmptyState, IconButton, SearchField, Spinner } from "../../ui";
import { fileIcon } from "../../ui/fileIcon";
import "./search.css";

const DELAY_MS = 250;
const ROW = 23;

type Row =
  | { readonly kind: "file"; readonly path: string; readonly count: number }
  | { readonly kind: "match"; readonly match: SearchMatch };

/** Finds text in the workspace's files; what .gitignore ignores is left out. */
export function SearchView() {
  const { search, reveal, announcer } = useWorkbench();
  const state = useValue(search.store, (current) => current);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => {
    const byPath = groupBy(state.matches, (match) => match.path);
    return [...byPath].flatMap(([path, matches]): Row[] => [
      { kind: "file", path, count: matches.length },
      ...matches.map((match): Row => ({ kind: "match", match })),
    ]);
  }, [state.matches]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 15,
  });
  const words = wordsOf(state.status, state.matches.length);

  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (state.status.kind === "done") announcer.say(`Search: ${words}`);
  }, [announcer, state.status.kind, words]);

  const type = (query: string) => {
    search.store.setState({ query });
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void search.search({ query }), DELAY_MS);
  };
  return (
    <div className="search">
      <div className="search-form">
        <SearchField
          label="Find in files"
          className="search-query"
          value={state.query}
          autoFocus
          onChange={type}
          onKeyDown={(event) => event.key === "Enter" && void search.search({})}
        />
        <div className="search-options">
          <IconButton
            label="Match case"
            pressed={state.caseSensitive}
            icon={<CaseSensitive aria-hidden />}
            onClick={() => void search.search({ caseSensitive: !state.caseSensitive })}
          />
          <IconButton
            label="Whole words"
            pressed={state.wholeWord}
            icon={<WholeWord aria-hidden />}
            onClick={() => void search.search({ wholeWord: !state.wholeWord })}
          />
          <IconButton
            label="Regular expression"
            pressed={state.regex}
            icon={<Regex aria-hidden />}
            onClick={() => void search.search({ regex: !state.regex })}
          />
          <span className="search-words" role="status">
            {state.status.kind === "searching" && <Spinner />} {words}
          </span>
          {state.status.kind === "searching" && (
            <button type="button" className="source-link" onClick={search.cancel}>
              Cancel
            </button>
          )}
        </div>
      </div>
      <div ref={scroller} className="search-results">
        {state.query === "" && (
          <EmptyState title="Find in files">
            Results appear as you type. Ignored files are left out.
          </EmptyState>
        )}
        <ul aria-label="Search results" className="search-rows" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            return (
              <li key={item.key} className="search-row" style={{ transform: `translateY(${item.start}px)` }}>
                {row.kind === "file" ? (
                  <span className="search-file">
                    {fileIcon(row.path)}
                    <span className="search-path">{row.path}</span>
                    <span className="muted">{row.count}</span>
                  </span>
                ) : (
                  <button
                    type="button"
                    className="search-match"
                    onClick={() => reveal.show(row.match, { preview: true })}
                  >
                    <span className="search-line">{row.match.line}</span>
                    <MatchText match={row.match} />
                  </button>
                )}
              </li>
            );
          })}
        </ul>
      </div>
    </div>
  );
}

/** Shows the match with a little of what stands before it. */
function MatchText({ match: { text, column, length } }: { match: SearchMatch }) {
  const start = column - 1;
  const from = start > 30 ? start - 24 : text.length - text.trimStart().length;
  const begin = Math.min(from, start);
  return (
    <span className="search-text">
      {begin > 0 && start > 30 && "…"}
      {text.slice(begin, start)}
      <mark>{text.slice(start, start + length)}</mark>
      {text.slice(start + length, start + length + 200)}
    </span>
  );
}

function wordsOf(status: SearchState["status"], soFar: number): string {
  switch (status.kind) {
    case "idle":
      return "";
    case "searching":
      return soFar === 0 ? "Searching…" : `${plural(soFar, "match", "matches")} so far`;
    case "failed":
      return status.message;
    case "done":
      return status.matches === 0
        ? "Nothing found"
        : `${plural(status.matches, "match", "matches")} in ${plural(status.files, "file")}${status.truncated ? ", more not shown" : ""}`;
  }
}
