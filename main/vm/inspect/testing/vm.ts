import { join } from "node:path";
import variant from "@jitl/quickjs-wasmfile-release-sync";
import { build } from "esbuild";
import { newQuickJSWASMModuleFromVariant, type QuickJSContext, type QuickJSHandle } from "quickjs-emscripten";
import type { ConsolePayload } from "../../../../shared/model/event";
import type { Description } from "../descriptor";
import { consolePayload } from "../console-payload";
import { createEngineView } from "../engine-view";
import { createHostFunctions } from "../host-functions";

let bundled: Promise<string> | undefined;

/** The prelude's parts of this folder as one script; its value is the start function. */
function guestScript(): Promise<string> {
  bundled ??= build({
    entryPoints: [join(import.meta.dirname, "guest-entry.ts")],
    bundle: true,
    write: false,
    format: "iife",
    globalName: "__guest",
    footer: { js: "__guest.start;" },
    platform: "neutral",
    target: "es2023",
    minifySyntax: true,
    minifyWhitespace: true,
    logLevel: "warning",
  }).then((result) => result.outputFiles[0]?.text ?? "");
  return bundled;
}

/** A real engine with the console, the globals, the describer and the completion, and nothing else of a session. */
export class TestVm {
  readonly console: ConsolePayload[] = [];
  /** Stacks that came with the console lines. */
  readonly stacks: string[] = [];
  /** Milliseconds that the prelude took. */
  preludeMs = 0;
  private guest: QuickJSHandle | undefined;
  private clock = 0;
  private deadline = Infinity;

  private constructor(
    readonly context: QuickJSContext,
    readonly memory: { readonly buffer: ArrayBuffer },
  ) {}

  static async create(): Promise<TestVm> {
    const script = await guestScript();
    // A release build of the engine has no other entry; the type of a default export differs between loaders.
    const module = await newQuickJSWASMModuleFromVariant(variant);
    const runtime = module.newRuntime();
    runtime.setMaxStackSize(256 * 1024);
    const vm = new TestVm(runtime.newContext(), module.getWasmMemory());
    runtime.setInterruptHandler(() => performance.now() > vm.deadline);
    vm.start(script);
    return vm;
  }

  private start(script: string): void {
    const { context } = this;
    const given = context.newObject();
    const view = createEngineView(context, this.memory);
    context.setProp(given, "view", view);
    view.dispose();
    const functions: Record<string, (...args: never[]) => unknown> = createHostFunctions();
    this.define(given, "call", (name, args) => {
      const implementation = functions[context.getString(name)];
      const given_ = JSON.parse(context.getString(args)) as { bytes?: number[] }[];
      const decoded = given_.map((arg) => (arg?.bytes === undefined ? arg : Uint8Array.from(arg.bytes)));
      const result = implementation?.(...(decoded as never[]));
      return context.newString(
        JSON.stringify(result instanceof Uint8Array ? { bytes: [...result] } : (result ?? null)),
      );
    });
    this.define(given, "console", (...args) => {
      const [level, method, group, text, argsJson, stack] = args.map((arg) => context.dump(arg) as never);
      this.console.push(
        consolePayload({ level: level ?? 1, method: method ?? 0, group: group ?? 0, text, argsJson }),
      );
      this.stacks.push(stack ?? "");
      return context.undefined;
    });
    this.define(given, "now", () => context.newNumber((this.clock += 1.5)));
    const started = performance.now();
    const start = context.unwrapResult(context.evalCode(script, "vm:prelude"));
    this.guest = context.unwrapResult(context.callFunction(start, context.undefined, given));
    this.preludeMs = performance.now() - started;
    start.dispose();
    given.dispose();
  }

  private define(
    object: QuickJSHandle,
    name: string,
    implementation: (...args: QuickJSHandle[]) => QuickJSHandle,
  ): void {
    const made = this.context.newFunction(name, implementation);
    this.context.setProp(object, name, made);
    made.dispose();
  }

  /** Runs source and gives the handle of its value; throws what it threw. The caller disposes of it. */
  evaluate(source: string, file = "script.js"): QuickJSHandle {
    const value = this.context.unwrapResult(this.context.evalCode(source, file));
    this.context.runtime.executePendingJobs();
    return value;
  }

  run(source: string): unknown {
    const value = this.evaluate(source);
    try {
      return this.context.dump(value) as unknown;
    } finally {
      value.dispose();
    }
  }

  /** Calls a function of the prelude's parts: `describer.describe`, `completer.complete` … */
  call(part: string, name: string, ...args: unknown[]): string {
    const { context } = this;
    if (this.guest === undefined) throw new Error("not started");
    const owner = context.getProp(this.guest, part);
    const fn = context.getProp(owner, name);
    const handles = args.map((arg) => this.toHandle(arg));
    try {
      const result = context.unwrapResult(context.callFunction(fn, owner, ...handles));
      const value = context.dump(result) as string;
      result.dispose();
      return value;
    } finally {
      for (const [index, handle] of handles.entries()) if (handle !== args[index]) handle.dispose();
      fn.dispose();
      owner.dispose();
    }
  }

  private toHandle(value: unknown): QuickJSHandle {
    if (typeof value === "object" && value !== null && "owner" in value) return value as QuickJSHandle;
    return this.context.unwrapResult(this.context.evalCode(`(${JSON.stringify(value) ?? "undefined"})`));
  }

  /** Describes the value of an expression. */
  describe(source: string, options: { keep?: boolean; custom?: boolean } = {}): Description {
    const value = this.evaluate(source);
    try {
      return JSON.parse(this.call("describer", "describe", value, options)) as Description;
    } finally {
      value.dispose();
    }
  }

  /** Text of the value of an expression, as `util.inspect` of a session gives it. */
  inspect(source: string, options?: object): string {
    const value = this.evaluate(source);
    try {
      return this.call("describer", "inspect", value, options);
    } finally {
      value.dispose();
    }
  }

  /** Interrupts what runs after so many milliseconds; 0 takes the limit away. */
  limit(milliseconds: number): void {
    this.deadline = milliseconds === 0 ? Infinity : performance.now() + milliseconds;
  }

  dispose(): void {
    this.guest?.dispose();
    const { runtime } = this.context;
    this.context.dispose();
    runtime.dispose();
  }
}
