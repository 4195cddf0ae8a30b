import { AlertTriangle, CircleX, Info, LoaderCircle } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./cx";
import "./parts.css";

export type Tone = "neutral" | "accent" | "success" | "warning" | "danger" | "info";

/** A few words in a coloured pill. */
export function Badge({
  tone = "neutral",
  children,
  className,
}: {
  tone?: Tone;
  children: ReactNode;
  className?: string;
}) {
  return <span className={cx("ui-badge", `ui-badge-${tone}`, className)}>{children}</span>;
}

/** What a place shows while it has nothing: what it is for, and what to do next. */
export function EmptyState({
  icon,
  title,
  children,
  actions,
}: {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className="ui-empty">
      {icon !== undefined && <span className="ui-empty-icon">{icon}</span>}
      <p className="ui-empty-title">{title}</p>
      {children !== undefined && <div className="ui-empty-text">{children}</div>}
      {actions !== undefined && <div className="ui-empty-actions">{actions}</div>}
    </div>
  );
}

/** Something is under way; with a label, a screen reader says what. */
export function Spinner({ label }: { label?: string }) {
  return (
    <span className="ui-spinner" role={label === undefined ? undefined : "status"} aria-label={label}>
      <LoaderCircle size={14} aria-hidden />
    </span>
  );
}

const CALLOUT_ICONS = { info: Info, warning: AlertTriangle, danger: CircleX } as const;

/** A remark inside a page: what is the case, and buttons for what can be done. */
export function Callout({
  tone,
  children,
  actions,
}: {
  tone: keyof typeof CALLOUT_ICONS;
  children: ReactNode;
  actions?: ReactNode;
}) {
  const Icon = CALLOUT_ICONS[tone];
  return (
    <div className={cx("ui-callout", `ui-callout-${tone}`)} role={tone === "danger" ? "alert" : "status"}>
      <Icon size={15} aria-hidden />
      <div className="ui-callout-text">{children}</div>
      {actions !== undefined && <div className="ui-callout-actions">{actions}</div>}
    </div>
  );
}
