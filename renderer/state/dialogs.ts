import type { ReactNode } from "react";
import { createStore, type StoreApi } from "zustand/vanilla";

interface OpenDialog {
  readonly id: number;
  readonly node: ReactNode;
}

/** Modal dialogs, the newest on top. */
export interface Dialogs {
  readonly store: StoreApi<{ readonly open: readonly OpenDialog[] }>;
  /** Shows what `render` makes and waits for its answer; `undefined` when it was dismissed. */
  ask<Answer>(render: (close: (answer?: Answer) => void) => ReactNode): Promise<Answer | undefined>;
}

export function createDialogs(): Dialogs {
  const store = createStore<{ readonly open: readonly OpenDialog[] }>(() => ({ open: [] }));
  let count = 0;
  return {
    store,
    ask<Answer>(render: (close: (answer?: Answer) => void) => ReactNode) {
      count += 1;
      const id = count;
      return new Promise<Answer | undefined>((resolve) => {
        const close = (answer?: Answer) => {
          store.setState(({ open }) => ({ open: open.filter((dialog) => dialog.id !== id) }));
          resolve(answer);
        };
        const dialog: OpenDialog = { id, node: render(close) };
        store.setState(({ open }) => ({ open: [...open, dialog] }));
      });
    },
  };
}
