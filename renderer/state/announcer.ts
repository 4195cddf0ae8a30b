import { createStore, type StoreApi } from "zustand/vanilla";

interface Announcements {
  readonly polite: string;
  readonly assertive: string;
}

/** Words for screen readers about what happens elsewhere in the window. */
export interface Announcer {
  readonly store: StoreApi<Announcements>;
  /** `assertive` interrupts: for errors. */
  say(text: string, urgency?: keyof Announcements): void;
}

export function createAnnouncer(): Announcer {
  const store = createStore<Announcements>(() => ({ polite: "", assertive: "" }));
  let isOdd = false;
  return {
    store,
    say(text, urgency = "polite") {
      // The same text twice would not be read again, so every other one ends with a space that cannot be heard.
      isOdd = !isOdd;
      store.setState({ [urgency]: isOdd ? text : `${text}\u00a0` });
    },
  };
}
