import type { ComponentPropsWithRef, ReactNode } from "react";
import { cx } from "./cx";
import { Tooltip } from "./Tooltip";
import "./button.css";

interface ButtonProps extends ComponentPropsWithRef<"button"> {
  /** `primary`: the one act of a place; `danger`: destroys something; `quiet`: no frame until it is pointed at. */
  variant?: "primary" | "secondary" | "quiet" | "danger" | "run";
  size?: "small" | "medium";
  icon?: ReactNode;
}

export function Button({
  variant = "secondary",
  size = "medium",
  icon,
  className,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={cx("ui-button", `ui-button-${variant}`, `ui-button-${size}`, className)}
    >
      {icon}
      {children}
    </button>
  );
}

interface IconButtonProps extends Omit<ComponentPropsWithRef<"button">, "children"> {
  /** Accessible name, shown as a tooltip too. */
  label: string;
  /** Keys to show in the tooltip. */
  shortcut?: string | undefined;
  icon: ReactNode;
  pressed?: boolean;
  side?: "top" | "right" | "bottom" | "left";
}

/** A button that is only an icon; its name appears as a tooltip. */
export function IconButton({
  label,
  shortcut,
  icon,
  pressed,
  side = "bottom",
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip content={label} shortcut={shortcut} side={side}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={pressed}
        {...rest}
        className={cx("ui-icon-button", className)}
      >
        {icon}
      </button>
    </Tooltip>
  );
}
