import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { byHarness, serveBatch } from "./child";
import { listTests } from "./list";
import { runAll, type Casualty } from "./pool";
import type { RunResult } from "./runner";
import { formatSummary, summarise } from "./summary";

const USAGE = `npm run conformance -- <folder of test262> [options]

Runs test262 in a session and directly on quickjs-emscripten. The exit code is 1 when a test passes on one side only.

  --filter <part>    folder or file below test/, may be repeated (default: language and built-ins)
  --sample <n>       every nth test only
  --jobs <n>         child processes at the same time (default: 2)
  --timeout <ms>     for one run of one test (default: 10000)
  --out <file>       where the report is written as JSON`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      filter: { type: "string", multiple: true, default: [] },
      sample: { type: "string", default: "1" },
      jobs: { type: "string", default: "2" },
      timeout: { type: "string", default: "10000" },
      out: { type: "string" },
      child: { type: "boolean", default: false },
    },
  });
  if (values.child) {
    serveBatch();
    return 0;
  }
  const [folder] = positionals;
  const numbers = [values.sample, values.jobs, values.timeout].map(Number);
  const [every = 1, jobs = 1, timeoutMs = 1] = numbers;
  if (folder === undefined || numbers.some((number) => !Number.isInteger(number) || number < 1)) {
    console.error(USAGE);
    return 2;
  }
  const root = resolve(folder);
  if (!existsSync(join(root, "harness", "assert.js"))) {
    console.error(`${root} is not a folder of test262: it has no harness/assert.js.`);
    return 2;
  }
  const script = fileURLToPath(import.meta.url);
  const paths = byHarness(root, listTests(root, { filters: values.filter, every }));
  const results: RunResult[] = [];
  const casualties: Casualty[] = [];
  const started = performance.now();
  await runAll(
    paths,
    { root, timeoutMs, jobs, script },
    {
      run: (result) => results.push(result),
      casualty: (casualty) => casualties.push(casualty),
      progress: (done) => {
        if (done % 500 === 0) process.stderr.write(`${done} of ${paths.length} files\n`);
      },
    },
  );
  const summary = summarise(paths, results, casualties);
  const seconds = Math.round((performance.now() - started) / 1000);
  console.log(formatSummary(summary));
  console.log(`Took ${seconds} s.`);
  const out = resolve(values.out ?? join(dirname(script), "..", "conformance.json"));
  mkdirSync(dirname(out), { recursive: true });
  const failing = results.filter(({ bare, session }) => bare !== "pass" && session !== "pass");
  writeFileSync(
    out,
    JSON.stringify(
      { ...summary, sample: every, seconds, failing: failing.map(({ path, mode }) => `${path} [${mode}]`) },
      null,
      2,
    ),
  );
  console.log(`Report: ${out}`);
  return summary.differences.length === 0 ? 0 : 1;
}

const code = await main();
// A child goes on until its batch is done.
if (!process.argv.includes("--child")) process.exit(code);
