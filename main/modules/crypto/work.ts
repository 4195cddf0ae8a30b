import { pbkdf2Sync } from "node:crypto";
import { WorkbenchError } from "../../../shared/model/error";

/*
 * Key derivation is native code that nothing can interrupt, not even the end of its thread. So work that cannot be done
 * in the time left is refused before it starts.
 */

const SAMPLE_ITERATIONS = 2000;
/** Milliseconds per unit of N·r·p, measured: 16384·8·1 takes about 50 ms. */
const SCRYPT_MS_PER_UNIT = 0.0004;
const MAX_SCRYPT_MEMORY = 256 * 1024 * 1024;
/** What one call may give: it is memory of the application, which the limit of the session does not count. */
const MAX_BYTES = 64 * 1024 * 1024;

function refuseLonger(estimateMs: number, leftMs: number, what: string): void {
  if (estimateMs <= leftMs) return;
  throw new WorkbenchError(
    "WALL_LIMIT_EXCEEDED",
    `${what} would take about ${Math.ceil(estimateMs / 100) / 10} s and cannot be stopped once it runs; ${Math.max(0, Math.round(leftMs))} ms are left. Ask for less work or raise wallMs in the template.`,
  );
}

function outOfRange(message: string): RangeError {
  return Object.assign(new RangeError(message), { code: "ERR_OUT_OF_RANGE" });
}

const isWork = (value: unknown): value is number =>
  typeof value === "number" && Number.isFinite(value) && value > 0;

/** Refuses more iterations than can be done in time. Arguments that Node will refuse pass. */
export function checkPbkdf2Time(args: readonly unknown[], leftMs: number): void {
  const [, , iterations, keyLength, digest] = args;
  checkSize(keyLength, "pbkdf2Sync");
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
  refuseLonger(iterations * blocks * perIteration, leftMs, "pbkdf2Sync");
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
export function checkScryptCost(args: readonly unknown[], leftMs: number): void {
  const [, , keyLength, options] = args;
  checkSize(keyLength, "scryptSync");
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
  refuseLonger(units * SCRYPT_MS_PER_UNIT, leftMs, "scryptSync");
}

/** Refuses sizes that would only fill memory. Sizes that Node will refuse pass. */
export function checkSize(size: unknown, what: string): void {
  if (typeof size === "number" && size > MAX_BYTES && size <= 2 ** 32 - 1) {
    throw outOfRange(`${what} gives at most ${MAX_BYTES} bytes at once here.`);
  }
}

/** Refuses a digest that would only fill memory. */
export function checkOutputLength(options: unknown): void {
  checkSize(option(options, "outputLength"), "digest");
}
