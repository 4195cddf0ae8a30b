import { execFile } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { moduleConfigSchema } from "../../../../shared/model/template";
import { openTestSession } from "../../../vm/testing";
import type { AnyNativeModule } from "../../record";
import { makeWorkspace } from "../host-context";
import { OBSERVER } from "./observe";

/**
 * Calls that are made in Node and in a session, in this order, to compare what they give or throw. A module that carries
 * a Node name has them in `main/modules/<name>/differential.ts`.
 */
export interface DifferentialTable {
  /** Statements that both sides run first; may declare what the calls use. */
  readonly setup?: string;
  /** Expressions; may use `await`. The module is loaded under its own name. */
  readonly calls: readonly string[];
  /** Files of the workspace. */
  readonly files?: Readonly<Record<string, string>>;
  /** Calls that answer otherwise on purpose, with the reason. */
  readonly differences?: Readonly<Record<string, string>>;
}

/** Calls of a module, as its folder declares them; `undefined` when it does not. */
export async function tableOf(name: string): Promise<DifferentialTable | undefined> {
  if (!existsSync(join(import.meta.dirname, "..", "..", name, "differential.ts"))) return undefined;
  const loaded = (await import(`../../${name}/differential.ts`)) as { differential: DifferentialTable };
  return loaded.differential;
}

const MARK = "observed ";

/** The same script for both sides: prints one line per call. */
function script(name: string, table: DifferentialTable): string {
  const calls = table.calls.map(
    (call) => `console.log(${JSON.stringify(MARK)} + await observe(async () => (${call})));`,
  );
  return [`const ${name} = require(${JSON.stringify(name)});`, OBSERVER, table.setup ?? "", ...calls].join(
    "\n",
  );
}

/** What was observed, without the name of the workspace, which is another on each side. */
function observations(lines: readonly string[], workspace: string): string[] {
  const observed = lines.filter((line) => line.startsWith(MARK)).map((line) => line.slice(MARK.length));
  return observed.map((line) => line.replaceAll(basename(workspace), "<workspace>"));
}

async function observeInNode(name: string, table: DifferentialTable): Promise<string[]> {
  const workspace = makeWorkspace();
  try {
    for (const [path, content] of Object.entries(table.files ?? {})) {
      mkdirSync(dirname(join(workspace.path, path)), { recursive: true });
      writeFileSync(join(workspace.path, path), content);
    }
    const code = `(async () => {\n${script(name, table)}\n})();`;
    const { stdout } = await promisify(execFile)(process.execPath, ["--no-warnings", "-e", code], {
      cwd: workspace.path,
      maxBuffer: 64 * 1024 * 1024,
    });
    return observations(stdout.split("\n"), workspace.path);
  } finally {
    workspace.dispose();
  }
}

async function observeInSession(record: AnyNativeModule, table: DifferentialTable): Promise<string[]> {
  const session = await openTestSession({
    modules: { [record.name]: moduleConfigSchema.parse(record.exampleConfig) },
    files: table.files ?? {},
    template: { limits: { cpuMs: 60_000, wallMs: 60_000, maxOutputKb: 16_384 } },
  });
  try {
    const outcome = await session.run(script(record.name, table));
    if (outcome.error !== undefined) throw new Error(`The session failed: ${outcome.error.message}`);
    return observations(session.lines, session.workspaceRoot);
  } finally {
    await session.dispose({ leaks: "ignore" });
  }
}

export interface Difference {
  readonly call: string;
  readonly node: string | undefined;
  readonly session: string | undefined;
}

/** Makes every call of the table on both sides; gives those that differ and are not known to. */
export async function compareWithNode(
  record: AnyNativeModule,
  table: DifferentialTable,
): Promise<Difference[]> {
  const [node, session] = await Promise.all([
    observeInNode(record.name, table),
    observeInSession(record, table),
  ]);
  return table.calls
    .map((call, index) => ({ call, node: node[index], session: session[index] }))
    .filter(
      ({ call, node: left, session: right }) => left !== right && table.differences?.[call] === undefined,
    );
}
