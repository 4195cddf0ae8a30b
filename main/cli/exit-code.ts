import { assertNever } from "../../shared/model/assert-never";
import type { ErrorCode } from "../../shared/model/error";
import type { Execution } from "../../shared/model/execution";

/** What the command line ends with; scripts and build machines rely on these numbers. */
export const EXIT = {
  ok: 0,
  scriptFailed: 1,
  badInput: 2,
  limit: 3,
  engineCrashed: 4,
  cancelled: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const LIMIT_CODES: ReadonlySet<string> = new Set<ErrorCode>([
  "CPU_LIMIT_EXCEEDED",
  "WALL_LIMIT_EXCEEDED",
  "MEMORY_LIMIT_EXCEEDED",
  "STACK_LIMIT_EXCEEDED",
  "OUTPUT_LIMIT_EXCEEDED",
]);

/** Errors that are nobody's input: the workbench or the machine failed. */
const INTERNAL_CODES: ReadonlySet<string> = new Set<ErrorCode>([
  "ENGINE_CRASHED",
  "STORAGE_UNAVAILABLE",
  "INTERNAL",
]);

/** Exit code for an execution that has ended. */
export function exitCodeOf(execution: Pick<Execution, "status" | "error">): ExitCode {
  switch (execution.status) {
    case "ok":
    case "running":
      return EXIT.ok;
    case "timeout":
      return EXIT.limit;
    case "cancelled":
      return EXIT.cancelled;
    case "crashed":
      return EXIT.engineCrashed;
    case "error": {
      const { code, details, location } = execution.error ?? {};
      // A session that did not start names the reason in the details.
      const reason = code === "STARTUP_FAILED" ? details?.["cause"] : code;
      if (typeof reason === "string" && LIMIT_CODES.has(reason)) return EXIT.limit;
      // A file that is no script at all, before any line of it ran.
      if (code === "INVALID_REQUEST" && location === undefined) return EXIT.badInput;
      return code === "STORAGE_UNAVAILABLE" ? EXIT.engineCrashed : EXIT.scriptFailed;
    }
    default:
      return assertNever(execution.status);
  }
}

/** Exit code for an error that kept the command from doing its work. */
export function exitCodeOfError(code: ErrorCode): ExitCode {
  if (code === "EXECUTION_CANCELLED") return EXIT.cancelled;
  return INTERNAL_CODES.has(code) ? EXIT.engineCrashed : EXIT.badInput;
}
