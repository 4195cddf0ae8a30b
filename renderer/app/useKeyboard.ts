import { useEffect } from "react";
import { useWorkbench } from "../state/context";
import { keysOfEvent } from "../ui";

/** Gives every shortcut of the command registry its meaning, before the focused part sees the key. */
export function useKeyboard(): void {
  const { commands, dialogs } = useWorkbench();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const keys = keysOfEvent(event);
      if (keys === undefined || event.isComposing) return;
      // Behind a modal dialog nothing else reacts.
      const isModal =
        dialogs.store.getState().open.length > 0 ||
        document.querySelector(
          '[role="dialog"][data-state="open"],[role="alertdialog"][data-state="open"]',
        ) !== null;
      if (isModal && keys !== "Mod+.") return;
      if (!commands.runKeys(keys)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener("keydown", onKeyDown, { capture: true });
    return () => window.removeEventListener("keydown", onKeyDown, { capture: true });
  }, [commands, dialogs]);
}
