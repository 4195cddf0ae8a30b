import { readFileSync } from "node:fs";
import { join } from "node:path";
import { harnessOf, readMetadata } from "./metadata";
import type { Batch, Report } from "./pool";
import { Runner } from "./runner";

/** Serves one batch of tests that the parent process sends. */
export function serveBatch(): void {
  process.once("message", (message) => {
    // Our own parent sends nothing else.
    void runBatch(message as Batch);
  });
}

async function runBatch({ options, paths }: Batch): Promise<void> {
  const send = (report: Report): void => void process.send?.(report);
  const runner = await Runner.start(options);
  try {
    for (const path of paths) {
      await runner.run(path, (result) => send({ kind: "run", result }));
      send({ kind: "file", path });
    }
  } finally {
    runner.dispose();
  }
  send({ kind: "batch" });
}

/** Tests that share harness files behind each other: their realms start from the same memory. */
export function byHarness(root: string, paths: readonly string[]): string[] {
  const keys = new Map(
    paths.map((path) => [path, harnessOf(readMetadata(readFileSync(join(root, path), "utf8"))).join(",")]),
  );
  const keyOf = (path: string): string => keys.get(path) ?? "";
  return [...paths].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0));
}
