import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { IconButton } from "./Button";
import { cx } from "./cx";
import "./dialog.css";

interface DialogProps {
  /** Its accessible name. */
  title: string;
  open: boolean;
  onClose(): void;
  description?: ReactNode;
  children?: ReactNode;
  /** Buttons, the main one last. */
  actions?: ReactNode;
  size?: "small" | "medium" | "large" | "full";
  /** `alertdialog`: it must be answered; a click beside it does not close it. */
  role?: "dialog" | "alertdialog";
}

/** A modal dialog: focus goes in, stays in and returns to where it came from; Escape closes it. */
export function Dialog({
  title,
  open,
  onClose,
  description,
  children,
  actions,
  size = "medium",
  role = "dialog",
}: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="ui-scrim" />
        <Radix.Content
          className={cx("ui-dialog", `ui-dialog-${size}`)}
          role={role}
          {...(description === undefined ? { "aria-describedby": undefined } : {})}
          onInteractOutside={(event) => {
            // A notice on top of the dialog may be answered without closing it.
            const target = event.target;
            const isNotice = target instanceof Element && target.closest("[data-sonner-toaster]") !== null;
            if (role === "alertdialog" || isNotice) event.preventDefault();
          }}
        >
          <header className="ui-dialog-head">
            <Radix.Title className="ui-dialog-title">{title}</Radix.Title>
            <Radix.Close asChild>
              <IconButton label="Close" icon={<X aria-hidden />} />
            </Radix.Close>
          </header>
          {description !== undefined && (
            <Radix.Description asChild>
              <div className="ui-dialog-description">{description}</div>
            </Radix.Description>
          )}
          {children !== undefined && <div className="ui-dialog-body">{children}</div>}
          {actions !== undefined && <footer className="ui-dialog-actions">{actions}</footer>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
