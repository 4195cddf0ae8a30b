import type { Session } from "electron";
import { isPermissionGranted } from "./permission-rules";

/** Refuses every web permission but the granted one, asked for or checked. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, callback) =>
    callback(isPermissionGranted(permission)),
  );
  session.setPermissionCheckHandler((_contents, permission) => isPermissionGranted(permission));
  session.setDevicePermissionHandler(() => false);
}
