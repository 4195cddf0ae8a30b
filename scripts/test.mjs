#!/usr/bin/env node
// @ts-check
/**
 * `npm test`: everything, in order, going on after a failure so that one run reports all of it. The last line sums it
 * up. `npm test -- --only unit,e2e` runs a part.
 */
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { reasonOf } from "./electron/errors.mjs";
import { closingLine, sum } from "./test/counts.mjs";
import { endRunning } from "./test/run-step.mjs";
import { suites } from "./test/suites.mjs";

const chosen = chooseSuites();
const scratch = await mkdtemp(path.join(os.tmpdir(), "vm-workbench-test-"));
let interrupted = false;
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) {
  process.on(signal, () => {
    interrupted = true;
    endRunning(signal);
  });
}

/** @type {{ title: string, seconds: number, counts: import("./test/counts.mjs").Counts }[]} */
const results = [];
for (const suite of chosen) {
  if (interrupted) break;
  console.log(`\n── ${suite.title} (${suite.name})`);
  const started = performance.now();
  const counts = await suite.run({ scratch, isCi: isCi() }).catch((error) => {
    console.error(`The suite could not run: ${reasonOf(error)}`);
    return { passed: 0, failed: 1, skipped: 0 };
  });
  results.push({ title: suite.title, seconds: (performance.now() - started) / 1000, counts });
}
await rm(scratch, { recursive: true, force: true });

console.log("\n── Summary");
for (const { title, seconds, counts } of results) {
  console.log(
    `${counts.failed > 0 ? "✗" : "✓"} ${title.padEnd(34)} ${closingLine(counts)} (${seconds.toFixed(1)} s)`,
  );
}
if (interrupted) console.log("Interrupted: not everything has run.");
const total = sum(results.map(({ counts }) => counts));
console.log(`\n${closingLine(total)}`);
process.exitCode = total.failed > 0 || interrupted ? 1 : 0;

function chooseSuites() {
  const { values } = parseArgs({ options: { only: { type: "string" } } });
  if (values.only === undefined) return suites;
  const names = values.only.split(",");
  const unknown = names.filter((name) => !suites.some((suite) => suite.name === name));
  if (unknown.length > 0) {
    console.error(
      `Unknown suite: ${unknown.join(", ")}. There are: ${suites.map(({ name }) => name).join(", ")}.`,
    );
    process.exit(2);
  }
  return suites.filter(({ name }) => names.includes(name));
}

function isCi() {
  return Boolean(process.env.CI) && process.env.CI !== "false";
}
