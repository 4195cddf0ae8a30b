import type { Session } from "electron";
import { isLocalRequest } from "./network-rules";

/** Cancels every request of the page that would leave the application. */
export function denyNetwork(session: Session): void {
  session.webRequest.onBeforeRequest((details, callback) =>
    callback({ cancel: !isLocalRequest(details.url) }),
  );
}
