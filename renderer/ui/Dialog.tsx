import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import "./button.css";
import { cx } from "./cx";
import "./dialog.css";
import { ReturnFocus } from "./ReturnFocus";

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
          onOpenAutoFocus={(event) => {
            // The first thing to fill in, not the button that closes; without one, the dialog itself.
            event.preventDefault();
            const content = event.currentTarget;
            if (!(content instanceof HTMLElement)) return;
            const first = content.querySelector<HTMLElement>(
              ".ui-dialog-body :is(input, textarea, button, [tabindex='0'])",
            );
            (first ?? content).focus();
          }}
          onInteractOutside={(event) => {
            // A notice on top of the dialog may be answered without closing it.
            const target = event.target;
            const isNotice = target instanceof Element && target.closest("[data-sonner-toaster]") !== null;
            if (role === "alertdialog" || isNotice) event.preventDefault();
          }}
        >
          <ReturnFocus />
          <header className="ui-dialog-head">
            <Radix.Title className="ui-dialog-title">{title}</Radix.Title>
            <Radix.Close className="ui-icon-button" aria-label="Close" title="Close">
              <X aria-hidden />
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
