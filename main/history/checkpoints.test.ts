import { statSync } from "node:fs";
import { beforeEach, expect, it, vi } from "vitest";
import type { HistoryFiles } from "./files";
import { openHistory, type OpenHistoryOptions } from "./open-history";
import { sampleExecution, sampleSession } from "./testing/samples";
import { historyPlace } from "./testing/test-place";

let options: OpenHistoryOptions;
let files: HistoryFiles;
beforeEach(() => {
  ({ options, files } = historyPlace());
});

const MEGABYTE = 1024 * 1024;
const BATCHES = 100;

/** Writes more events than the log may hold: about 12 MB. */
function flood() {
  const { store } = openHistory(options);
  const session = sampleSession();
  const execution = sampleExecution(session);
  store.saveSession(session);
  store.insertExecution(execution);
  const text = "x".repeat(120_000);
  for (let seq = 1; seq <= BATCHES; seq++) {
    const payload = { level: "log", method: "log", text };
    const json = JSON.stringify([{ seq, ts: 1, type: "console", payload }]);
    store.appendBatch(execution.id, { firstSeq: seq, lastSeq: seq, json });
  }
  return { store, execution };
}

const size = () => statSync(files.database).size;

it("moves a long log into the file beside what the main thread does", async () => {
  const { store, execution } = flood();
  await vi.waitFor(() => expect(size()).toBeGreaterThan(4 * MEGABYTE), { timeout: 20_000 });
  expect(store.events(execution.id, 0, 1000).events).toHaveLength(BATCHES);
  store.close();
});

it("loses nothing when the history is closed meanwhile", () => {
  const { store, execution } = flood();
  store.close();
  expect(statSync(files.cleanMark).isFile()).toBe(true);
  const again = openHistory(options);
  expect(again.notices).toEqual([]);
  expect(again.store.events(execution.id, 0, 1000).events).toHaveLength(BATCHES);
  again.store.close();
});
