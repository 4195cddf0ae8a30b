import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Lines that are remembered. */
export const HISTORY_LINES = 1000;

/** Lines typed earlier, newest first, as readline wants them. */
export function readHistory(path: string): string[] {
  try {
    return readFileSync(path, "utf8").split("\n").filter(Boolean).reverse();
  } catch {
    return [];
  }
}

/** Keeps what was typed; a history that cannot be written is not worth an error. */
export function writeHistory(path: string, newestFirst: readonly string[]): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    // Typed lines may hold secrets: for this user's eyes only.
    writeFileSync(path, [...newestFirst.slice(0, HISTORY_LINES)].reverse().join("\n") + "\n", {
      mode: 0o600,
    });
  } catch {
    /* nothing is lost but convenience */
  }
}
