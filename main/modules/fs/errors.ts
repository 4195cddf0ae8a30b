import { constants } from "node:os";
import { getSystemErrorMap } from "node:util";
import { WorkbenchError } from "../../../shared/model/error";

/** An error of a system call, as Node makes it. */
export interface SystemError extends Error {
  code: string;
  errno?: number;
  syscall?: string;
  path?: string;
  dest?: string;
}

/** Names of the paths in a call, as the script wrote them, and the system call that Node names in its errors. */
export interface CallNames {
  readonly syscall: string;
  readonly path: string;
  readonly dest?: string;
}

const descriptions = new Map<string, { errno: number; text: string }>();
for (const [errno, [code, text]] of getSystemErrorMap()) descriptions.set(code, { errno, text });

/** Whether something thrown is the failure of a system call (and not of an argument check). */
export function isSystemError(thrown: unknown): thrown is SystemError {
  if (thrown instanceof WorkbenchError) return false;
  return (
    thrown instanceof Error &&
    "syscall" in thrown &&
    "code" in thrown &&
    typeof thrown.code === "string" &&
    // Not ERR_FS_EISDIR and its like, which Node makes itself.
    /^E[A-Z0-9]+$/.test(thrown.code)
  );
}

/** The error that Node throws when a system call on these paths fails with `code`: `ENOENT: no such file …, open 'a'`. */
export function systemError(code: string, names: CallNames): SystemError {
  const known = descriptions.get(code);
  const errno = known?.errno ?? -(constants.errno[code as keyof typeof constants.errno] ?? 1);
  const target = names.dest === undefined ? `'${names.path}'` : `'${names.path}' -> '${names.dest}'`;
  const error = new Error(`${code}: ${known?.text ?? "unknown error"}, ${names.syscall} ${target}`);
  return Object.assign(error, {
    errno,
    code,
    syscall: names.syscall,
    path: names.path,
    ...(names.dest === undefined ? {} : { dest: names.dest }),
  });
}

/** Refused by the configuration. Carries `path` (as the script wrote it) and `syscall`, as every error of a file does. */
export function permissionDenied(message: string, names: CallNames): WorkbenchError {
  const error = new WorkbenchError("PERMISSION_DENIED", message, { path: names.path });
  return Object.assign(error, {
    syscall: names.syscall,
    path: names.path,
    ...(names.dest === undefined ? {} : { dest: names.dest }),
  });
}
