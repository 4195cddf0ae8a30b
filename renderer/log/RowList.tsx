import { useVirtualizer } from "@tanstack/react-virtual";
import {
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type MouseEvent,
  type ReactNode,
} from "react";
import type { SessionId } from "../../shared/model/ids";
import type { ConsoleRow } from "../state/consoleRows";
import { useWorkbench } from "../state/context";
import { ContextMenu, type MenuEntry } from "../ui";
import { textOf } from "./filter";
import { keyOfHit, type Hit } from "./hits";
import { consoleOptions, useConsoleOptions } from "./options";
import { Row } from "./Row";
import { rowMenu } from "./rowMenu";
import "./log.css";

interface RowListProps {
  label: string;
  rows: readonly ConsoleRow[];
  sessionId: SessionId | undefined;
  query?: string;
  /** The search hit that is looked at; scrolled into view when it is another, and when its row comes. */
  hit?: Hit | undefined;
  folded?: ReadonlySet<string>;
  onToggleGroup?(key: string): void;
  /** The rows are those of the past: the view stays where it is. */
  still?: boolean;
  /** Shown while there are no rows. */
  children?: ReactNode;
}

const LINE = 20;
const NEAR_END = 24;
/** Longer texts are shown by their beginning. */
const MAX_ESTIMATED_LINES = 26;

/** A log: only the rows in view exist, heights are measured, the newest line stays in view while following. */
export function RowList({
  label,
  rows,
  sessionId,
  query = "",
  hit,
  folded = NONE,
  onToggleGroup,
  still = false,
  children,
}: RowListProps) {
  const workbench = useWorkbench();
  const [menu, setMenu] = useState<readonly MenuEntry[]>([]);
  const scroller = useRef<HTMLDivElement>(null);
  const follow = useConsoleOptions().follow && !still;
  // Scrolling up ends following; the distance decides, because our own scrolling raises the same event.
  const lastTop = useRef(0);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => {
      const row = rows[index];
      return row === undefined
        ? LINE
        : 4 + LINE * Math.min(MAX_ESTIMATED_LINES, textOf(row).split("\n").length);
    },
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 16,
  });
  const height = virtual.getTotalSize();

  useLayoutEffect(() => {
    const element = scroller.current;
    if (follow && element !== null) {
      element.scrollTop = element.scrollHeight;
      lastTop.current = element.scrollTop;
    }
  }, [follow, rows, height]);

  const hitIndex = useMemo(() => {
    const key = hit === undefined ? undefined : keyOfHit(hit);
    return key === undefined ? -1 : rows.findIndex((row) => row.key === key);
  }, [rows, hit]);
  const isThere = hitIndex !== -1;
  useEffect(() => {
    if (!isThere) return;
    consoleOptions.setState({ follow: false });
    virtual.scrollToIndex(hitIndex, { align: "center" });
    // A moving list must not pull the hit back.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [hit, isThere]);

  const onScroll = () => {
    const element = scroller.current;
    if (element === null || still) return;
    const isAtEnd = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END;
    if (element.scrollTop < lastTop.current - 2 && !isAtEnd) consoleOptions.setState({ follow: false });
    else if (isAtEnd && element.scrollTop > lastTop.current && !consoleOptions.getState().follow)
      consoleOptions.setState({ follow: true });
    lastTop.current = element.scrollTop;
  };

  const menuAt = ({ target }: MouseEvent) => {
    const index =
      target instanceof Element ? target.closest("[data-index]")?.getAttribute("data-index") : null;
    const selection = getSelection();
    const isInside = scroller.current?.contains(selection?.anchorNode ?? null) === true;
    const selected = isInside ? (selection?.toString() ?? "") : "";
    setMenu(rowMenu(workbench, index == null ? undefined : rows[Number(index)], selected));
  };

  return (
    <ContextMenu items={menu}>
      <div
        ref={scroller}
        className="log"
        role="log"
        aria-label={label}
        aria-live="off"
        tabIndex={0}
        onScroll={onScroll}
        onContextMenuCapture={menuAt}
      >
        {rows.length === 0 && children}
        <div className="log-rows" style={{ height }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            return (
              row !== undefined && (
                <div
                  key={item.key}
                  ref={virtual.measureElement}
                  data-index={item.index}
                  className="log-row"
                  data-hit={item.index === hitIndex || undefined}
                  style={{ transform: `translateY(${item.start}px)` }}
                >
                  <Row
                    row={row}
                    sessionId={sessionId}
                    query={query}
                    folded={folded}
                    onToggleGroup={onToggleGroup}
                  />
                </div>
              )
            );
          })}
        </div>
      </div>
    </ContextMenu>
  );
}

const NONE: ReadonlySet<string> = new Set();
