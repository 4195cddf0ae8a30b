import { readFileSync } from "node:fs";

/**
 * Milliseconds since its start that the calling thread was ready to run and had to wait for a processor. Only Linux
 * tells; elsewhere it is 0, and time that passes while the engine computes counts as computing.
 */
export function processorWaitMs(): number {
  if (process.platform !== "linux") return 0;
  try {
    // Three numbers: nanoseconds on a processor, nanoseconds waiting for one, turns.
    const [, waited] = readFileSync("/proc/thread-self/schedstat", "latin1").split(" ");
    return Number(waited ?? 0) / 1e6 || 0;
  } catch {
    // A kernel without these statistics.
    return 0;
  }
}
