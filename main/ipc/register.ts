import { ipcMain, type WebContents } from "electron";
import { EVENT_CHANNEL, type IpcEnvelope, REQUEST_CHANNEL } from "../../shared/ipc/contract";
import { type IpcEventName, type IpcEventPayload, ipcEvents } from "../../shared/ipc/events";
import { dispatch, type IpcHandlers, type IpcLog } from "./router";
import { refusalReason } from "./sender";

/**
 * Connects the contract to Electron; requests are answered once what `opened` gives has resolved. The only caller of `ipcMain` in
 * the application.
 */
export function registerIpc(
  handlers: IpcHandlers,
  trusted: { readonly origin: string; readonly isOurWindow: (contentsId: number) => boolean },
  opened: () => Promise<void>,
  log: IpcLog,
): void {
  ipcMain.handle(REQUEST_CHANNEL, async (event, name: unknown, input: unknown) => {
    const reason = refusalReason(event.senderFrame, event.sender, trusted);
    if (reason !== undefined) {
      log(`A request was refused: ${reason}.`);
      return JSON.stringify({
        ok: false,
        error: { code: "INVALID_REQUEST", message: "This page may not use the workbench." },
      } satisfies IpcEnvelope<never>);
    }
    await opened();
    return JSON.stringify(await dispatch(handlers, name, input, log));
  });
}

/** Sends an event of the contract to a window; what does not fit the contract is logged and not sent. */
export function sendEvent<Name extends IpcEventName>(
  contents: WebContents,
  name: Name,
  payload: IpcEventPayload<Name>,
  log: IpcLog,
): void {
  if (contents.isDestroyed()) return;
  const checked = ipcEvents[name].safeParse(payload);
  if (checked.success) contents.send(EVENT_CHANNEL, name, JSON.stringify(checked.data));
  else log(`The event ${name} broke the contract: ${checked.error.issues[0]?.message ?? "unknown"}`);
}
