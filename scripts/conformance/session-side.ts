import type { CompiledEngine } from "../../main/vm/engine/compile";
import { cpSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { randomUUID } from "node:crypto";
import { createSessionRuntime, prepareEngine } from "../../main/vm/create-session-runtime";
import { EngineThrow } from "../../main/vm/engine/engine";
import type { QuickJSEngine } from "../../main/vm/engine/quickjs-engine";
import type { Session } from "../../main/vm/session";
import type { ExecutionOutcome, RunRequest } from "../../main/vm/session-runtime";
import { templateSchema } from "../../shared/model/template";
import { MemoryImage } from "./memory-image";
import type { Side, SideOptions, TestRun } from "./side";
import { describeThrown, installTest262 } from "./test262-object";
import type { Ending } from "./verdict";

interface Engine {
  readonly session: Session;
  readonly engine: QuickJSEngine;
  image?: { readonly key: string; readonly image: MemoryImage };
  readonly clean: MemoryImage;
}

/** A session as every user has it: prelude, console, globals, event loop, limits, modules of a workspace. */
export class SessionSide implements Side {
  private current: Engine | undefined;
  private readonly workspace: string;
  private readonly copied = new Set<string>();
  private test: TestRun | undefined;
  private printed: string[] = [];

  constructor(
    private readonly compiled: CompiledEngine,
    private readonly options: SideOptions,
  ) {
    this.workspace = realpathSync(mkdtempSync(join(tmpdir(), "vm-workbench-conformance-")));
    // Tests say by a flag that they are modules, not by their ending.
    writeFileSync(join(this.workspace, "package.json"), '{ "type": "module" }');
  }

  renew(): void {
    this.current = undefined;
  }

  dispose(): void {
    rmSync(this.workspace, { recursive: true, force: true });
  }

  async run(test: TestRun): Promise<Ending> {
    try {
      const current = await this.prepare(test.harness);
      this.test = test;
      this.printed = [];
      if (/\bimport\b/.test(test.source)) this.copyFolder(test.path);
      const outcome = await current.session.run(requestFor(test), () => undefined);
      const ending = this.ending(current.engine, outcome);
      if (outcome.status === "crashed") this.renew();
      return { ...ending, printed: this.printed };
    } catch (error) {
      this.renew();
      return { ended: "crashed", message: String(error), printed: this.printed };
    }
  }

  private ending(engine: QuickJSEngine, outcome: ExecutionOutcome): Omit<Ending, "printed"> {
    if (outcome.status === "ok") return { ended: "completed" };
    if (outcome.status === "timeout" || outcome.status === "cancelled") return { ended: "timeout" };
    if (outcome.status === "crashed") return { ended: "crashed", message: outcome.error?.message ?? "" };
    const { context } = engine;
    const thrown = context.getProp(context.global, "$_error");
    const described = describeThrown(context, thrown);
    thrown.dispose();
    return { ended: "threw", ...described };
  }

  /** The tests of a folder import each other and what else lies there. */
  private copyFolder(path: string): void {
    const folder = dirname(path);
    if (this.copied.has(folder)) return;
    this.copied.add(folder);
    cpSync(join(this.options.root, folder), join(this.workspace, folder), { recursive: true });
  }

  private async prepare(harness: readonly string[]): Promise<Engine> {
    const key = harness.join(",");
    let current = this.current;
    if (current?.image?.key === key && current.image.image.restore()) return current;
    if (current === undefined || !current.clean.restore()) current = await this.start();
    this.current = current;
    for (const name of harness) {
      const result = current.engine.evalScript(this.options.harness(name), name, { strict: false });
      if (!result.ok) throw new Error(`The harness file ${name} failed.`);
      result.value.dispose();
    }
    current.image = { key, image: new MemoryImage(current.engine.wasmMemory) };
    return current;
  }

  private async start(): Promise<Engine> {
    const { memoryMb, stackKb, timeoutMs } = this.options;
    const prepared = await prepareEngine({ memoryMb, stackKb }, this.compiled);
    const { engine } = prepared;
    // Whether a rejection that nobody handles ends the script is the host's to decide: ours does, the bare engine does
    // not, and test262 demands neither.
    const take = engine.takeUnhandledRejections.bind(engine);
    engine.takeUnhandledRejections = () => {
      for (const reason of take()) reason.dispose();
      return [];
    };
    const session = await createSessionRuntime(
      {
        sessionId: randomUUID(),
        workspaceRoot: this.workspace,
        template: templateSchema.parse({
          id: randomUUID(),
          name: "Conformance",
          limits: { memoryMb, stackKb, cpuMs: timeoutMs, wallMs: timeoutMs },
          // Tests name their mode themselves.
          runtime: { strict: false },
        }),
      },
      { prepared, compiled: this.compiled },
    );
    installTest262(engine.context, {
      test: () => this.test ?? { source: "", path: "" },
      print: (text) => void this.printed.push(text),
      fail: (_result, thrown) => {
        // The engine takes the value over; the library brands its pointers in types only.
        throw new EngineThrow(engine.adopt(Number(thrown.value)));
      },
    });
    return { session, engine, clean: new MemoryImage(engine.wasmMemory) };
  }
}

/**
 * Modules run as files. Scripts run in global scope, through a startup file: a file that is run is the body of a
 * function, and what a startup file declares may be declared again, neither of which a bare engine knows.
 */
function requestFor({ mode, path, source }: TestRun): RunRequest {
  return mode === "module"
    ? { kind: "runFile", path, source }
    : { kind: "startup", path: "run.cjs", mode: "eval", source: "$262.runTest()" };
}
