import { StaticLifetime, type QuickJSHandle } from "quickjs-emscripten-core";
import { EngineThrow, type Handle, type HostCallback, type HostReply, type ModuleLoader } from "./engine";
import type { QuickJSInstance } from "./quickjs-ffi";
import type { LiveRuntime } from "./quickjs-runtime";
import { ArgumentsView, pointerOf, VALUE_BYTES, type QuickJSValues } from "./quickjs-values";

/** The library's table of host functions, which its types hide. */
interface HostRefs {
  put(value: unknown): number;
  get(id: number): unknown;
}

/** Everything that the engine asks of the host: its functions, whether to go on, and modules. */
export class HostCallbacks {
  shouldInterrupt: () => boolean = () => false;
  loader: ModuleLoader | undefined;

  private readonly functions = new Map<number, HostCallback>();

  constructor(
    private readonly instance: QuickJSInstance,
    private readonly live: LiveRuntime,
    private readonly values: QuickJSValues,
  ) {
    const library = instance.callbacks;
    instance.callbacks = {
      ...library,
      freeHostRef: (asyncify, runtime, id) => {
        this.functions.delete(id);
        library.freeHostRef(asyncify, runtime, id);
      },
      callFunction: (_asyncify, _context, _self, count, args, id) => {
        const callback = this.functions.get(id);
        if (callback === undefined) return this.runLibraryFunction(count, args >>> 0, id);
        return this.orException(() =>
          this.replyPointer(callback(new ArgumentsView(values, count, args >>> 0))),
        );
      },
      shouldInterrupt: () => (this.shouldInterrupt() ? 1 : 0),
      normalizeModule: (_asyncify, _runtime, _context, base, name) =>
        this.guard(() => values.memory.writeText(this.requireLoader().resolve(base, name)).pointer),
      loadModuleSource: (_asyncify, _runtime, _context, name) =>
        this.guard(() => values.memory.writeText(this.requireLoader().load(name)).pointer),
    };
  }

  /** Makes a function of the engine that calls the host. */
  newFunction(name: string, callback: HostCallback): Handle {
    let made: number | undefined;
    // The library gives every function an id; ours are then found before the library looks.
    const { hostRefs } = this;
    const put = hostRefs.put.bind(hostRefs);
    hostRefs.put = (value) => (made = put(value));
    try {
      const handle = this.live.context.newFunction(name, () => undefined);
      if (made === undefined) throw new Error("The engine library made a function without an id.");
      this.functions.set(made, callback);
      return this.values.adopt(Number(handle.value));
    } finally {
      hostRefs.put = put;
    }
  }

  clear(): void {
    this.functions.clear();
  }

  private get hostRefs(): HostRefs {
    return (this.live.runtime as unknown as { hostRefs: HostRefs }).hostRefs;
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
      const result = fn.apply(this.live.context.undefined, handles) as QuickJSHandle | undefined;
      if (result === undefined) return 0;
      const copy = this.values.dup(Number(result.value));
      result.dispose();
      return copy;
    });
  }

  /** A handle of the library for a value that stays the engine's. */
  private lend(pointer: number): QuickJSHandle {
    // The library's class for constants; brands of pointers exist in types only.
    return new StaticLifetime(pointer, this.live.runtime) as unknown as QuickJSHandle;
  }

  /** What the host code gives, or the exception that the engine is to throw. */
  private orException(run: () => number): number {
    let exception = 0;
    const result = this.guard(run, (thrown) => (exception = thrown));
    return exception === 0 ? result : exception;
  }

  /** Runs host code that the engine called; what it throws is thrown inside the engine. */
  private guard(
    run: () => number,
    onThrow: (exception: number) => void = (pointer) => this.values.free(pointer),
  ): number {
    try {
      return run();
    } catch (thrown) {
      // A trap of the engine unwinds everything: there is no engine any more to throw into.
      if (thrown instanceof WebAssembly.RuntimeError) throw thrown;
      const error = thrown instanceof EngineThrow ? thrown.error : this.internalError(thrown);
      onThrow(this.instance.functions.QTS_Throw(this.live.contextPointer, pointerOf(error)));
      error.dispose();
      return 0;
    }
  }

  private internalError(thrown: unknown): Handle {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    const error = this.live.context.newError({ name: "InternalError", message });
    return this.values.adopt(Number(error.value));
  }

  private replyPointer(reply: HostReply): number {
    if (reply === undefined) return 0;
    if (reply instanceof Uint8Array) return this.values.newBuffer(reply);
    if (typeof reply === "object" && reply !== null) return pointerOf(reply);
    return this.values.newPrimitive(reply);
  }

  private requireLoader(): ModuleLoader {
    if (this.loader === undefined) throw new Error("Modules cannot be loaded yet.");
    return this.loader;
  }
}
