import type { CompiledEngine } from "../../main/vm/engine/compile";
import { readFileSync } from "node:fs";
import { join, posix } from "node:path";
import variant from "@jitl/quickjs-wasmfile-release-sync";
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSRuntime,
} from "quickjs-emscripten-core";
import { MemoryImage } from "./memory-image";
import type { Side, SideOptions, TestRun } from "./side";
import { describeThrown, installTest262 } from "./test262-object";
import type { Ending } from "./verdict";

const INITIAL_PAGES = 256;
const PAGES_PER_MB = 16;
const JOB_SLICE = 256;

interface Engine {
  readonly runtime: QuickJSRuntime;
  readonly context: QuickJSContext;
  readonly memory: WebAssembly.Memory;
  /** Realm with these harness files evaluated. */
  image?: { readonly key: string; readonly image: MemoryImage };
  readonly clean: MemoryImage;
}

/** quickjs-emscripten as it comes: one runtime, one context, nothing of ours. */
export class BareSide implements Side {
  private engine: Engine | undefined;
  private test: TestRun | undefined;
  private printed: string[] = [];
  private deadline = Infinity;

  constructor(
    private readonly compiled: CompiledEngine,
    private readonly options: SideOptions,
  ) {}

  renew(): void {
    this.engine = undefined;
  }

  async run(test: TestRun): Promise<Ending> {
    try {
      this.deadline = Infinity;
      const engine = await this.prepare(test.harness);
      this.test = test;
      this.printed = [];
      const deadline = Date.now() + this.options.timeoutMs;
      this.deadline = deadline;
      return { ...this.evaluate(engine, test, deadline), printed: this.printed };
    } catch (error) {
      this.renew();
      return { ended: "crashed", message: String(error), printed: this.printed };
    }
  }

  private evaluate(engine: Engine, test: TestRun, deadline: number): Omit<Ending, "printed"> {
    const { context, runtime } = engine;
    const threw = (error: QuickJSHandle): Omit<Ending, "printed"> =>
      Date.now() > deadline ? { ended: "timeout" } : { ended: "threw", ...describeThrown(context, error) };
    const result =
      test.mode === "module"
        ? context.evalCode(test.source, test.path, { type: "module" })
        : context.evalCode("$262.runTest()", "run.js", { type: "global" });
    if (result.error !== undefined) return threw(result.error);
    while (runtime.hasPendingJob()) {
      const jobs = runtime.executePendingJobs(JOB_SLICE);
      if (Date.now() > deadline) return { ended: "timeout" };
      if (jobs.error !== undefined) return threw(jobs.error);
    }
    if (test.mode !== "module") return { ended: "completed" };
    const state = context.getPromiseState(result.value);
    return state.type === "rejected" ? threw(state.error) : { ended: "completed" };
  }

  private async prepare(harness: readonly string[]): Promise<Engine> {
    const key = harness.join(",");
    let engine = this.engine;
    if (engine?.image?.key === key && engine.image.image.restore()) return engine;
    if (engine === undefined || !engine.clean.restore()) engine = await this.start();
    this.engine = engine;
    for (const name of harness) {
      engine.context
        .unwrapResult(engine.context.evalCode(this.options.harness(name), name, { type: "global" }))
        .dispose();
    }
    engine.image = { key, image: new MemoryImage(engine.memory) };
    return engine;
  }

  private async start(): Promise<Engine> {
    const memory = new WebAssembly.Memory({
      initial: INITIAL_PAGES,
      maximum: this.options.memoryMb * PAGES_PER_MB,
    });
    const library = await newQuickJSWASMModuleFromVariant(
      newVariant(variant, {
        wasmModule: this.compiled.wasmModule,
        wasmMemory: memory,
      }),
    );
    const runtime = library.newRuntime();
    runtime.setMaxStackSize(this.options.stackKb * 1024);
    runtime.setMemoryLimit(2 ** 31 - 1);
    runtime.setModuleLoader(
      (path) => readFileSync(join(this.options.root, path), "utf8"),
      (base, name) => (/^\.\.?\//.test(name) ? posix.join(posix.dirname(base), name) : name),
    );
    // Once, before the image is made: that there is a handler is written in the engine's memory.
    runtime.setInterruptHandler(() => Date.now() > this.deadline);
    const context = runtime.newContext();
    installTest262(context, {
      test: () => this.test ?? { source: "", path: "" },
      print: (text) => void this.printed.push(text),
      fail: (result) => result,
    });
    return { runtime, context, memory, clean: new MemoryImage(memory) };
  }
}
