import { WorkbenchError } from "../../shared/model/error";
import type { ExecutionError, ExecutionEvent } from "../../shared/model/event";
import type { PropertyPreview, ValuePreview } from "../../shared/model/value";
import type { HostContext } from "../modules/record";
import type { Registry } from "../modules/registry";
import { ExecutionControl } from "./control";
import { EngineThrow, type Handle } from "./engine/engine";
import type { QuickJSEngine } from "./engine/quickjs-engine";
import { EngineOutOfMemory } from "./engine/quickjs-memory";
import { RunningExecution } from "./execution";
import { Bridge } from "./host/bridge";
import type { GuestHandles } from "./host/guest";
import { ModuleLoading } from "./host/module-loading";
import { NativeModules } from "./host/native-modules";
import type { Description, PropertyDescription } from "./inspect/descriptor";
import { parse } from "./inspect/host-functions";
import { previewOf, propertyPreviews } from "./inspect/preview";
import { WorkspaceFiles } from "./loader/workspace-files";
import type { FoundCompletions } from "./completion-item";
import { checkReplInput } from "./repl/check-input";
import { findPlace } from "./repl/place";
import type {
  ExecutionOutcome,
  InputState,
  LiveCompletions,
  RunRequest,
  RuntimeSpec,
  SessionRuntime,
} from "./session-runtime";
import { EngineGate } from "./session/engine-gate";
import { EventLoop } from "./session/event-loop";
import { GuestCalls } from "./session/guest-calls";
import { startPrelude } from "./session/guest-host";
import { hostContext, memoryBytesOf } from "./session/host-context";
import {
  crashedOutcome,
  failedOutcome,
  fullOutcome,
  okOutcome,
  stoppedOutcome,
  type Outcome,
} from "./session/outcome";
import { Starter } from "./session/starter";
import { ValueReader } from "./session/value-reader";

/** How long cleaning up after a stopped execution may take. */
const CLEANUP_MS = 100;
/** How long native modules may take to end what an execution left behind (child processes need some hundred ms). */
const MODULE_CLEANUP_MS = 3000;

export interface SessionDependencies {
  readonly engine: QuickJSEngine;
  /** The engine's prelude, loaded; taken over. */
  readonly prelude: Handle;
  readonly registry: Pick<Registry, "find" | "names">;
  readonly control?: ExecutionControl | undefined;
  readonly trackProcess?: HostContext["trackProcess"] | undefined;
}

/** {@link SessionRuntime} on an engine of its own. Made by `createSessionRuntime`. */
export class Session implements SessionRuntime {
  private readonly engine: QuickJSEngine;
  private readonly control: ExecutionControl;
  private readonly natives: NativeModules;
  private readonly modules: ModuleLoading;
  private readonly bridge: Bridge;
  private readonly guest: GuestHandles;
  private readonly calls: GuestCalls;
  private readonly gate: EngineGate;
  private readonly reader: ValueReader;
  private readonly starter: Starter;
  private readonly loop: EventLoop;
  private execution: RunningExecution | undefined;
  private crash: Error | undefined;

  constructor(
    private readonly spec: RuntimeSpec,
    { engine, registry, prelude, control, trackProcess }: SessionDependencies,
  ) {
    const { template } = spec;
    const running = (): RunningExecution | undefined => this.execution;
    const guest = (): GuestHandles => this.guest;
    const files = new WorkspaceFiles(spec.workspaceRoot);
    this.engine = engine;
    this.control = control ?? new ExecutionControl();
    this.calls = new GuestCalls(engine);
    this.gate = new EngineGate(this.control, running);
    this.bridge = new Bridge(engine, {
      hostCall: () => running()?.noteHostCall(),
      whileWaiting: (work) => this.control.whileNotComputing(work),
      settled: () => this.loop.wake(),
      memoryBytes: memoryBytesOf(template.limits),
    });
    this.natives = new NativeModules(registry, template.modules, this.bridge, (name) =>
      hostContext(name, spec, running, trackProcess),
    );
    this.modules = new ModuleLoading(engine, this.bridge, files, this.natives, template, guest);
    const parts = { engine, guest, calls: this.calls, files, modules: this.modules, bridge: this.bridge };
    this.reader = new ValueReader({ ...parts, sources: this.modules.sources, limits: template.limits });
    this.starter = new Starter({ ...parts, typescript: template.runtime.typescript });
    this.loop = new EventLoop({ ...parts, gate: this.gate, reader: this.reader });
    engine.setModuleLoader(this.modules);
    engine.setInterruptHandler(this.gate.shouldInterrupt);
    this.guest = startPrelude({ ...parts, reader: this.reader, running, prelude });
    engine.setStackAccessor(this.guest.getStack, this.guest.setStack);
    this.bridge.connect(this.guest);
    this.calls.tell(this.guest.start, template.runtime.console);
    for (const { name, kind, id } of this.modules.libraryGlobals()) {
      this.calls.tell(this.guest.defineLazyGlobal, name, kind, id);
    }
  }

  async run(request: RunRequest, emit: (event: ExecutionEvent) => void): Promise<ExecutionOutcome> {
    const execution = new RunningExecution(this.spec.template.limits, this.control, this.engine, emit);
    this.execution = execution;
    let outcome: Outcome;
    try {
      outcome =
        this.crash === undefined
          ? await this.execute(execution, request)
          : crashedOutcome(execution, this.crash);
    } catch (error) {
      outcome = this.isOutOfMemory(error)
        ? fullOutcome(execution, this.spec.template.limits.memoryMb)
        : this.crashed(execution, error);
    }
    // Aborted before the modules clean up, so that what they wait for ends.
    execution.end();
    const hanging = await this.natives.executionEnded(MODULE_CLEANUP_MS);
    if (hanging.length > 0) outcome = this.crashed(execution, hangingModules(hanging));
    this.execution = undefined;
    return { ...outcome, metrics: execution.metrics() };
  }

  stop(): void {
    this.execution?.cancel();
    this.loop.wake();
  }

  getProperties(objectId: string, start = 0, count = 100): PropertyPreview[] {
    const json = this.calls.text(this.guest.properties, objectId, start, count);
    return propertyPreviews(parse<readonly PropertyDescription[]>(json), this.reader.mapStack);
  }

  invokeGetter(objectId: string, name: string): ValuePreview {
    const json = this.calls.text(this.guest.invokeGetter, objectId, name);
    return previewOf(parse<Description>(json), this.reader.mapStack);
  }

  releaseObjects(objectIds: readonly string[]): void {
    for (const objectId of objectIds) this.calls.text(this.guest.release, objectId);
  }

  complete(source: string, cursor: number): LiveCompletions {
    // What the REPL declares stands on globalThis, where the completer finds it by itself.
    const context = JSON.stringify({ modules: this.modules.loadableNames() });
    const place = findPlace(source.slice(0, cursor));
    const found = this.calls.text(this.guest.complete, JSON.stringify(place), context);
    return {
      ...parse<FoundCompletions>(found),
      from: cursor - ("prefix" in place ? place.prefix.length : 0),
    };
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

  private async execute(execution: RunningExecution, request: RunRequest): Promise<Outcome> {
    this.calls.tell(this.guest.beginExecution);
    if (request.kind === "repl") execution.add({ type: "inputEcho", payload: { source: request.source } });
    let failure: ExecutionError | undefined;
    let value: Handle | undefined;
    try {
      const started = this.gate.enter(() => this.starter.start(request));
      if ("thrown" in started) failure = this.gate.enter(() => this.reader.report(execution, started.thrown));
      else ({ value, failure } = await this.loop.settle(execution, started));
    } catch (error) {
      if (!(error instanceof WorkbenchError) && !(error instanceof SyntaxError)) throw error;
      failure = this.gate.enter(() => this.reader.report(execution, this.bridge.errorHandle(error)));
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
  ): Outcome {
    let result: ValuePreview | undefined;
    if (execution.cause === undefined && failure === undefined && value !== undefined) {
      result = this.gate.enter(() => this.reader.preview(execution, value));
      if (execution.cause === undefined && request.kind !== "startup" && result !== undefined) {
        execution.add({ type: "value", payload: { value: result } });
      }
      if (request.kind === "repl") this.calls.tell(this.guest.setGlobal, "$_", value);
    }
    if (execution.cause !== undefined) return stoppedOutcome(execution, execution.cause);
    if (failure !== undefined) return failedOutcome(execution, failure);
    return okOutcome(request.kind === "startup" ? undefined : result);
  }

  /** Leaves nothing of the execution behind that the next one would see. */
  private cleanUp(outcome: Outcome): void {
    this.gate.cleanUp(CLEANUP_MS, () => {
      try {
        if (outcome.status !== "ok")
          this.discardLeftovers(outcome.error?.message ?? "The execution has ended.");
        this.modules.executionEnded(outcome.status !== "ok");
        this.calls.tell(this.guest.clearInputs);
      } catch (error) {
        // When the memory is full, the next execution says so.
        if (error instanceof EngineThrow) error.error.dispose();
        else if (!(error instanceof EngineOutOfMemory)) throw error;
      }
    });
  }

  /** Throws away timers, host promises and promise jobs of an execution that was stopped. */
  private discardLeftovers(message: string): void {
    this.bridge.forgetPending();
    const error = this.bridge.errorHandle(
      Object.assign(new Error(message), { name: "AbortError", code: "EXECUTION_CANCELLED" }),
    );
    this.calls.tell(this.guest.cancel, error);
    error.dispose();
    this.gate.discard((until) => {
      this.engine.discardJobs(until);
      for (const reason of this.engine.takeUnhandledRejections()) reason.dispose();
    });
  }

  private isOutOfMemory(error: unknown): boolean {
    if (error instanceof EngineOutOfMemory) return true;
    // What the prelude threw at the host although nothing is wrong with it.
    return error instanceof EngineThrow && this.engine.outOfMemoryCount > 0;
  }

  private crashed(execution: RunningExecution, error: unknown): Outcome {
    this.crash = error instanceof Error ? error : new Error(String(error));
    return crashedOutcome(execution, this.crash);
  }
}

/** Their next act could hit a later execution: the session ends with its thread. */
function hangingModules(names: readonly string[]): Error {
  const seconds = MODULE_CLEANUP_MS / 1000;
  return new Error(`${names.join(", ")} did not end within ${seconds} s what the execution had started`);
}
