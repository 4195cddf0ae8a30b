import type { ElectronApplication, Page } from "playwright";

/** Megabytes in use. */
export interface WindowMemory {
  /** The page's JavaScript objects. */
  readonly page: number;
  /** The main process's JavaScript objects. */
  readonly main: number;
  /** What the system gave to the main process, its session threads included. */
  readonly resident: number;
}

const MB = 1024 * 1024;

/** Measures after a garbage collection on both sides. */
export async function memoryOf(app: ElectronApplication, page: Page): Promise<WindowMemory> {
  const client = await page.context().newCDPSession(page);
  for (let round = 0; round < 3; round++) await client.send("HeapProfiler.collectGarbage");
  const { usedSize } = await client.send("Runtime.getHeapUsage");
  await client.detach();
  const { heapUsed, rss } = await app.evaluate(() => {
    for (let round = 0; round < 3; round++) globalThis.gc?.();
    return process.memoryUsage();
  });
  return { page: usedSize / MB, main: heapUsed / MB, resident: rss / MB };
}
