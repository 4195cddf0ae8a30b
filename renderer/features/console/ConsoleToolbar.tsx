import { ArrowDownToLine, Clock, Copy, Eraser, ListFilter } from "lucide-react";
import { useMemo, useState } from "react";
import { CONSOLE_LEVELS, type ConsoleLevel } from "../../../shared/model/event";
import type { SessionId } from "../../../shared/model/ids";
import type { ConsoleRow } from "../../state/consoleRows";
import { useValue, useWorkbench } from "../../state/context";
import { formatCount } from "../../state/format";
import { IconButton, Menu } from "../../ui";
import { textOf } from "../../log/filter";
import { countLevels } from "../../log/levels";
import { LogSearchField } from "../../log/LogSearchField";
import { consoleOptions, useConsoleOptions } from "../../log/options";
import type { LogSearch } from "../../log/useLogSearch";

const WORDS: Readonly<Record<ConsoleLevel, string>> = {
  debug: "Debug",
  log: "Log",
  info: "Info",
  warn: "Warnings",
  error: "Errors",
};

interface ConsoleToolbarProps {
  sessionId: SessionId | undefined;
  /** Every row that is loaded. */
  all: readonly ConsoleRow[];
  /** Those that are shown. */
  rows: readonly ConsoleRow[];
  search: LogSearch;
}

/** Search, levels, time stamps, follow, copy and clear. */
export function ConsoleToolbar({ sessionId, all, rows, search }: ConsoleToolbarProps) {
  const { clipboard, console: output } = useWorkbench();
  const { query, timestamps, follow } = useConsoleOptions();
  const events = () => rows.flatMap((row) => (row.kind === "event" ? [row.event] : []));
  return (
    <div className="console-bar" role="group" aria-label="Console tools">
      <LogSearchField
        label="Search the console"
        query={query}
        onChange={(next) => consoleOptions.setState({ query: next })}
        search={search}
      />
      <LevelsMenu rows={all} query={query} />
      <span className="console-gap" />
      <IconButton
        label="Time stamps"
        pressed={timestamps}
        icon={<Clock aria-hidden />}
        onClick={() => consoleOptions.setState({ timestamps: !timestamps })}
      />
      <IconButton
        label="Follow new lines"
        pressed={follow}
        icon={<ArrowDownToLine aria-hidden />}
        onClick={() => consoleOptions.setState({ follow: !follow })}
      />
      <Menu
        align="end"
        items={[
          {
            label: "Copy as text",
            onSelect: () => clipboard.copy(rows.map(textOf).filter(Boolean).join("\n"), "the console"),
          },
          {
            label: "Copy as JSON",
            onSelect: () => clipboard.copy(JSON.stringify(events(), null, 2), "the events"),
          },
        ]}
      >
        <button type="button" className="ui-icon-button" aria-label="Copy" title="Copy">
          <Copy aria-hidden />
        </button>
      </Menu>
      <IconButton
        label="Clear the console"
        icon={<Eraser aria-hidden />}
        disabled={sessionId === undefined}
        onClick={() => sessionId !== undefined && output.clear(sessionId)}
      />
    </div>
  );
}

/** Which levels are shown, and how much each of them has: events or, while searching, hits. */
function LevelsMenu({ rows, query }: { rows: readonly ConsoleRow[]; query: string }) {
  const { console: output } = useWorkbench();
  const { hidden } = useConsoleOptions();
  const found = useValue(output.search.store, (state) => state);
  const [isOpen, setOpen] = useState(false);
  const levels = useMemo(
    () => (isOpen ? countLevels(rows, query, found) : undefined),
    [isOpen, rows, query, found],
  );
  const toggle = (level: ConsoleLevel) => {
    const next = new Set(hidden);
    if (!next.delete(level)) next.add(level);
    consoleOptions.setState({ hidden: next });
  };
  return (
    <Menu
      onOpenChange={setOpen}
      items={[
        {
          label: "All levels",
          checked: hidden.size === 0,
          onSelect: () => consoleOptions.setState({ hidden: new Set() }),
        },
        {
          label: "Errors only",
          checked: hidden.size === 4 && !hidden.has("error"),
          onSelect: () =>
            consoleOptions.setState({
              hidden: new Set(CONSOLE_LEVELS.filter((level) => level !== "error")),
            }),
        },
        "separator",
        ...CONSOLE_LEVELS.toReversed().map((level) => ({
          label: WORDS[level],
          checked: !hidden.has(level),
          note:
            levels === undefined
              ? undefined
              : `${formatCount(levels.counts[level])}${levels.hasMore ? "+" : ""}`,
          onSelect: () => toggle(level),
        })),
      ]}
    >
      <button type="button" className="console-levels" aria-label="Levels">
        <ListFilter size={14} aria-hidden />
        <span className="console-levels-words">
          {hidden.size === 0
            ? "All levels"
            : `${CONSOLE_LEVELS.length - hidden.size} of ${CONSOLE_LEVELS.length} levels`}
        </span>
      </button>
    </Menu>
  );
}
