import type { Casualty } from "./pool";
import type { RunResult } from "./runner";

/** Rates of one part of test262. A file passes when all its runs do. */
export interface PartSummary {
  readonly part: string;
  readonly files: number;
  readonly bare: number;
  readonly session: number;
}

export interface Difference {
  readonly path: string;
  readonly runs: readonly RunResult[];
}

export interface Summary {
  readonly parts: readonly PartSummary[];
  readonly runs: number;
  readonly differences: readonly Difference[];
  /** Tests that neither side survived, or that did not end in either. */
  readonly casualties: readonly Casualty[];
  readonly files: number;
  /** Files that were not run because they need what neither side has. */
  readonly skipped: number;
}

/** Adds up what the runs gave. */
export function summarise(
  paths: readonly string[],
  results: readonly RunResult[],
  casualties: readonly Casualty[],
): Summary {
  const byFile = new Map<string, RunResult[]>();
  for (const result of results) {
    const runs = byFile.get(result.path);
    if (runs === undefined) byFile.set(result.path, [result]);
    else runs.push(result);
  }
  const lost = new Set(casualties.map(({ path }) => path));
  const parts = new Map<string, PartSummary>();
  const differences: Difference[] = [];
  for (const [path, runs] of byFile) {
    if (lost.has(path)) continue;
    const name = partOf(path);
    const part = parts.get(name) ?? { part: name, files: 0, bare: 0, session: 0 };
    parts.set(name, {
      part: name,
      files: part.files + 1,
      bare: part.bare + Number(runs.every(({ bare }) => bare === "pass")),
      session: part.session + Number(runs.every(({ session }) => session === "pass")),
    });
    const differing = runs.filter(({ bare, session }) => (bare === "pass") !== (session === "pass"));
    if (differing.length > 0) differences.push({ path, runs: differing });
  }
  return {
    parts: [...parts.values()].sort((a, b) => (a.part < b.part ? -1 : 1)),
    runs: results.length,
    differences,
    casualties,
    files: paths.length,
    skipped: paths.filter((path) => !byFile.has(path) && !lost.has(path)).length,
  };
}

/** `language/expressions` of `test/language/expressions/addition/x.js`. */
function partOf(path: string): string {
  const [, first = "", second = ""] = path.split("/");
  return second.endsWith(".js") ? first : first === "language" ? `${first}/${second}` : first;
}

/** The summary as a table for people. */
export function formatSummary(summary: Summary): string {
  const total = summary.parts.reduce(
    (sum, part) => ({
      part: "all",
      files: sum.files + part.files,
      bare: sum.bare + part.bare,
      session: sum.session + part.session,
    }),
    { part: "all", files: 0, bare: 0, session: 0 },
  );
  const rows = [...summary.parts, total].map(({ part, files, bare, session }) => [
    part,
    String(files),
    `${bare} (${percent(bare, files)})`,
    `${session} (${percent(session, files)})`,
  ]);
  const lines = alignColumns([["part", "files", "quickjs-emscripten", "session"], ...rows]);
  const notes = [
    `${summary.runs} runs; ${summary.skipped} files skipped on both sides; ${summary.casualties.length} not survived or not ended.`,
    ...summary.casualties.map(({ path, reason }) => `  ${reason}: ${path}`),
    summary.differences.length === 0
      ? "No test passes on one side and fails on the other."
      : `${summary.differences.length} files pass on one side and fail on the other:`,
    ...summary.differences.flatMap(({ path, runs }) => runs.map((run) => `  ${describeRun(path, run)}`)),
  ];
  return [...lines, "", ...notes].join("\n");
}

function describeRun(path: string, { mode, bare, session, endings }: RunResult): string {
  const failing = bare === "pass" ? endings?.session : endings?.bare;
  const why = failing === undefined ? "" : ` (${failing.type ?? failing.ended}: ${failing.message ?? ""})`;
  return `${path} [${mode}] bare: ${bare}, session: ${session}${why}`;
}

function percent(part: number, whole: number): string {
  return whole === 0 ? "–" : `${((100 * part) / whole).toFixed(2)} %`;
}

function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  "),
  );
}
