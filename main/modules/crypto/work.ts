import { pbkdf2Sync } from "node:crypto";
import { WorkbenchError } from "../../../shared/model/error";
import type { HostContext } from "../record";

/*
 * Key derivation is native code that nothing can interrupt, not even the end of its thread. So work that cannot be done
 * in the time left is refused before it starts.
 */

const SAMPLE_ITERATIONS = 2000;
/** Milliseconds per unit of N·r·p, measured: 16384·8·1 takes about 50 ms. */
const SCRYPT_MS_PER_UNIT = 0.0004;
const MAX_SCRYPT_MEMORY = 256 * 1024 * 1024;
/** Bytes that one call may make: 16 MB of the slowest take a fraction of a second. */
const MAX_OUTPUT_BYTES = 16 * 1024 * 1024;
/** What Node itself takes at the most; more than that it refuses. */
const MAX_NODE_BYTES = 2 ** 32 - 1;
/** Iterations that a block costs besides those that were asked for: its keys are prepared. */
const ITERATIONS_PER_BLOCK = 3;

export type TimeLeft = Pick<HostContext, "remainingMs" | "remainingCpuMs">;

function refuseLonger(estimateMs: number, left: TimeLeft, what: string): void {
  const [wallMs, cpuMs] = [left.remainingMs(), left.remainingCpuMs()];
  const leftMs = Math.min(wallMs, cpuMs);
  if (estimateMs <= leftMs) return;
  const limit = cpuMs < wallMs ? "cpuMs" : "wallMs";
  throw new WorkbenchError(
    limit === "cpuMs" ? "CPU_LIMIT_EXCEEDED" : "WALL_LIMIT_EXCEEDED",
    `${what} would take about ${Math.ceil(estimateMs / 100) / 10} s and cannot be stopped once it runs; ${Math.max(0, Math.round(leftMs))} ms are left. Ask for less work or raise ${limit} in the template.`,
  );
}

function outOfRange(message: string): RangeError {
  return Object.assign(new RangeError(message), { code: "ERR_OUT_OF_RANGE" });
}

function refuseLarger(bytes: unknown, what: string): void {
  if (typeof bytes === "number" && bytes > MAX_OUTPUT_BYTES && bytes <= MAX_NODE_BYTES) {
    throw outOfRange(`${what} gives at most ${MAX_OUTPUT_BYTES} bytes at once here.`);
  }
}

/** Refuses an `outputLength` that would only fill memory. Arguments that Node will refuse pass. */
export function checkDigestSize(options: unknown): void {
  refuseLarger(option(options, "outputLength"), "A digest");
}

const isWork = (value: unknown): value is number =>
  typeof value === "number" && Number.isFinite(value) && value > 0;

/** Refuses more iterations than can be done in time. Arguments that Node will refuse pass. */
export function checkPbkdf2Time(args: readonly unknown[], left: TimeLeft): void {
  const [, , iterations, keyLength, digest] = args;
  refuseLarger(keyLength, "pbkdf2Sync");
  if (!isWork(iterations) || !isWork(keyLength) || typeof digest !== "string") return;
  if (iterations <= SAMPLE_ITERATIONS && keyLength <= 1024) return;
  let perIteration: number;
  try {
    const start = performance.now();
    pbkdf2Sync("x", "x", SAMPLE_ITERATIONS, 1, digest);
    perIteration = (performance.now() - start) / SAMPLE_ITERATIONS;
  } catch {
    return;
  }
  // The shortest digest counts, so the estimate is rather too high for the others.
  const blocks = Math.ceil(keyLength / 20);
  refuseLonger((iterations + ITERATIONS_PER_BLOCK) * blocks * perIteration, left, "pbkdf2Sync");
}

function option(options: unknown, ...names: readonly string[]): number | undefined {
  if (typeof options !== "object" || options === null) return undefined;
  for (const name of names) {
    const value: unknown = (options as Record<string, unknown>)[name];
    if (value !== undefined) return typeof value === "number" ? value : NaN;
  }
  return undefined;
}

/** Refuses more work or memory than there is. Arguments that Node will refuse pass. */
export function checkScryptCost(args: readonly unknown[], left: TimeLeft): void {
  refuseLarger(args[2], "scryptSync");
  const options = args[3];
  const [n = 16_384, r = 8, p = 1] = [
    option(options, "N", "cost"),
    option(options, "r", "blockSize"),
    option(options, "p", "parallelization"),
  ];
  const units = n * r * p;
  if (!isWork(units)) return;
  const maxMemory = option(options, "maxmem");
  if (maxMemory !== undefined && maxMemory > MAX_SCRYPT_MEMORY) {
    throw outOfRange(`The option maxmem may be at most ${MAX_SCRYPT_MEMORY} bytes here.`);
  }
  refuseLonger(units * SCRYPT_MS_PER_UNIT, left, "scryptSync");
}

/** Refuses sizes that would only fill memory. */
export function checkRandomSize(args: readonly unknown[]): void {
  refuseLarger(args[0], "randomBytes");
}
