import type { QuickJSContext } from "quickjs-emscripten-core";
import type { CompiledEngine } from "./compile";
import { findInterruptCounter, findRandomState } from "./context-layout";
import type {
  Completion,
  Engine,
  EngineOptions,
  Handle,
  HostArguments,
  HostCallback,
  ModuleLoader,
  Primitive,
} from "./engine";
import { clearFreeMemory, imageOf, layOver, type EngineImage } from "./engine-image";
import { HostCallbacks } from "./host-callbacks";
import { ModuleList } from "./module-list";
import { instantiateQuickJS, type QuickJSFunctions, type QuickJSInstance } from "./quickjs-ffi";
import { EngineMemory } from "./quickjs-memory";
import { newRuntime, runtimeAt, type LiveRuntime } from "./quickjs-runtime";
import { pointerOf, QuickJSValues } from "./quickjs-values";
import { hookRejections, insertRejectionHook } from "./rejection-tracker";
import { UnhandledRejections } from "./unhandled-rejections";

const POINTER_BYTES = 4;
const MAX_ARGUMENTS = 32;

const EVAL_MODULE = 1;
const EVAL_STRICT = 8;

const PROMISE_STATES = ["pending", "fulfilled", "rejected"] as const;

/** Makes an engine with its own WebAssembly instance, so that nothing that happens in it reaches another one. */
export async function createQuickJSEngine(options: EngineOptions): Promise<QuickJSEngine> {
  const { wasmModule, image } = options.compiled;
  let outOfMemory = (): void => undefined;
  const instance = await instantiateQuickJS(wasmModule, options.memoryMb, () => outOfMemory());
  const engine = new QuickJSEngine(instance, options, image);
  outOfMemory = () => engine.noteOutOfMemory();
  return engine;
}

/**
 * Takes an image of an engine that has only evaluated code so far: no host function may have been made in it. The engines that
 * begin with the image find `kept` again. The engine itself is of no use afterwards.
 */
export async function takeImage(
  engine: QuickJSEngine,
  kept: Handle,
  compiled: CompiledEngine,
): Promise<EngineImage> {
  const fresh = await instantiateQuickJS(compiled.wasmModule, 0, () => undefined);
  return engine.image(kept, fresh.memory);
}

/** {@link Engine} on quickjs-emscripten. */
export class QuickJSEngine implements Engine {
  private readonly live: LiveRuntime;
  private readonly ffi: QuickJSFunctions;
  private readonly values: QuickJSValues;
  private readonly callbacks: HostCallbacks;
  private readonly rejections: UnhandledRejections;
  private readonly contextPointer: number;
  private readonly runtimePointer: number;
  private readonly argumentList: number;
  private readonly contextOut: number;
  private readonly interruptCounter: number;
  private readonly rejectionSlot: number;
  private readonly modules: ModuleList;
  private kept: Handle | undefined;
  private outOfMemory = 0;

  constructor(
    private readonly instance: QuickJSInstance,
    options: Pick<EngineOptions, "stackKb">,
    image: EngineImage | undefined,
  ) {
    this.ffi = instance.functions;
    if (image === undefined) this.live = newRuntime(instance);
    else {
      layOver(instance.memory, image);
      this.live = runtimeAt(instance, image.addresses.runtime, image.addresses.context);
    }
    this.live.runtime.setMaxStackSize(options.stackKb * 1024);
    // The cap that holds is the WebAssembly memory's. The engine's own limit counts next to nothing in this build; set
    // to the largest value it leaves every refusal to the memory, where it is noticed.
    this.live.runtime.setMemoryLimit(2 ** 31 - 1);
    this.contextPointer = this.live.contextPointer;
    this.runtimePointer = this.live.runtimePointer;
    const memory = new EngineMemory(instance.memory, instance.malloc, instance.free);
    this.values = new QuickJSValues(memory, this.ffi, this.contextPointer);
    this.argumentList = memory.allocate(MAX_ARGUMENTS * POINTER_BYTES);
    this.contextOut = memory.allocate(POINTER_BYTES);
    this.callbacks = new HostCallbacks(instance, this.live, this.values);
    this.rejections = new UnhandledRejections(this.values);
    this.rejectionSlot = insertRejectionHook(instance.table, (promise, reason, handled) =>
      this.rejections.note(promise, reason, handled),
    );
    if (image === undefined) {
      hookRejections(
        {
          memory: instance.memory,
          runtimePointer: this.runtimePointer,
          enableInterruptHandler: () => this.ffi.QTS_RuntimeEnableInterruptHandler(this.runtimePointer),
          disableInterruptHandler: () => this.ffi.QTS_RuntimeDisableInterruptHandler(this.runtimePointer),
        },
        this.rejectionSlot,
      );
      this.interruptCounter = findInterruptCounter(this.probe());
    } else {
      this.interruptCounter = image.addresses.interruptCounter;
      this.continueFrom(image);
    }
    this.modules = new ModuleList({
      memory,
      // The field behind the countdown.
      listAddress: this.interruptCounter + POINTER_BYTES,
      freePointer: (pointer) => this.values.free(pointer),
    });
  }

  /** The library's own object, for the value inspection. */
  get context(): QuickJSContext {
    return this.live.context;
  }

  get wasmMemory(): WebAssembly.Memory {
    return this.instance.memory;
  }

  /** Gives what was kept when the image was taken with which this engine began; once. */
  takeKept(): Handle | undefined {
    const { kept } = this;
    this.kept = undefined;
    return kept;
  }

  evalScript(source: string, file: string, options: { readonly strict: boolean }): Completion {
    return this.evaluate(source, file, options.strict ? EVAL_STRICT : 0);
  }

  evalModule(source: string, file: string): Completion {
    const forgetRejectedWith = this.rejections.watch();
    const completion = this.evaluate(source, file, EVAL_MODULE);
    if (!completion.ok) forgetRejectedWith(pointerOf(completion.error));
    return completion;
  }

  call(fn: Handle, ...args: readonly (Primitive | Handle)[]): Completion {
    if (args.length > MAX_ARGUMENTS) throw new Error("Too many arguments for one call into the engine.");
    const made: number[] = [];
    const pointers = args.map((arg) => this.values.lend(arg, made));
    // The C function copies the list before it runs anything, so nested calls can use the same place.
    pointers.forEach((pointer, index) =>
      this.values.memory.setWord(this.argumentList + index * POINTER_BYTES, pointer),
    );
    const result = this.ffi.QTS_Call(
      this.contextPointer,
      pointerOf(fn),
      this.values.constants.undefined,
      args.length,
      this.argumentList,
    );
    for (const pointer of made) this.values.free(pointer);
    return this.completion(result);
  }

  newFunction(name: string, callback: HostCallback): Handle {
    return this.callbacks.newFunction(name, callback);
  }

  globalObject(): Handle {
    return this.adopt(Number(this.context.global.dup().value));
  }

  getProperty(object: Handle, name: string): Handle {
    // The library only reads `value` and `owner` of a handle that is passed to it.
    const borrowed = { value: pointerOf(object), owner: undefined } as unknown as QuickJSContext["undefined"];
    return this.adopt(Number(this.context.getProp(borrowed, name).value));
  }

  toHandle(value: Primitive): Handle {
    return this.adopt(this.values.newPrimitive(value));
  }

  newArrayBuffer(bytes: Uint8Array): Handle {
    return this.adopt(this.values.newBuffer(bytes));
  }

  toPrimitive(handle: Handle): Primitive {
    return this.values.primitiveAt(pointerOf(handle));
  }

  isObject(handle: Handle): boolean {
    return this.values.isObjectAt(pointerOf(handle));
  }

  kindOf(handle: Handle): ReturnType<HostArguments["kind"]> {
    return this.values.kindAt(pointerOf(handle));
  }

  promiseState(handle: Handle): "pending" | "fulfilled" | "rejected" | "none" {
    if (!this.isObject(handle)) return "none";
    return PROMISE_STATES[this.ffi.QTS_PromiseState(this.contextPointer, pointerOf(handle))] ?? "none";
  }

  promiseResult(handle: Handle): Handle {
    return this.adopt(this.ffi.QTS_PromiseResult(this.contextPointer, pointerOf(handle)));
  }

  setStackAccessor(getter: Handle, setter: Handle): void {
    const { stackAccessor } = this.instance;
    stackAccessor.setter.value = this.values.bitsAt(pointerOf(setter));
    stackAccessor.getter.value = this.values.bitsAt(pointerOf(getter));
  }

  setModuleLoader(loader: ModuleLoader): void {
    this.callbacks.loader = loader;
    this.ffi.QTS_RuntimeEnableModuleLoader(this.runtimePointer, 1);
  }

  noteExecutionEnd({ stopped }: { readonly stopped: boolean }): void {
    this.modules.executionEnded(stopped);
  }

  forgetModules({ keep, readAll }: { readonly keep: boolean; readonly readAll: Handle }): void {
    this.modules.forget(keep, (pointer) => {
      const namespace = this.adopt(this.values.dup(pointer));
      const completion = this.call(readAll, namespace);
      (completion.ok ? completion.value : completion.error).dispose();
      namespace.dispose();
    });
  }

  setInterruptHandler(shouldInterrupt: () => boolean): void {
    this.callbacks.shouldInterrupt = () => {
      const stop = shouldInterrupt();
      // Promise makes a rejection even of an interruption, and goes on. In a loop the next question 10,000 steps later comes at
      // the same place and is lost again, so it comes at the next step.
      if (stop) this.values.memory.setWord(this.interruptCounter, 1);
      return stop;
    };
  }

  runJobs(limit: number): { readonly ran: number; readonly error?: Handle } {
    const result = this.ffi.QTS_ExecutePendingJob(this.runtimePointer, limit, this.contextOut);
    if (this.values.memory.word(this.contextOut) === 0) {
      this.ffi.QTS_FreeValuePointerRuntime(this.runtimePointer, result);
      return { ran: 0 };
    }
    if (this.values.isCountAt(result)) {
      const ran = this.values.numberAt(result);
      this.values.free(result);
      return { ran };
    }
    return { ran: 1, error: this.adopt(result) };
  }

  discardJobs(until: number): void {
    while (this.hasJobs() && performance.now() < until) {
      // The next function call asks the interrupt handler, which says stop: no user code runs.
      this.values.memory.setWord(this.interruptCounter, 0);
      this.runJobs(1).error?.dispose();
    }
  }

  hasJobs(): boolean {
    return this.ffi.QTS_IsJobPending(this.runtimePointer) !== 0;
  }

  takeUnhandledRejections(): Handle[] {
    return this.rejections.take();
  }

  memoryBytes(): number {
    return this.values.memory.byteLength;
  }

  get outOfMemoryCount(): number {
    return this.outOfMemory;
  }

  /** Told by the WebAssembly memory. */
  noteOutOfMemory(): void {
    this.outOfMemory++;
  }

  dispose(): void {
    this.takeKept()?.dispose();
    this.instance.stackAccessor.getter.value = 0n;
    for (const reason of this.takeUnhandledRejections()) reason.dispose();
    this.callbacks.clear();
    this.live.context.dispose();
    this.live.runtime.dispose();
  }

  /** Takes over a value pointer made by the library or by the C functions. */
  adopt(pointer: number): Handle {
    return this.values.adopt(pointer);
  }

  /** See {@link takeImage}. `fresh` is the memory of an instance in which nothing was made. */
  image(kept: Handle, fresh: WebAssembly.Memory): EngineImage {
    const probe = this.probe();
    const randomState = findRandomState(probe);
    // So that an image depends on nothing but engine and prelude: every engine that begins with it sets its own state, and
    // the numbers that the search has left on the C stack are written over.
    this.setRandomState(randomState, 1, 0);
    probe.run("Math.random()");
    this.setRandomState(randomState, 0, 0);
    clearFreeMemory(this.instance);
    return imageOf(this.wasmMemory, fresh, {
      runtime: this.runtimePointer,
      context: this.contextPointer,
      interruptCounter: this.interruptCounter,
      randomState,
      rejectionSlot: this.rejectionSlot,
      kept: pointerOf(kept),
    });
  }

  /** Makes an engine out of the memory's copy: its own randomness, its own hook where the image expects it. */
  private continueFrom({ addresses }: EngineImage): void {
    if (addresses.rejectionSlot !== this.rejectionSlot)
      throw new Error("The engine's image does not fit its function table.");
    const randomWord = (): number => Math.floor(Math.random() * 2 ** 32);
    // The engine's generator must not begin with zero.
    this.setRandomState(addresses.randomState, randomWord() | 1, randomWord());
    this.kept = this.adopt(addresses.kept);
  }

  private setRandomState(address: number, low: number, high: number): void {
    this.values.memory.setWord(address, low);
    this.values.memory.setWord(address + 4, high);
  }

  private probe() {
    return {
      memory: this.wasmMemory,
      contextPointer: this.contextPointer,
      run: (source: string): void => {
        const completion = this.evalScript(source, "vm:probe", { strict: true });
        (completion.ok ? completion.value : completion.error).dispose();
      },
    };
  }

  private evaluate(source: string, file: string, flags: number): Completion {
    const { memory } = this.values;
    const { pointer, length } = memory.writeText(source);
    try {
      return this.completion(this.ffi.QTS_Eval(this.contextPointer, pointer, length, file, 0, flags));
    } finally {
      memory.free(pointer);
    }
  }

  private completion(result: number): Completion {
    const error = this.ffi.QTS_ResolveException(this.contextPointer, result);
    if (error === 0) return { ok: true, value: this.adopt(result) };
    this.values.free(result);
    return { ok: false, error: this.adopt(error) };
  }
}
