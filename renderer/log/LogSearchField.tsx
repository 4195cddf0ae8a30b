import { ArrowDown, ArrowUp } from "lucide-react";
import { formatCount } from "../state/format";
import { IconButton, SearchField } from "../ui";
import type { LogSearch } from "./useLogSearch";

interface LogSearchFieldProps {
  label: string;
  query: string;
  onChange(query: string): void;
  search: LogSearch;
}

/** Text search over a log with its hits: Enter leads to the next one, Shift+Enter to the one before. */
export function LogSearchField({ label, query, onChange, search }: LogSearchFieldProps) {
  const { count, current, isSearching, step } = search;
  const isOn = query.trim() !== "";
  return (
    <>
      <SearchField
        label={label}
        className="log-search"
        value={query}
        onChange={onChange}
        onKeyDown={(event) => event.key === "Enter" && step(event.shiftKey ? -1 : 1)}
        status={
          isOn && (
            <span className="log-hits" role="status" data-searching={isSearching || undefined}>
              {hitsText(count, current, isSearching)}
            </span>
          )
        }
      />
      {isOn && (
        <>
          <IconButton
            label="Previous hit"
            icon={<ArrowUp aria-hidden />}
            disabled={count === 0}
            onClick={() => step(-1)}
          />
          <IconButton
            label="Next hit"
            icon={<ArrowDown aria-hidden />}
            disabled={count === 0}
            onClick={() => step(1)}
          />
        </>
      )}
    </>
  );
}

function hitsText(count: number, current: number, isSearching: boolean): string {
  if (count === 0) return isSearching ? "Searching…" : "No hits";
  return `${formatCount(current)} of ${formatCount(count)}${isSearching ? "…" : ""}`;
}
