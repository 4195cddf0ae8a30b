import { errorHeading } from "../../shared/model/error-heading";
import type { ExecutionError } from "../../shared/model/event";
import type { StartupFile } from "../../shared/model/template";

/** What a session's `lastError` says when a startup file failed: which file, where, and what to do. */
export function startupError(file: StartupFile, cause: ExecutionError | undefined): ExecutionError {
  const { location } = cause ?? {};
  const column = location?.column === undefined ? "" : `:${location.column}`;
  const place = location === undefined ? file.path : `${location.path}:${location.line}${column}`;
  const reason = cause === undefined ? "it did not end" : errorHeading(cause);
  return {
    code: "STARTUP_FAILED",
    name: cause?.name ?? "Error",
    message: `The startup file "${file.path}" failed (${place}): ${reason}`,
    ...(cause?.stack === undefined ? {} : { stack: cause.stack }),
    ...(cause?.frame === undefined ? {} : { frame: cause.frame }),
    ...(cause?.hint === undefined ? {} : { hint: cause.hint }),
    location: location ?? { path: file.path, line: 1 },
    details: { path: file.path, ...(cause?.code === undefined ? {} : { cause: cause.code }) },
  };
}
