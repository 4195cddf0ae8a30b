import { useEffect, useState } from "react";

const OVERLAY = '[role="dialog"], [role="alertdialog"], [role="menu"]';

/** What had the focus last outside of dialogs and menus: a menu that opens a dialog is gone when that closes. */
let lastOutside: Element | null = null;
if (typeof document !== "undefined") {
  document.addEventListener("focusin", ({ target }) => {
    if (target instanceof Element && target.closest(OVERLAY) === null) lastOutside = target;
  });
}

/**
 * Inside a dialog: gives the focus back when the dialog goes, to what had it before. Radix does so for a dialog that
 * has a trigger; ours are opened by commands. Whatever took the focus meanwhile keeps it.
 */
export function ReturnFocus() {
  const [before] = useState(() => [document.activeElement, lastOutside]);
  useEffect(
    () => () => {
      setTimeout(() => {
        if (document.activeElement !== null && document.activeElement !== document.body) return;
        const target = before.find((element) => element?.isConnected === true && element !== document.body);
        if (target instanceof HTMLElement) target.focus();
      });
    },
    [before],
  );
  return null;
}
