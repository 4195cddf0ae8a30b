import {
  StaticLifetime,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSRuntime,
} from "quickjs-emscripten-core";
import {
  EngineThrow,
  type Completion,
  type Engine,
  type EngineOptions,
  type Handle,
  type HostArguments,
  type HostCallback,
  type HostReply,
  type ModuleLoader,
  type Primitive,
} from "./engine";
import { ModuleList } from "./module-list";
import { instantiateQuickJS, type QuickJSFunctions, type QuickJSInstance } from "./quickjs-ffi";
import { EngineMemory } from "./quickjs-memory";
import { trackRejections } from "./rejection-tracker";

// Upper halves of the engine's 64-bit values (NaN boxing); what is none of these is a float.
const TAG = {
  bigInt: -9,
  symbol: -8,
  string: -7,
  stringRope: -6,
  object: -1,
  int: 0,
  bool: 1,
  null: 2,
  undefined: 3,
} as const;
const VALUE_BYTES = 8;
const POINTER_BYTES = 4;
const MAX_ARGUMENTS = 32;

const EVAL_MODULE = 1;
const EVAL_STRICT = 8;

const PROMISE_STATES = ["pending", "fulfilled", "rejected"] as const;

/** A rejected promise that nothing handles yet; both values are ours to free. */
interface Rejection {
  readonly promise: number;
  readonly reason: number;
  /** The reason's 64 bits: equal for the same object. */
  readonly bits: bigint;
  /** The rejection that came of the same throw and is handled together with this one. */
  readonly inner: bigint | undefined;
}

/** Makes an engine with its own WebAssembly instance, so that nothing that happens in it reaches another one. */
export async function createQuickJSEngine(options: EngineOptions): Promise<QuickJSEngine> {
  let outOfMemory = (): void => undefined;
  const instance = await instantiateQuickJS(options.wasmModule, options.memoryMb, () => outOfMemory());
  const engine = new QuickJSEngine(instance, options);
  outOfMemory = () => engine.noteOutOfMemory();
  return engine;
}

/** {@link Engine} on quickjs-emscripten. */
export class QuickJSEngine implements Engine {
  /** The library's own objects, for the value inspection. */
  readonly context: QuickJSContext;
  readonly wasmMemory: WebAssembly.Memory;

  private readonly runtime: QuickJSRuntime;
  private readonly ffi: QuickJSFunctions;
  private readonly memory: EngineMemory;
  private readonly contextPointer: number;
  private readonly runtimePointer: number;
  private readonly constants: { undefined: number; null: number; true: number; false: number };
  private readonly argumentList: number;
  private readonly scratch: number;
  private readonly interruptCounter: number;
  private readonly modules: ModuleList;
  private readonly hostFunctions = new Map<number, HostCallback>();
  private readonly rejections = new Map<bigint, Rejection>();
  private lastRejection: { readonly key: bigint; readonly bits: bigint } | undefined;
  private shouldInterrupt: () => boolean = () => false;
  private loader: ModuleLoader | undefined;
  private outOfMemory = 0;

  constructor(
    private readonly instance: QuickJSInstance,
    options: EngineOptions,
  ) {
    this.ffi = instance.functions;
    this.wasmMemory = instance.memory;
    this.memory = new EngineMemory(instance.memory, instance.malloc, instance.free);
    this.runtime = instance.library.newRuntime();
    this.runtime.setMaxStackSize(options.stackKb * 1024);
    // The cap that holds is the WebAssembly memory's. The engine's own limit counts next to nothing in this build; set
    // to the largest value it leaves every refusal to the memory, where it is noticed.
    this.runtime.setMemoryLimit(2 ** 31 - 1);
    this.context = this.runtime.newContext();
    // The library brands its pointers in types only.
    this.contextPointer = Number((this.context as unknown as { ctx: { value: number } }).ctx.value);
    this.runtimePointer = Number((this.runtime as unknown as { rt: { value: number } }).rt.value);
    this.constants = {
      undefined: this.ffi.QTS_GetUndefined(),
      null: this.ffi.QTS_GetNull(),
      true: this.ffi.QTS_GetTrue(),
      false: this.ffi.QTS_GetFalse(),
    };
    this.argumentList = this.memory.allocate(MAX_ARGUMENTS * POINTER_BYTES);
    this.scratch = this.memory.allocate(VALUE_BYTES);
    this.installCallbacks();
    trackRejections(
      {
        memory: instance.memory,
        table: instance.table,
        runtimePointer: this.runtimePointer,
        enableInterruptHandler: () => this.ffi.QTS_RuntimeEnableInterruptHandler(this.runtimePointer),
        disableInterruptHandler: () => this.ffi.QTS_RuntimeDisableInterruptHandler(this.runtimePointer),
      },
      (promise, reason, handled) => this.noteRejection(promise, reason, handled),
    );
    this.interruptCounter = this.findInterruptCounter();
    this.modules = new ModuleList({
      memory: this.memory,
      // The field behind the countdown.
      listAddress: this.interruptCounter + POINTER_BYTES,
      freePointer: (pointer) => this.freePointer(pointer),
      readNamespace: (pointer) => this.readNamespace(pointer),
    });
  }

  /** Looks every export up, so that the namespace needs no module any more. `for in` runs no code of a script. */
  private readNamespace(pointer: number): void {
    const read = this.evalScript(
      "(namespace) => { for (const name in namespace) try { namespace[name]; } catch {} }",
      "vm:namespace",
      { strict: true },
    );
    const namespace = this.adopt(this.dupPointer(pointer));
    const fn = read.ok ? read.value : read.error;
    const completion = this.call(fn, namespace);
    (completion.ok ? completion.value : completion.error).dispose();
    namespace.dispose();
    fn.dispose();
  }

  /** Address of the countdown to the next question to the interrupt handler, a field of `JSContext`. */
  private findInterruptCounter(): number {
    const WORDS = 100;
    const TURNS = 500;
    const START = 10_000;
    const afterLoop = (): Int32Array => {
      const completion = this.evalScript(`for (let i = 0; i < ${TURNS}; i++);`, "vm:probe", { strict: true });
      (completion.ok ? completion.value : completion.error).dispose();
      return new Int32Array(this.wasmMemory.buffer, this.contextPointer, WORDS).slice();
    };
    const before = afterLoop();
    const after = afterLoop();
    // Every turn of a loop counts down once or twice.
    const found = before.findIndex((word, index) => {
      const used = word - (after[index] ?? 0);
      return word > 0 && word <= START && used >= TURNS && used <= 2 * TURNS + 100;
    });
    if (found < 0) throw new Error("The engine's context is laid out in an unknown way.");
    return this.contextPointer + found * 4;
  }

  evalScript(source: string, file: string, options: { readonly strict: boolean }): Completion {
    return this.evaluate(source, file, options.strict ? EVAL_STRICT : 0);
  }

  evalModule(source: string, file: string): Completion {
    const before = new Set(this.rejections.keys());
    const completion = this.evaluate(source, file, EVAL_MODULE);
    if (!completion.ok) {
      // What the caller gets as an error is not unhandled.
      const thrown = this.bitsAt(pointerOf(completion.error));
      for (const [key, { bits }] of [...this.rejections]) {
        if (bits === thrown && !before.has(key)) this.forgetRejection(key);
      }
    }
    return completion;
  }

  call(fn: Handle, ...args: readonly (Primitive | Handle)[]): Completion {
    if (args.length > MAX_ARGUMENTS) throw new Error("Too many arguments for one call into the engine.");
    const made: number[] = [];
    const pointers: number[] = [];
    for (const arg of args) {
      if (arg instanceof PointerHandle) {
        pointers.push(arg.pointer);
        continue;
      }
      const pointer = this.borrowPrimitive(arg, made);
      pointers.push(pointer);
    }
    // The C function copies the list before it runs anything, so nested calls can use the same place.
    pointers.forEach((pointer, index) =>
      this.memory.setWord(this.argumentList + index * POINTER_BYTES, pointer),
    );
    const result = this.ffi.QTS_Call(
      this.contextPointer,
      pointerOf(fn),
      this.constants.undefined,
      args.length,
      this.argumentList,
    );
    for (const pointer of made) this.freePointer(pointer);
    return this.completion(result);
  }

  newFunction(name: string, callback: HostCallback): Handle {
    let made: number | undefined;
    // The library gives every function an id; ours are then found before the library looks.
    const { hostRefs } = this;
    const put = hostRefs.put.bind(hostRefs);
    hostRefs.put = (value) => (made = put(value));
    try {
      const handle = this.context.newFunction(name, () => undefined);
      if (made === undefined) throw new Error("The engine library made a function without an id.");
      this.hostFunctions.set(made, callback);
      return this.adopt(handle.value as unknown as number);
    } finally {
      hostRefs.put = put;
    }
  }

  globalObject(): Handle {
    return this.adopt(this.context.global.dup().value as unknown as number);
  }

  getProperty(object: Handle, name: string): Handle {
    const key = this.context.getProp(this.borrow(object), name);
    return this.adopt(key.value as unknown as number);
  }

  toHandle(value: Primitive): Handle {
    return this.adopt(this.newPrimitive(value));
  }

  newArrayBuffer(bytes: Uint8Array): Handle {
    return this.adopt(this.newBuffer(bytes));
  }

  toPrimitive(handle: Handle): Primitive {
    return this.primitiveAt(pointerOf(handle));
  }

  isObject(handle: Handle): boolean {
    return this.tagAt(pointerOf(handle)) === TAG.object;
  }

  promiseState(handle: Handle): "pending" | "fulfilled" | "rejected" | "none" {
    if (!this.isObject(handle)) return "none";
    return PROMISE_STATES[this.ffi.QTS_PromiseState(this.contextPointer, pointerOf(handle))] ?? "none";
  }

  promiseResult(handle: Handle): Handle {
    return this.adopt(this.ffi.QTS_PromiseResult(this.contextPointer, pointerOf(handle)));
  }

  setModuleLoader(loader: ModuleLoader): void {
    this.loader = loader;
    this.ffi.QTS_RuntimeEnableModuleLoader(this.runtimePointer, 1);
  }

  forgetModules({ keep }: { readonly keep: boolean }): void {
    this.modules.forget(keep);
  }

  setInterruptHandler(shouldInterrupt: () => boolean): void {
    this.shouldInterrupt = shouldInterrupt;
  }

  runJobs(limit: number): { readonly ran: number; readonly error?: Handle } {
    const result = this.ffi.QTS_ExecutePendingJob(this.runtimePointer, limit, this.scratch);
    if (this.memory.word(this.scratch) === 0) {
      this.ffi.QTS_FreeValuePointerRuntime(this.runtimePointer, result);
      return { ran: 0 };
    }
    const tag = this.tagAt(result);
    if (tag === TAG.int || tag > TAG.undefined || tag < TAG.bigInt) {
      const ran = this.ffi.QTS_GetFloat64(this.contextPointer, result);
      this.freePointer(result);
      return { ran };
    }
    return { ran: 1, error: this.adopt(result) };
  }

  discardJobs(until: number): void {
    while (this.hasJobs() && performance.now() < until) {
      // The next function call asks the interrupt handler, which says stop: no user code runs.
      this.memory.setWord(this.interruptCounter, 0);
      this.runJobs(1).error?.dispose();
    }
  }

  hasJobs(): boolean {
    return this.ffi.QTS_IsJobPending(this.runtimePointer) !== 0;
  }

  takeUnhandledRejections(): Handle[] {
    if (this.rejections.size === 0) return [];
    const reasons: Handle[] = [];
    for (const { promise, reason } of this.rejections.values()) {
      this.freePointer(promise);
      reasons.push(this.adopt(reason));
    }
    this.rejections.clear();
    this.lastRejection = undefined;
    return reasons;
  }

  memoryBytes(): number {
    return this.memory.byteLength;
  }

  get outOfMemoryCount(): number {
    return this.outOfMemory;
  }

  /** Told by the WebAssembly memory. */
  noteOutOfMemory(): void {
    this.outOfMemory++;
  }

  dispose(): void {
    for (const reason of this.takeUnhandledRejections()) reason.dispose();
    this.hostFunctions.clear();
    this.context.dispose();
    this.runtime.dispose();
  }

  /** Takes over a value pointer made by the library or by the C functions. */
  adopt(pointer: number): Handle {
    return new PointerHandle(this, pointer) as unknown as Handle;
  }

  freePointer(pointer: number): void {
    this.ffi.QTS_FreeValuePointer(this.contextPointer, pointer);
  }

  dupPointer(pointer: number): number {
    return this.ffi.QTS_DupValuePointer(this.contextPointer, pointer);
  }

  /** Upper half of the value at an address. */
  tagAt(pointer: number): number {
    return this.memory.word((pointer >>> 0) + 4);
  }

  private bitsAt(pointer: number): bigint {
    const low = BigInt(this.memory.word(pointer) >>> 0);
    return (BigInt(this.tagAt(pointer) >>> 0) << 32n) | low;
  }

  primitiveAt(pointer: number): Primitive {
    const tag = this.tagAt(pointer);
    switch (tag) {
      case TAG.int:
        return this.memory.word(pointer);
      case TAG.string:
      case TAG.stringRope:
        return this.textAt(pointer);
      case TAG.undefined:
        return undefined;
      case TAG.null:
        return null;
      case TAG.bool:
        return this.memory.word(pointer) !== 0;
      default:
        if (tag > TAG.undefined + 4 || tag < TAG.bigInt) return this.numberAt(pointer);
        return undefined;
    }
  }

  numberAt(pointer: number): number {
    return this.ffi.QTS_GetFloat64(this.contextPointer, pointer);
  }

  textAt(pointer: number): string {
    const text = this.ffi.QTS_GetString(this.contextPointer, pointer) >>> 0;
    if (text === 0) return "";
    const result = this.memory.readText(text);
    this.ffi.QTS_FreeCString(this.contextPointer, text);
    return result;
  }

  bytesAt(pointer: number): Uint8Array {
    const length = this.ffi.QTS_GetArrayBufferLength(this.contextPointer, pointer);
    if (length <= 0) return new Uint8Array(0);
    const copy = this.ffi.QTS_GetArrayBuffer(this.contextPointer, pointer) >>> 0;
    if (copy === 0) return new Uint8Array(0);
    const bytes = this.memory.readBytes(copy, length);
    this.memory.free(copy);
    return bytes;
  }

  private evaluate(source: string, file: string, flags: number): Completion {
    const { pointer, length } = this.memory.writeText(source);
    try {
      return this.completion(this.ffi.QTS_Eval(this.contextPointer, pointer, length, file, 0, flags));
    } finally {
      this.memory.free(pointer);
    }
  }

  private completion(result: number): Completion {
    const error = this.ffi.QTS_ResolveException(this.contextPointer, result);
    if (error === 0) return { ok: true, value: this.adopt(result) };
    this.freePointer(result);
    return { ok: false, error: this.adopt(error) };
  }

  private borrowPrimitive(value: Exclude<Primitive | Handle, PointerHandle>, made: number[]): number {
    if (value === undefined) return this.constants.undefined;
    if (value === null) return this.constants.null;
    if (value === true) return this.constants.true;
    if (value === false) return this.constants.false;
    if (typeof value === "object") return pointerOf(value);
    const pointer = this.newPrimitive(value);
    made.push(pointer);
    return pointer;
  }

  private newPrimitive(value: Primitive): number {
    if (typeof value === "number") return this.ffi.QTS_NewFloat64(this.contextPointer, value);
    if (typeof value === "boolean")
      return this.dupPointer(value ? this.constants.true : this.constants.false);
    if (value === undefined) return this.dupPointer(this.constants.undefined);
    if (value === null) return this.dupPointer(this.constants.null);
    const { pointer } = this.memory.writeText(value);
    const text = this.ffi.QTS_NewString(this.contextPointer, pointer);
    this.memory.free(pointer);
    return text;
  }

  private newBuffer(bytes: Uint8Array): number {
    const pointer = this.memory.writeBytes(bytes);
    return this.ffi.QTS_NewArrayBuffer(this.contextPointer, pointer, bytes.length);
  }

  private borrow(handle: Handle): QuickJSContext["undefined"] {
    // The library only reads `value` and `owner` of a handle that is passed to it.
    return { value: pointerOf(handle), owner: undefined } as unknown as QuickJSContext["undefined"];
  }

  private installCallbacks(): void {
    const library = this.instance.callbacks;
    this.instance.callbacks = {
      ...library,
      freeHostRef: (asyncify, runtime, id) => {
        this.hostFunctions.delete(id);
        library.freeHostRef(asyncify, runtime, id);
      },
      callFunction: (_asyncify, _context, _self, count, args, id) => {
        const callback = this.hostFunctions.get(id);
        if (callback === undefined) return this.runLibraryFunction(count, args >>> 0, id);
        return this.runHostFunction(callback, count, args);
      },
      shouldInterrupt: () => (this.shouldInterrupt() ? 1 : 0),
      normalizeModule: (_asyncify, _runtime, _context, base, name) =>
        this.guard(() => this.memory.writeText(this.requireLoader().resolve(base, name)).pointer),
      loadModuleSource: (_asyncify, _runtime, _context, name) =>
        this.guard(() => this.memory.writeText(this.requireLoader().load(name)).pointer),
    };
  }

  private runHostFunction(callback: HostCallback, count: number, args: number): number {
    return this.orException(() => this.replyPointer(callback(new ArgumentsView(this, count, args >>> 0))));
  }

  /** What the host code gives, or the exception that the engine is to throw. */
  private orException(run: () => number): number {
    let exception = 0;
    const result = this.guard(run, (thrown) => (exception = thrown));
    return exception === 0 ? result : exception;
  }

  /** The library's table of host functions, which its types hide. */
  private get hostRefs(): { put(value: unknown): number; get(id: number): unknown } {
    return (
      this.runtime as unknown as { hostRefs: { put(value: unknown): number; get(id: number): unknown } }
    ).hostRefs;
  }

  /**
   * Runs a function made with the library's `newFunction`. The library makes a scope and a generator for every call; the
   * inspection calls such functions for every object that it describes.
   */
  private runLibraryFunction(count: number, args: number, id: number): number {
    const fn: unknown = this.hostRefs.get(id);
    if (typeof fn !== "function") return 0;
    const handles: QuickJSHandle[] = [];
    for (let index = 0; index < count; index++) handles.push(this.lend(args + index * VALUE_BYTES));
    return this.orException(() => {
      // A VmFunctionImplementation, by newFunction's type, that answers with a handle or nothing.
      const result = fn.apply(this.context.undefined, handles) as QuickJSHandle | undefined;
      if (result === undefined) return 0;
      const copy = this.dupPointer(Number(result.value));
      result.dispose();
      return copy;
    });
  }

  /** A handle of the library for a value that stays the engine's. */
  private lend(pointer: number): QuickJSHandle {
    // The library's class for constants; brands of pointers exist in types only.
    return new StaticLifetime(pointer, this.runtime) as unknown as QuickJSHandle;
  }

  /** Runs host code that the engine called; what it throws is thrown inside the engine. */
  private guard(
    run: () => number,
    onThrow: (exception: number) => void = (p) => this.freePointer(p),
  ): number {
    try {
      return run();
    } catch (thrown) {
      // A trap of the engine unwinds everything: there is no engine any more to throw into.
      if (thrown instanceof WebAssembly.RuntimeError) throw thrown;
      const error =
        thrown instanceof EngineThrow
          ? thrown.error
          : this.adopt(
              this.context.newError({ name: "InternalError", message: messageOf(thrown) })
                .value as unknown as number,
            );
      onThrow(this.ffi.QTS_Throw(this.contextPointer, pointerOf(error)));
      error.dispose();
      return 0;
    }
  }

  private replyPointer(reply: HostReply): number {
    if (reply === undefined) return 0;
    if (reply instanceof PointerHandle) return reply.pointer;
    if (reply instanceof Uint8Array) return this.newBuffer(reply);
    if (typeof reply === "object" && reply !== null) return pointerOf(reply);
    return this.newPrimitive(reply);
  }

  private requireLoader(): ModuleLoader {
    if (this.loader === undefined) throw new Error("Modules cannot be loaded yet.");
    return this.loader;
  }

  private noteRejection(promise: bigint, reason: bigint, handled: boolean): void {
    const key = BigInt.asUintN(64, promise);
    if (handled) {
      const inner = this.rejections.get(key)?.inner;
      this.forgetRejection(key);
      if (inner !== undefined) this.forgetRejection(inner);
      return;
    }
    if (this.rejections.has(key)) return;
    const bits = BigInt.asUintN(64, reason);
    const last = this.lastRejection;
    // A module that throws rejects two promises with its error: an inner one that the engine then drops, and the one
    // that importers see. Whoever handles the latter has handled both.
    const inner = last?.bits === bits && this.isDropped(last.key) ? last.key : undefined;
    // Keeping the promise alive keeps its address from being used for another one.
    this.rejections.set(key, { promise: this.keep(promise), reason: this.keep(reason), bits, inner });
    this.lastRejection = { key, bits };
  }

  private forgetRejection(key: bigint): void {
    const known = this.rejections.get(key);
    if (known === undefined) return;
    this.rejections.delete(key);
    this.freePointer(known.promise);
    this.freePointer(known.reason);
  }

  /** Whether nobody but us holds the promise any more. */
  private isDropped(key: bigint): boolean {
    const known = this.rejections.get(key);
    // Objects begin with their reference count.
    return known !== undefined && this.memory.word(this.memory.word(known.promise) >>> 0) === 1;
  }

  /** Makes an owned value from one that the engine only lends. */
  private keep(value: bigint): number {
    this.memory.setWord(this.scratch, Number(BigInt.asIntN(32, value)));
    this.memory.setWord(this.scratch + 4, Number(BigInt.asIntN(32, value >> 32n)));
    return this.dupPointer(this.scratch);
  }
}

class PointerHandle {
  private alive = true;

  constructor(
    private readonly engine: QuickJSEngine,
    readonly pointer: number,
  ) {}

  dispose(): void {
    if (!this.alive) throw new Error("A value of the engine was disposed of twice.");
    this.alive = false;
    this.engine.freePointer(this.pointer);
  }

  dup(): Handle {
    return this.engine.adopt(this.engine.dupPointer(this.pointer));
  }
}

class ArgumentsView implements HostArguments {
  constructor(
    private readonly engine: QuickJSEngine,
    readonly length: number,
    private readonly start: number,
  ) {}

  kind(index: number): "undefined" | "null" | "boolean" | "number" | "string" | "other" {
    if (index >= this.length) return "undefined";
    const tag = this.engine.tagAt(this.start + index * VALUE_BYTES);
    switch (tag) {
      case TAG.string:
      case TAG.stringRope:
        return "string";
      case TAG.int:
        return "number";
      case TAG.undefined:
        return "undefined";
      case TAG.null:
        return "null";
      case TAG.bool:
        return "boolean";
      default:
        return tag > TAG.undefined + 4 || tag < TAG.bigInt ? "number" : "other";
    }
  }

  boolean(index: number): boolean {
    return this.primitive(index) === true;
  }

  number(index: number): number {
    const value = this.primitive(index);
    return typeof value === "number" ? value : NaN;
  }

  string(index: number): string {
    const value = this.primitive(index);
    return typeof value === "string" ? value : "";
  }

  bytes(index: number): Uint8Array {
    return index < this.length ? this.engine.bytesAt(this.start + index * VALUE_BYTES) : new Uint8Array(0);
  }

  handle(index: number): Handle {
    if (index >= this.length) return this.engine.toHandle(undefined);
    return this.engine.adopt(this.engine.dupPointer(this.start + index * VALUE_BYTES));
  }

  private primitive(index: number): Primitive {
    return index < this.length ? this.engine.primitiveAt(this.start + index * VALUE_BYTES) : undefined;
  }
}

function pointerOf(handle: Handle): number {
  if (!(handle instanceof PointerHandle)) throw new Error("A handle of another engine was passed.");
  return handle.pointer;
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
