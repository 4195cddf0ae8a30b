import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { benchFolder } from "./bare";
import { compute, consoleFlood, hostCalls, newSession, roundTrip, stopLatency, transfer } from "./figures";
import type { Figure } from "./measure";
import { memory, memoryOf } from "./memory";
import { templateList } from "./templates";
import { windowParts, windowSpeed } from "./window/figures";

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
  window: () => windowSpeed(),
};

/** Parts of a group that is slow as a whole: `window.typing`, `window.tabs.start`. */
function partOf(name: string): (() => Promise<Figure[]>) | undefined {
  const [group, ...parts] = name.split(".");
  const areKnown = parts.length > 0 && parts.every((part) => windowParts.includes(part));
  return group === "window" && areKnown ? () => windowSpeed(parts) : undefined;
}

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
  const chosen = args.length > 0 ? args : Object.keys(groups);
  const unknown = chosen.filter((name) => groups[name] === undefined && partOf(name) === undefined);
  if (unknown.length > 0)
    throw new Error(`Unknown: ${unknown.join(", ")}. There are: ${Object.keys(groups).join(", ")}.`);
  const figures: Figure[] = [];
  for (const name of chosen) {
    const measure = groups[name] ?? partOf(name);
    if (measure === undefined) continue;
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
