import { WorkbenchError } from "../../shared/model/error";
import type { ExecutionError, ExecutionEvent } from "../../shared/model/event";
import type { PropertyPreview, ValuePreview } from "../../shared/model/value";
import type { HostContext } from "../modules/record";
import type { Registry } from "../modules/registry";
import { ExecutionControl } from "./control";
import {
  EngineThrow,
  type Completion as EngineCompletion,
  type Handle,
  type HostArguments,
} from "./engine/engine";
import type { QuickJSEngine } from "./engine/quickjs-engine";
import { EngineOutOfMemory } from "./engine/quickjs-memory";
import { reportThrown } from "./error-report";
import { RunningExecution } from "./execution";
import { Bridge } from "./host/bridge";
import { startGuest, type GuestHandles } from "./host/guest";
import { ModuleLoading } from "./host/module-loading";
import { NativeModules } from "./host/native-modules";
import { consolePayload } from "./inspect/console-payload";
import type { Description, PropertyDescription } from "./inspect/descriptor";
import { createEngineView } from "./inspect/engine-view";
import { createHostFunctions, parse } from "./inspect/host-functions";
import { previewOf, propertyPreviews } from "./inspect/preview";
import { WorkspaceFiles } from "./loader/workspace-files";
import { checkReplInput } from "./repl/check-input";
import { rewriteReplInput } from "./repl/rewrite";
import type {
  ExecutionOutcome,
  InputState,
  LiveCompletions,
  RunRequest,
  RuntimeSpec,
  SessionRuntime,
} from "./session-runtime";
import { printFrames, readStack } from "./stack";

/** Promise jobs that run between two looks at the clock. */
const JOB_SLICE = 256;
/** How long the thread may go on with timers before it lets the host's own events in. */
const YIELD_AFTER_MS = 10;
/** How long cleaning up after a stopped execution may take. */
const CLEANUP_MS = 100;
/** How long native modules may take to end what an execution left behind (child processes need some hundred ms). */
const MODULE_CLEANUP_MS = 3000;

export interface SessionDependencies {
  readonly engine: QuickJSEngine;
  /** The engine's prelude, if it is evaluated already; taken over. */
  readonly prelude?: Handle | undefined;
  readonly registry: Pick<Registry, "find" | "names">;
  readonly control?: ExecutionControl | undefined;
  readonly trackProcess?: HostContext["trackProcess"] | undefined;
}

/** What running the request gave: its value, which may be a promise, or what it threw. */
type Started = { readonly value: Handle; readonly namespace: boolean } | { readonly thrown: Handle };

/** {@link SessionRuntime} on an engine of its own. Made by `createSessionRuntime`. */
export class Session implements SessionRuntime {
  private readonly engine: QuickJSEngine;
  private readonly control: ExecutionControl;
  private readonly trackProcess: HostContext["trackProcess"];
  private readonly files: WorkspaceFiles;
  private readonly natives: NativeModules;
  private readonly modules: ModuleLoading;
  private readonly bridge: Bridge;
  private readonly guest: GuestHandles;
  private readonly noSignal = new AbortController();
  private running: RunningExecution | undefined;
  private crash: Error | undefined;
  private wake: (() => void) | undefined;
  private replInputs = 0;
  private inside = false;
  private mode: "run" | "cleanUp" | "discard" = "run";
  private cleanUpUntil = 0;

  constructor(
    private readonly spec: RuntimeSpec,
    dependencies: SessionDependencies,
  ) {
    const { engine } = dependencies;
    this.engine = engine;
    this.control = dependencies.control ?? new ExecutionControl();
    this.trackProcess = dependencies.trackProcess;
    this.files = new WorkspaceFiles(spec.workspaceRoot);
    this.bridge = new Bridge(engine, {
      hostCall: () => this.running?.noteHostCall(),
      whileWaiting: (work) => this.control.whileNotComputing(work),
      settled: () => this.wake?.(),
    });
    this.natives = new NativeModules(dependencies.registry, spec.template.modules, this.bridge, (name) =>
      this.contextFor(name),
    );
    this.modules = new ModuleLoading(
      engine,
      this.bridge,
      this.files,
      this.natives,
      spec.template,
      () => this.guest,
    );
    engine.setModuleLoader(this.modules);
    engine.setInterruptHandler(() => this.shouldInterrupt());
    this.guest = this.startPrelude(dependencies.prelude);
    this.bridge.connect(this.guest);
    this.startTemplate();
  }

  async run(request: RunRequest, emit: (event: ExecutionEvent) => void): Promise<ExecutionOutcome> {
    const execution = new RunningExecution(this.spec.template.limits, this.control, this.engine, emit);
    this.running = execution;
    let outcome: Omit<ExecutionOutcome, "metrics">;
    try {
      outcome = this.crash === undefined ? await this.execute(execution, request) : this.crashed(this.crash);
    } catch (error) {
      outcome = this.isOutOfMemory(error) ? this.outOfMemory(execution) : this.crashed(error);
    }
    // Aborted before the modules clean up, so that what they wait for ends.
    execution.end();
    const hanging = await this.natives.executionEnded(MODULE_CLEANUP_MS);
    if (hanging.length > 0) outcome = this.crashed(hangingModules(hanging));
    this.running = undefined;
    return { ...outcome, metrics: execution.metrics() };
  }

  stop(): void {
    this.running?.cancel();
    this.wake?.();
  }

  getProperties(objectId: string, start = 0, count = 100): PropertyPreview[] {
    const json = this.askGuest(this.guest.properties, objectId, start, count);
    return propertyPreviews(parse<readonly PropertyDescription[]>(json), this.mapStack);
  }

  invokeGetter(objectId: string, name: string): ValuePreview {
    return previewOf(
      parse<Description>(this.askGuest(this.guest.invokeGetter, objectId, name)),
      this.mapStack,
    );
  }

  releaseObjects(objectIds: readonly string[]): void {
    for (const objectId of objectIds) this.askGuest(this.guest.release, objectId);
  }

  complete(source: string, cursor: number): LiveCompletions {
    // What the REPL declares stands on globalThis, where the completer finds it by itself.
    const context = JSON.stringify({ modules: this.modules.loadableNames() });
    return parse<LiveCompletions>(this.askGuest(this.guest.complete, source, cursor, context));
  }

  checkInput(source: string): InputState {
    return checkReplInput(source);
  }

  memoryBytes(): number {
    return this.engine.memoryBytes();
  }

  async dispose(): Promise<void> {
    this.stop();
    await this.natives.dispose();
  }

  /** Frees the engine; throws when a value leaked. For tests: in production the session's thread ends instead. */
  disposeEngine(): void {
    for (const handle of Object.values(this.guest)) handle.dispose();
    this.engine.dispose();
  }

  // --- one execution ---

  private async execute(
    execution: RunningExecution,
    request: RunRequest,
  ): Promise<Omit<ExecutionOutcome, "metrics">> {
    this.tellGuest(this.guest.beginExecution);
    if (request.kind === "repl") execution.add({ type: "inputEcho", payload: { source: request.source } });
    let failure: ExecutionError | undefined;
    let value: Handle | undefined;
    try {
      const started = this.inEngine(() => this.start(request));
      if ("thrown" in started) failure = this.inEngine(() => this.report(execution, started.thrown));
      else ({ value, failure } = await this.settle(execution, started));
    } catch (error) {
      if (!(error instanceof WorkbenchError) && !(error instanceof SyntaxError)) throw error;
      failure = this.inEngine(() => this.report(execution, this.bridge.errorHandle(error)));
    }
    const outcome = this.conclude(execution, request, value, failure);
    value?.dispose();
    this.cleanUp(outcome);
    return outcome;
  }

  /** Makes the last events and the outcome. */
  private conclude(
    execution: RunningExecution,
    request: RunRequest,
    value: Handle | undefined,
    failure: ExecutionError | undefined,
  ): Omit<ExecutionOutcome, "metrics"> {
    let result: ValuePreview | undefined;
    if (execution.cause === undefined && failure === undefined && value !== undefined) {
      result = this.inEngine(() => this.preview(execution, value));
      if (execution.cause === undefined && request.kind !== "startup" && result !== undefined) {
        execution.add({ type: "value", payload: { value: result } });
      }
      if (request.kind === "repl") this.tellGuest(this.guest.setGlobal, "$_", value);
    }
    const { cause } = execution;
    if (cause !== undefined) {
      const kind = cause.status === "cancelled" ? "stopped" : "limit";
      execution.addSystem({ kind, message: cause.message, code: cause.code });
      return {
        status: cause.status,
        error: { code: cause.code, name: nameOfCause(cause.status), message: cause.message },
        ...(cause.status === "cancelled" || cause.status === "timeout"
          ? { stop: "interrupted" as const }
          : {}),
      };
    }
    if (failure !== undefined) {
      if (failure.code === "STACK_LIMIT_EXCEEDED" || failure.code === "MEMORY_LIMIT_EXCEEDED") {
        execution.addSystem({ kind: "limit", message: failure.message, code: failure.code });
      }
      execution.add({ type: "exception", payload: failure });
      if (execution.cause !== undefined) return this.conclude(execution, request, undefined, undefined);
      return { status: "error", error: failure };
    }
    return result === undefined || request.kind === "startup" ? { status: "ok" } : { status: "ok", result };
  }

  private start(request: RunRequest): Started {
    this.setInputs(request);
    switch (request.kind) {
      case "repl":
        return this.startRepl(request.source);
      case "runFile":
        return this.startFile(request.path, request.source, request.lineOffset ?? 0);
      case "startup":
        return this.startStartup(request);
    }
  }

  private startFile(path: string, text: string | undefined, lineOffset: number): Started {
    const normal = this.files.normalize(path);
    // A text that is not saved yet may have no file; what stands there must still be inside the workspace.
    const standing = this.files.standing(normal);
    if (standing === "directory")
      throw new WorkbenchError("INVALID_PATH", `The path "${path}" is a folder.`, { path });
    this.tellGuest(this.guest.forgetFiles);
    this.modules.forgetFiles();
    const source = this.modules.sources.main(normal, text, lineOffset);
    if (source.format === "esm") {
      const namespace = this.engine.evalModule(source.code, this.modules.fileKey(normal));
      return namespace.ok ? { value: namespace.value, namespace: true } : { thrown: namespace.error };
    }
    const compiled = this.engine.evalScript(source.code, normal, { strict: this.modules.isStrict(normal) });
    if (!compiled.ok) return { thrown: compiled.error };
    const result = this.engine.call(this.guest.runMain, compiled.value, normal);
    compiled.value.dispose();
    return started(result);
  }

  private startStartup(request: Extract<RunRequest, { kind: "startup" }>): Started {
    const normal = this.files.normalize(request.path);
    const source = this.modules.sources.script(normal, request.source);
    if (request.mode === "import" || source.format === "esm") {
      if (source.format === "esm") {
        const namespace = this.engine.evalModule(source.code, this.modules.fileKey(normal));
        return namespace.ok ? { value: namespace.value, namespace: true } : { thrown: namespace.error };
      }
      this.modules.sources.forgetFile(normal);
      return started(this.engine.call(this.guest.loadModule, source.format, normal));
    }
    return started(this.engine.evalScript(source.code, normal, { strict: this.modules.isStrict(normal) }));
  }

  private startRepl(text: string): Started {
    const path = `repl:${++this.replInputs}`;
    const input = rewriteReplInput(text, path, this.spec.template.runtime.typescript);
    this.modules.sources.note(input.source);
    return started(this.engine.evalScript(input.source.code, path, { strict: false }));
  }

  private setInputs(request: RunRequest): void {
    if (request.kind === "startup") return;
    this.tellGuest(
      this.guest.setInputs,
      request.args === undefined ? "" : JSON.stringify(request.args),
      JSON.stringify(request.env ?? {}),
    );
  }

  /** Runs the event loop until the result has settled and nothing that the execution started is pending. */
  private async settle(
    execution: RunningExecution,
    first: Extract<Started, { value: Handle }>,
  ): Promise<{ value?: Handle; failure?: ExecutionError }> {
    let value = first.value;
    let { namespace } = first;
    this.expectPromise(value);
    const failure = await this.loop(execution, () => {
      // A promise may be fulfilled with what has to be read further: a namespace with a value that is a promise.
      for (;;) {
        const state = this.engine.promiseState(value);
        if (state === "pending") return "pending";
        if (state === "rejected") return "settled";
        const next =
          state === "fulfilled"
            ? this.engine.promiseResult(value)
            : namespace
              ? this.takeMainValue()
              : undefined;
        if (state === "none") namespace = false;
        if (next === undefined) return "settled";
        value.dispose();
        value = next;
        this.expectPromise(value);
      }
    });
    if (failure !== undefined || execution.cause !== undefined) {
      value.dispose();
      return failure === undefined ? {} : { failure };
    }
    if (this.engine.promiseState(value) === "rejected") {
      const reason = this.engine.promiseResult(value);
      value.dispose();
      const report = this.inEngine(() => this.report(execution, reason));
      return report === undefined ? {} : { failure: report };
    }
    return { value };
  }

  private takeMainValue(): Handle | undefined {
    const taken = this.engine.call(this.guest.takeMainValue);
    if (taken.ok) return taken.value;
    taken.error.dispose();
    return undefined;
  }

  /** The outcome of a promise that is the result is reported anyway: it never counts as unhandled. */
  private expectPromise(value: Handle): void {
    if (this.engine.promiseState(value) !== "none") this.tellGuest(this.guest.ignoreRejection, value);
  }

  /** Gives the error that ends the execution, if one does. */
  private async loop(
    execution: RunningExecution,
    result: () => "pending" | "settled",
  ): Promise<ExecutionError | undefined> {
    let yielded = performance.now();
    while (!execution.mustStop()) {
      const thrown = this.inEngine(() => this.drain(execution));
      execution.noteMemory();
      if (thrown !== undefined) return this.inEngine(() => this.report(execution, thrown));
      if (execution.cause !== undefined) return undefined;
      if (this.bridge.hasSettlements) {
        const error = this.inEngine(() => this.bridge.deliverOne());
        if (error !== undefined) return this.inEngine(() => this.report(execution, error));
        continue;
      }
      const { wait, keeps } = readWait(this.numberFrom(this.guest.nextTimer));
      if (!keeps && this.bridge.pending === 0 && result() === "settled") {
        if (this.engine.hasJobs()) continue;
        return undefined;
      }
      if (wait === 0) {
        const error = this.inEngine(() => this.callGuest(this.guest.runTimer));
        if (error !== undefined) return this.inEngine(() => this.report(execution, error));
        if (performance.now() - yielded > YIELD_AFTER_MS) {
          await this.pause(0);
          yielded = performance.now();
        }
        continue;
      }
      await this.pause(Math.min(wait, execution.remainingMs));
      yielded = performance.now();
    }
    return undefined;
  }

  /** Runs promise jobs, then looks for rejections that nobody handled. */
  private drain(execution: RunningExecution): Handle | undefined {
    while (this.engine.hasJobs()) {
      const { error } = this.engine.runJobs(JOB_SLICE);
      if (execution.mustStop()) {
        error?.dispose();
        return undefined;
      }
      if (error !== undefined) return error;
    }
    const [first, ...others] = this.engine.takeUnhandledRejections();
    for (const other of others) other.dispose();
    return first;
  }

  /** Waits for a settled promise of the host, a stop, or the time; 0 lets the host's own events in. */
  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      if (ms <= 0) {
        setImmediate(resolve);
        return;
      }
      const done = (): void => {
        clearTimeout(timer);
        this.wake = undefined;
        resolve();
      };
      const timer = setTimeout(done, Math.min(Math.ceil(ms), 2 ** 31 - 1));
      this.wake = done;
      if (this.bridge.hasSettlements) done();
    });
  }

  /** Leaves nothing of the execution behind that the next one would see. */
  private cleanUp(outcome: Omit<ExecutionOutcome, "metrics">): void {
    this.mode = "cleanUp";
    this.cleanUpUntil = performance.now() + CLEANUP_MS;
    try {
      if (outcome.status !== "ok")
        this.discardLeftovers(outcome.error?.message ?? "The execution has ended.");
      this.tellGuest(this.guest.clearInputs);
    } catch (error) {
      // When the memory is full, the next execution says so.
      if (error instanceof EngineThrow) error.error.dispose();
      else if (!(error instanceof EngineOutOfMemory)) throw error;
    } finally {
      this.mode = "run";
    }
  }

  /** Throws away timers, host promises and promise jobs of an execution that was stopped. */
  private discardLeftovers(message: string): void {
    this.bridge.forgetPending();
    const error = this.bridge.errorHandle(
      Object.assign(new Error(message), { name: "AbortError", code: "EXECUTION_CANCELLED" }),
    );
    this.tellGuest(this.guest.cancel, error);
    error.dispose();
    this.mode = "discard";
    this.engine.discardJobs(this.cleanUpUntil);
    for (const reason of this.engine.takeUnhandledRejections()) reason.dispose();
    this.mode = "cleanUp";
  }

  // --- reading values ---

  private preview(execution: RunningExecution, value: Handle): ValuePreview | undefined {
    const described = this.engine.call(this.guest.describe, value, true);
    if (!described.ok) {
      described.error.dispose();
      if (execution.mustStop()) return undefined;
      return this.plainPreview(value);
    }
    const json = this.engine.toPrimitive(described.value);
    described.value.dispose();
    if (execution.mustStop() || typeof json !== "string") return undefined;
    return previewOf(parse<Description>(json), this.mapStack);
  }

  /** When the script's own inspection function throws: without it. */
  private plainPreview(value: Handle): ValuePreview | undefined {
    const described = this.engine.call(this.guest.describe, value, false);
    const json = this.take(described);
    return typeof json === "string" ? previewOf(parse<Description>(json), this.mapStack) : undefined;
  }

  /** Takes the handle over. */
  private report(execution: RunningExecution, thrown: Handle): ExecutionError | undefined {
    try {
      if (execution.mustStop()) return undefined;
      const json = this.take(this.engine.call(this.guest.readError, thrown));
      const value = this.preview(execution, thrown);
      if (execution.mustStop() || typeof json !== "string") return undefined;
      if (this.running === execution) this.tellGuest(this.guest.setGlobal, "$_error", thrown);
      return reportThrown(json, value, this.modules.sources, this.spec.template.limits);
    } finally {
      thrown.dispose();
    }
  }

  private readonly mapStack = (stack: string): string => printFrames(readStack(stack, this.modules.sources));

  // --- the engine ---

  private shouldInterrupt(): boolean {
    switch (this.mode) {
      case "run":
        return this.running?.mustStop() ?? false;
      case "cleanUp":
        return performance.now() > this.cleanUpUntil;
      case "discard":
        return true;
    }
  }

  private inEngine<T>(work: () => T): T {
    // Entering twice would restart the clock.
    if (this.inside) return work();
    this.inside = true;
    this.control.enter();
    try {
      return work();
    } finally {
      this.control.leave();
      this.inside = false;
    }
  }

  /** Calls one of the prelude's functions for its effect, whatever comes of it. */
  private tellGuest(
    fn: Handle,
    ...args: Parameters<QuickJSEngine["call"]> extends [Handle, ...infer Rest] ? Rest : never
  ): void {
    this.callGuest(fn, ...args)?.dispose();
  }

  /** Calls one of the prelude's functions for its effect; gives what it threw. */
  private callGuest(
    fn: Handle,
    ...args: Parameters<QuickJSEngine["call"]> extends [Handle, ...infer Rest] ? Rest : never
  ): Handle | undefined {
    const completion = this.engine.call(fn, ...args);
    if (!completion.ok) return completion.error;
    completion.value.dispose();
    return undefined;
  }

  private numberFrom(fn: Handle): number {
    const value = this.take(this.engine.call(fn));
    return typeof value === "number" ? value : -1;
  }

  private take(completion: EngineCompletion): unknown {
    const handle = completion.ok ? completion.value : completion.error;
    const value = completion.ok ? this.engine.toPrimitive(handle) : undefined;
    handle.dispose();
    return value;
  }

  /** Text from the prelude outside of an execution; throws `INVALID_REQUEST` when it threw. */
  private askGuest(fn: Handle, ...args: readonly (string | number)[]): string {
    const completion = this.engine.call(fn, ...args);
    if (completion.ok) {
      const value = this.engine.toPrimitive(completion.value);
      completion.value.dispose();
      return typeof value === "string" ? value : "";
    }
    const message = this.engine.getProperty(completion.error, "message");
    completion.error.dispose();
    const text = this.engine.toPrimitive(message);
    message.dispose();
    throw new WorkbenchError(
      "INVALID_REQUEST",
      typeof text === "string" ? text : "The value cannot be read.",
    );
  }

  private isOutOfMemory(error: unknown): boolean {
    if (error instanceof EngineOutOfMemory) return true;
    // What the prelude threw at the host although nothing is wrong with it.
    return error instanceof EngineThrow && this.engine.outOfMemoryCount > 0;
  }

  /** Not even the host finds room in the engine: an earlier execution has left it full. */
  private outOfMemory(execution: RunningExecution): Omit<ExecutionOutcome, "metrics"> {
    const code = "MEMORY_LIMIT_EXCEEDED";
    const message = `The session's memory of ${this.spec.template.limits.memoryMb} MB is full (limits.memoryMb). Restart the session to go on.`;
    execution.addSystem({ kind: "limit", message, code });
    return { status: "error", error: { code, name: nameOfCause("error"), message } };
  }

  private crashed(error: unknown): Omit<ExecutionOutcome, "metrics"> {
    this.crash = error instanceof Error ? error : new Error(String(error));
    const message = `The engine crashed: ${this.crash.message}. Restart the session to go on.`;
    this.running?.addSystem({ kind: "notice", message, code: "ENGINE_CRASHED" });
    return { status: "crashed", error: { code: "ENGINE_CRASHED", name: "EngineCrash", message } };
  }

  // --- start ---

  private startPrelude(prelude: Handle | undefined): GuestHandles {
    const functions = this.bridge.registerAll(
      { ...this.modules.internalFunctions(), ...createHostFunctions(this.mapStack) },
      "computes",
    );
    const startedAt = performance.now();
    const { engine } = this;
    const host = {
      callSync: engine.newFunction("callSync", this.bridge.callSync),
      callAsync: engine.newFunction("callAsync", this.bridge.callAsync),
      console: engine.newFunction("console", (args) => this.deliverConsole(args)),
      now: engine.newFunction("now", () => performance.now() - startedAt),
      evaluateGuestHalf: this.engineFunction("evaluateGuestHalf", (name) =>
        this.modules.evaluateGuestHalf(name),
      ),
      compileLibrary: this.engineFunction("compileLibrary", (key) => this.modules.compileLibrary(key)),
      compileCommonJs: this.engineFunction("compileCommonJs", (path) => this.modules.compileCommonJs(path)),
      importNamespace: this.engineFunction("importNamespace", (path) => this.modules.importNamespace(path)),
      // The inspection works with the library's own handles.
      view: engine.adopt(Number(createEngineView(engine.context, engine.wasmMemory).value)),
      functions: engine.toHandle(JSON.stringify(functions)),
    };
    return startGuest(engine, host, prelude);
  }

  private engineFunction(name: string, work: (argument: string) => Handle): Handle {
    return this.engine.newFunction(name, (args) => {
      try {
        return work(args.string(0));
      } catch (error) {
        throw this.bridge.toThrow(error);
      }
    });
  }

  private startTemplate(): void {
    const { template } = this.spec;
    this.tellGuest(this.guest.start, template.runtime.console);
    for (const { name, kind, id } of this.modules.libraryGlobals()) {
      this.tellGuest(this.guest.defineLazyGlobal, name, kind, id);
    }
  }

  private deliverConsole(args: HostArguments): undefined {
    const execution = this.running;
    if (execution === undefined) return undefined;
    const text = args.kind(3) === "string" ? args.string(3) : undefined;
    const argsJson = args.kind(4) === "string" ? args.string(4) : undefined;
    const stack = args.kind(6) === "string" ? args.string(6) : undefined;
    const location = stack === undefined ? undefined : readStack(stack, this.modules.sources)[0]?.location;
    const payload = consolePayload(
      {
        // The prelude's own console names the levels.
        level: args.string(0) as "log",
        method: args.string(1),
        group: args.number(2),
        text,
        argsJson,
      },
      location,
      this.mapStack,
    );
    const added = execution.add({ type: "console", payload }, payload.text, (kept) => ({
      type: "console",
      payload: { level: payload.level, method: payload.method, text: kept },
    }));
    if (!added) throw this.bridge.toThrow(new Error(execution.cause?.message ?? "The execution has ended."));
    return undefined;
  }

  private contextFor(moduleName: string): HostContext {
    return {
      workspaceRoot: this.spec.workspaceRoot,
      sessionId: this.spec.sessionId,
      executionSignal: () => this.running?.signal ?? this.noSignal.signal,
      remainingMs: () => this.running?.remainingMs ?? 0,
      mustStop: () => this.running?.mustStop() ?? true,
      ...(this.trackProcess === undefined ? {} : { trackProcess: this.trackProcess }),
      emit: ({ type, text, source }) => {
        this.running?.add(
          { type, payload: { text, source: source === "" ? moduleName : source } },
          text,
          (kept) => ({
            type,
            payload: { text: kept, source },
          }),
        );
      },
    };
  }
}

/** Their next act could hit a later execution: the session ends with its thread. */
function hangingModules(names: readonly string[]): Error {
  const seconds = MODULE_CLEANUP_MS / 1000;
  return new Error(`${names.join(", ")} did not end within ${seconds} s what the execution had started`);
}

function started(completion: EngineCompletion): Started {
  return completion.ok ? { value: completion.value, namespace: false } : { thrown: completion.error };
}

/** How long until the next timer, and whether a timer keeps the execution running: see `Timers.next`. */
function readWait(next: number): { readonly wait: number; readonly keeps: boolean } {
  if (next >= 0) return { wait: next, keeps: true };
  return { wait: next === -1 ? Infinity : -2 - next, keeps: false };
}

function nameOfCause(status: string): string {
  switch (status) {
    case "timeout":
      return "TimeoutError";
    case "cancelled":
      return "AbortError";
    default:
      return "LimitError";
  }
}
