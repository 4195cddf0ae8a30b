import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { buildSync } from "esbuild";
import { expect, it } from "vitest";
import { createRingBuffer, EventRingReader, EventRingWriter } from "./event-ring";

function pair() {
  const memory = createRingBuffer();
  let urgent = 0;
  const writer = new EventRingWriter(
    memory,
    () => urgent++,
    () => {
      throw new Error("the reader is in this thread: waiting would never end");
    },
  );
  return { writer, reader: new EventRingReader(memory), urgent: () => urgent };
}

it("gives whole lines in order, whatever characters they hold", () => {
  const { writer, reader } = pair();
  expect(reader.read()).toBeUndefined();
  for (const line of ['"a"', '"ü🙂"', '"\\ud800"']) writer.write(line);
  expect(reader.read()).toBe('"a"\n"ü🙂"\n"\\ud800"');
  expect(reader.read()).toBeUndefined();
});

it("goes round its end for ever without losing a byte", () => {
  const { writer, reader } = pair();
  for (let round = 0; round < 3000; round++) {
    const line = JSON.stringify("ä".repeat(round));
    writer.write(line);
    expect(reader.read()).toBe(line);
  }
});

it("says once that much has gathered, and again after it has been read", () => {
  const { writer, reader, urgent } = pair();
  const line = JSON.stringify("x".repeat(20_000));
  for (let n = 0; n < 10; n++) writer.write(line);
  expect(urgent()).toBe(1);
  reader.read();
  for (let n = 0; n < 10; n++) writer.write(line);
  expect(urgent()).toBe(2);
});

it("a writer in another thread waits for the reader, with lines larger than the ring too", async () => {
  const memory = createRingBuffer();
  const reader = new EventRingReader(memory);
  const bundle = buildSync({
    entryPoints: [join(import.meta.dirname, "event-ring.ts")],
    format: "cjs",
    write: false,
  });
  const source = `${bundle.outputFiles[0]?.text}
    const { workerData, parentPort } = require("node:worker_threads");
    const writer = new EventRingWriter(workerData, () => parentPort.postMessage("urgent"), (wait) => wait());
    for (let n = 0; n < 20; n++) writer.write(JSON.stringify(String(n).repeat(n % 5 === 0 ? 400000 : 50000)));
    parentPort.postMessage("done");`;
  const worker = new Worker(source, { eval: true, workerData: memory });
  const lines: unknown[] = [];
  await new Promise<void>((resolve, reject) => {
    worker.on("error", reject);
    worker.on("message", (message) => {
      const text = reader.read();
      if (text !== undefined) lines.push(...(text.split("\n").map((line) => JSON.parse(line)) as unknown[]));
      if (message === "done") resolve();
    });
  });
  await worker.terminate();
  expect(lines).toEqual(
    Array.from({ length: 20 }, (_, n) => String(n).repeat(n % 5 === 0 ? 400_000 : 50_000)),
  );
});
