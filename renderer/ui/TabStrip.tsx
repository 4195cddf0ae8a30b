import { useRef, type KeyboardEvent, type ReactNode } from "react";
import { cx } from "./cx";
import "./tabs.css";

export interface TabItem {
  readonly id: string;
  /** The tab's name. */
  readonly label: string;
  readonly icon?: ReactNode;
  /** A number or mark after the label; not part of the name. */
  readonly badge?: ReactNode;
}

interface TabStripProps {
  label: string;
  tabs: readonly TabItem[];
  active: string | undefined;
  onChange(id: string): void;
  /** Element id of the panel that the tabs control. */
  panelId: string;
  className?: string;
}

/** A row of tabs; arrow keys, Home and End move between them. */
export function TabStrip({ label, tabs, active, onChange, panelId, className }: TabStripProps) {
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const index = tabs.findIndex((tab) => tab.id === active);
    const target = nextIndex(event.key, index, tabs.length);
    const tab = target === undefined ? undefined : tabs[target];
    if (tab === undefined || target === undefined) return;
    event.preventDefault();
    onChange(tab.id);
    const element = list.current?.children[target];
    if (element instanceof HTMLElement) element.focus();
  };
  return (
    <div
      ref={list}
      role="tablist"
      aria-label={label}
      className={cx("ui-tabs", className)}
      onKeyDown={onKeyDown}
    >
      {tabs.map((tab) => (
        <button
          key={tab.id}
          type="button"
          role="tab"
          id={`${panelId}-tab-${tab.id}`}
          aria-selected={tab.id === active}
          aria-controls={panelId}
          aria-label={tab.label}
          tabIndex={tab.id === active ? 0 : -1}
          className="ui-tab"
          onClick={() => onChange(tab.id)}
        >
          {tab.icon}
          {tab.label}
          {tab.badge}
        </button>
      ))}
    </div>
  );
}

/** Index that a key of the tab pattern moves to; `undefined` for other keys. */
export function nextIndex(key: string, index: number, length: number): number | undefined {
  switch (key) {
    case "ArrowRight":
    case "ArrowDown":
      return (index + 1) % length;
    case "ArrowLeft":
    case "ArrowUp":
      return (index - 1 + length) % length;
    case "Home":
      return 0;
    case "End":
      return length - 1;
    default:
      return undefined;
  }
}
