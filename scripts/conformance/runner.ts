import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compileEngine, type CompiledEngine } from "../../main/vm/engine/compile";
import { BareSide } from "./bare-side";
import { harnessOf, modesOf, readMetadata, type Metadata, type Mode } from "./metadata";
import { SessionSide } from "./session-side";
import type { Side, TestRun } from "./side";
import { judge, type Ending, type Verdict } from "./verdict";

/** What a test needs that neither side has: agents, a call of the garbage collector, kinds of modules of other hosts. */
export const SKIPPED_FEATURES: ReadonlySet<string> = new Set([
  "host-gc-required",
  "IsHTMLDDA",
  "json-modules",
  "import-text",
  "import-bytes",
  "source-phase-imports",
  "source-phase-imports-module-source",
  "import-defer",
]);

/** One run of one test on both sides. */
export interface RunResult {
  readonly path: string;
  readonly mode: Mode;
  readonly bare: Verdict;
  readonly session: Verdict;
  /** How both ended, when the verdicts differ. */
  readonly endings?: { readonly bare: Ending; readonly session: Ending };
}

export interface RunnerOptions {
  /** Folder of test262. */
  readonly root: string;
  readonly timeoutMs: number;
}

const MEMORY_MB = 128;
const STACK_KB = 256;

/** Runs tests on both sides, in this process. */
export class Runner {
  private readonly harnessTexts = new Map<string, string>();

  private constructor(
    private readonly options: RunnerOptions,
    compiled: CompiledEngine,
    private readonly bare: Side = new BareSide(
      compiled,
      sideOptions(options, (name) => this.harness(name)),
    ),
    private readonly session: SessionSide = new SessionSide(
      compiled,
      sideOptions(options, (name) => this.harness(name)),
    ),
  ) {}

  static async start(options: RunnerOptions): Promise<Runner> {
    return new Runner(options, await compileEngine());
  }

  dispose(): void {
    this.session.dispose();
  }

  /** Runs one file in all its modes; gives nothing when it needs what neither side has. */
  async run(path: string, report: (result: RunResult) => void): Promise<void> {
    const source = readFileSync(join(this.options.root, path), "utf8");
    const metadata = readMetadata(source);
    if (metadata.features.some((feature) => SKIPPED_FEATURES.has(feature))) return;
    for (const mode of modesOf(metadata)) {
      const test: TestRun = {
        path,
        mode,
        source: mode === "strict" ? `"use strict";\n${source}` : source,
        harness: harnessOf(metadata),
      };
      report(await this.compare(metadata, test));
    }
  }

  private async compare(metadata: Metadata, test: TestRun): Promise<RunResult> {
    let result = await this.once(metadata, test);
    if (result.endings !== undefined || result.bare === "crash" || result.bare === "timeout") {
      // Beyond doubt: engines that have run nothing else.
      this.bare.renew();
      this.session.renew();
      result = await this.once(metadata, test);
      this.bare.renew();
      this.session.renew();
    }
    return result;
  }

  private async once(metadata: Metadata, test: TestRun): Promise<RunResult> {
    const endings = { bare: await this.bare.run(test), session: await this.session.run(test) };
    const bare = judge(metadata, endings.bare);
    const session = judge(metadata, endings.session);
    const { path, mode } = test;
    return bare === session ? { path, mode, bare, session } : { path, mode, bare, session, endings };
  }

  private harness(name: string): string {
    let text = this.harnessTexts.get(name);
    if (text === undefined) {
      text = readFileSync(join(this.options.root, "harness", name), "utf8");
      this.harnessTexts.set(name, text);
    }
    return text;
  }
}

function sideOptions({ root, timeoutMs }: RunnerOptions, harness: (name: string) => string) {
  return { root, timeoutMs, memoryMb: MEMORY_MB, stackKb: STACK_KB, harness };
}
