import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";

/**
 * Appends to the application's log file. Never throws: a full disk must not stop the application. The log holds no
 * script text and no values, only what the application itself has to say.
 */
export function createLog(folder: string): (message: string, cause?: unknown) => void {
  const file = join(folder, "workbench.log");
  return (message, cause) => {
    const detail =
      cause instanceof Error
        ? `\n${cause.stack ?? cause.message}`
        : cause === undefined
          ? ""
          : `\n${String(cause)}`;
    try {
      mkdirSync(folder, { recursive: true });
      appendFileSync(file, `${new Date().toISOString()} ${message}${detail}\n`);
    } catch {
      // Nowhere left to report to.
    }
  };
}
