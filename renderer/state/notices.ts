import { createStore, type StoreApi } from "zustand/vanilla";
import { serializeError, type SerializedError } from "../../shared/model/error";

export interface NoticeAction {
  readonly label: string;
  run(): void;
}

export interface Notice {
  readonly id: number;
  readonly severity: "success" | "info" | "warning" | "error";
  readonly message: string;
  /** The stable code of an error. */
  readonly code?: string;
  readonly action?: NoticeAction;
}

/** Short messages at the edge of the window. */
export interface Notices {
  readonly store: StoreApi<{ readonly notices: readonly Notice[] }>;
  show(notice: Omit<Notice, "id">): void;
  /** Shows an error with its code and its sentence. */
  fail(error: unknown): void;
  /** Runs an act and shows what goes wrong. */
  attempt(act: () => void | Promise<void>): void;
}

const KEPT = 100;

/** `explain` may answer an error in a better way than a message, and then gives `true`. */
export function createNotices(explain: (error: SerializedError) => boolean = () => false): Notices {
  const store = createStore<{ readonly notices: readonly Notice[] }>(() => ({ notices: [] }));
  let count = 0;
  const show: Notices["show"] = (notice) => {
    count += 1;
    const added: Notice = { ...notice, id: count };
    store.setState(({ notices }) => ({ notices: [...notices.slice(-KEPT), added] }));
  };
  const fail = (error: unknown) => {
    const serialized = serializeError(error);
    if (explain(serialized)) return;
    show({ severity: "error", code: serialized.code, message: serialized.message });
  };
  return {
    store,
    show,
    fail,
    attempt(act) {
      try {
        const result = act();
        if (result instanceof Promise) result.catch(fail);
      } catch (error) {
        fail(error);
      }
    },
  };
}
