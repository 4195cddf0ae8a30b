/** Number of measurements behind every median. */
export const SAMPLES = 15;

export interface Figure {
  readonly name: string;
  /** What is promised, such as "≤ 1.05×"; absent for figures that are only told. */
  readonly target?: string;
  readonly value: number;
  readonly unit: "×" | "ms" | "lines/s" | "MB" | "%";
  readonly met?: boolean;
  /** Medians (or whatever else) from which the value was made. */
  readonly details: Readonly<Record<string, number | string>>;
}

/** A quantile of measurements, 0 to 1. */
export function quantile(values: readonly number[], at: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(at * sorted.length))] ?? Number.NaN;
}

/** The middle of measurements. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Milliseconds that something takes. */
export async function timed(action: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await action();
  return performance.now() - start;
}

/** CPU milliseconds of the whole process, all threads, that something takes: what else the machine does hardly counts. */
export async function cpuTimed<T>(action: () => Promise<T>, into: number[]): Promise<T> {
  const before = process.cpuUsage();
  const result = await action();
  const { user, system } = process.cpuUsage(before);
  into.push((user + system) / 1000);
  return result;
}

/**
 * Medians of two things measured in turns, so that whatever else the machine does hits both alike. The first turn of
 * each warms up and does not count.
 */
export async function inTurns(
  bare: () => Promise<number>,
  ours: () => Promise<number>,
  samples = SAMPLES,
): Promise<{ bare: number; ours: number }> {
  const times = { bare: [] as number[], ours: [] as number[] };
  for (let turn = 0; turn <= samples; turn++) {
    const measured = { bare: await bare(), ours: await ours() };
    if (turn === 0) continue;
    times.bare.push(measured.bare);
    times.ours.push(measured.ours);
  }
  return { bare: median(times.bare), ours: median(times.ours) };
}

/** A ratio with its promise, if there is one. */
export function ratio(
  name: string,
  value: number,
  limit: { atMost: number } | { atLeast: number } | undefined,
  details: Figure["details"],
): Figure {
  if (limit === undefined) return { name, value, unit: "×", details };
  const atMost = "atMost" in limit;
  return {
    name,
    target: atMost ? `≤ ${limit.atMost}×` : `≥ ${limit.atLeast}×`,
    value,
    unit: "×",
    met: atMost ? value <= limit.atMost : value >= limit.atLeast,
    details,
  };
}
