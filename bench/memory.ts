import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { BareWorker, benchFolder } from "./bare";
import { median, ratio, type Figure } from "./measure";
import { Product } from "./product";

const COUNT = 10;
const RUNS = 5;

/** Resident megabytes that one more idle session (or bare worker) takes; measured in a process of its own. */
export async function memoryOf(kind: "bare" | "session"): Promise<number> {
  const product = new Product();
  const keep: (() => Promise<unknown>)[] = [];
  const open = async () => {
    if (kind === "bare") {
      const worker = await BareWorker.start(benchFolder());
      await worker.evaluate("1 + 1");
      keep.push(() => worker.end());
    } else {
      const session = await product.session();
      await product.run(session, "1 + 1");
    }
  };
  // The first pays for what all share.
  await open();
  const before = settled();
  for (let n = 0; n < COUNT; n++) await open();
  const megabytes = (settled() - before) / COUNT / 1024 / 1024;
  await Promise.all(keep.map((end) => end()));
  await product.dispose();
  return megabytes;
}

function settled(): number {
  global.gc?.();
  return process.memoryUsage.rss();
}

/** Memory of an idle session against the bare worker, medians over fresh processes. */
export async function memory(entry: string): Promise<Figure[]> {
  const run = async (kind: "bare" | "session") => {
    const { stdout } = await promisify(execFile)(process.execPath, [
      "--expose-gc",
      entry,
      "--memory-of",
      kind,
    ]);
    return Number(stdout);
  };
  const values = { bare: [] as number[], session: [] as number[] };
  for (let n = 0; n < RUNS; n++) {
    values.bare.push(await run("bare"));
    values.session.push(await run("session"));
  }
  const bare = median(values.bare);
  const session = median(values.session);
  return [
    ratio("memory of an idle session", session / bare, { atMost: 1.15 }, { bareMb: bare, oursMb: session }),
  ];
}
