import type { Client } from "./client";
import type { Notices } from "./notices";

/** The system's clipboard, through the application: the page itself may not write to it. */
export interface ClipboardConcern {
  /** Copies a text and says so; `what` names it in the sentence "Copied …". */
  copy(text: string, what: string): void;
}

export const createClipboard = (client: Client, notices: Notices): ClipboardConcern => ({
  copy: (text, what) =>
    notices.attempt(async () => {
      await client.request("app.copyText", { text });
      notices.show({ severity: "success", message: `Copied ${what}.` });
    }),
});
