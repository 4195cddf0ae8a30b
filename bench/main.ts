import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { benchFolder } from "./bare";
import { compute, consoleFlood, hostCalls, newSession, roundTrip, stopLatency, transfer } from "./figures";
import type { Figure } from "./measure";
import { memory, memoryOf } from "./memory";
import { templateList } from "./templates";
import { windowSpeed } from "./window/figures";

const groups: Record<string, () => Promise<Figure[]>> = {
  compute,
  roundTrip,
  newSession,
  memory: () => memory(fileURLToPath(import.meta.url)),
  hostCalls,
  transfer,
  consoleFlood,
  stopLatency,
  templateList,
  window: windowSpeed,
};

function shown(value: number | string): string {
  if (typeof value === "string") return value;
  return value >= 1000 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}

function row(figure: Figure): string {
  const verdict = figure.met === undefined ? "" : figure.met ? "ok" : "MISSED";
  const details = Object.entries(figure.details).map(([name, value]) => `${name} ${shown(value)}`);
  return [
    figure.name.padEnd(28),
    `${shown(figure.value)} ${figure.unit}`.padEnd(18),
    (figure.target ?? "").padEnd(18),
    verdict.padEnd(7),
    details.join(", "),
  ].join(" ");
}

async function main(args: readonly string[]): Promise<void> {
  const [flag, kind] = args;
  if (flag === "--memory-of" && (kind === "bare" || kind === "session")) {
    process.stdout.write(String(await memoryOf(kind)));
    return;
  }
  const unknown = args.filter((name) => !(name in groups));
  if (unknown.length > 0)
    throw new Error(`Unknown: ${unknown.join(", ")}. There are: ${Object.keys(groups).join(", ")}.`);
  const figures: Figure[] = [];
  for (const [name, measure] of Object.entries(groups)) {
    if (args.length > 0 && !args.includes(name)) continue;
    for (const figure of await measure()) {
      figures.push(figure);
      console.log(row(figure));
    }
  }
  const results = join(benchFolder(), "results");
  mkdirSync(results, { recursive: true });
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version };
  const file = join(results, `${new Date().toISOString().replaceAll(/[:.]/g, "-")}.json`);
  writeFileSync(file, JSON.stringify({ time: new Date().toISOString(), machine, figures }, null, 2));
  console.log(`\nWritten to ${file}`);
}

await main(process.argv.slice(2));
