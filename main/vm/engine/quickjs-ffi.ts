import variant from "@jitl/quickjs-wasmfile-release-sync";
import {
  newQuickJSWASMModuleFromVariant,
  type EmscriptenModuleLoader,
  type QuickJSEmscriptenModule,
  type QuickJSSyncVariant,
  type QuickJSWASMModule,
} from "quickjs-emscripten-core";
import { EXPORTS } from "./wasm-binary";

/**
 * The C functions that we call ourselves, where quickjs-emscripten's own wrappers cost more than the work: it makes a
 * scope, a generator and a lifetime per argument for every host call. Pointers are plain numbers here; their brands
 * exist only in the library's types.
 */
export interface QuickJSFunctions {
  QTS_Call(context: number, fn: number, self: number, count: number, args: number): number;
  QTS_DupValuePointer(context: number, value: number): number;
  QTS_Eval(
    context: number,
    source: number,
    length: number,
    file: string,
    detectModule: number,
    flags: number,
  ): number;
  QTS_ExecutePendingJob(runtime: number, limit: number, contextOut: number): number;
  QTS_FreeCString(context: number, text: number): void;
  QTS_FreeValuePointer(context: number, value: number): void;
  QTS_FreeValuePointerRuntime(runtime: number, value: number): void;
  QTS_GetArrayBuffer(context: number, value: number): number;
  QTS_GetArrayBufferLength(context: number, value: number): number;
  QTS_GetFalse(): number;
  QTS_GetFloat64(context: number, value: number): number;
  QTS_GetNull(): number;
  QTS_GetString(context: number, value: number): number;
  QTS_GetTrue(): number;
  QTS_GetUndefined(): number;
  QTS_IsJobPending(runtime: number): number;
  QTS_NewArrayBuffer(context: number, bytes: number, length: number): number;
  QTS_NewFloat64(context: number, value: number): number;
  /** Taken from here by the library too. */
  QTS_NewRuntime(): number;
  QTS_NewString(context: number, text: number): number;
  QTS_PromiseResult(context: number, promise: number): number;
  QTS_PromiseState(context: number, promise: number): number;
  QTS_ResolveException(context: number, maybeException: number): number;
  QTS_RuntimeDisableInterruptHandler(runtime: number): void;
  QTS_RuntimeEnableInterruptHandler(runtime: number): void;
  QTS_RuntimeEnableModuleLoader(runtime: number, customNormalizer: number): void;
  QTS_Throw(context: number, error: number): number;
}

/** What the C code calls. */
export interface QuickJSCallbacks {
  freeHostRef(asyncify: undefined, runtime: number, id: number): void;
  callFunction(
    asyncify: undefined,
    context: number,
    self: number,
    count: number,
    args: number,
    id: number,
  ): number;
  shouldInterrupt(asyncify: undefined, runtime: number): number;
  loadModuleSource(asyncify: undefined, runtime: number, context: number, name: string): number;
  normalizeModule(asyncify: undefined, runtime: number, context: number, base: string, name: string): number;
}

export interface QuickJSInstance {
  readonly library: QuickJSWASMModule;
  readonly functions: QuickJSFunctions;
  readonly memory: WebAssembly.Memory;
  readonly table: WebAssembly.Table;
  /** Bits of the functions that errors get as their accessor `stack`; zero: their stack is a text. */
  readonly stackAccessor: { readonly getter: WebAssembly.Global; readonly setter: WebAssembly.Global };
  malloc(bytes: number): number;
  free(pointer: number): void;
  /** The library's own callbacks; replaced ones take effect at once. */
  callbacks: QuickJSCallbacks;
}

/** The parts of emscripten's module object that we touch; the library hands it to variants only. */
interface EmscriptenModule {
  _malloc(bytes: number): number;
  _free(pointer: number): void;
  callbacks: QuickJSCallbacks;
}

type Imports = Record<string, Record<string, unknown>>;

/** Pages of 64 KiB that the engine needs to start: 5 MiB of it is the C stack. */
const INITIAL_PAGES = 256;
const PAGES_PER_MB = 16;
const INSTANTIATION_TIMEOUT_MS = 10_000;

/**
 * Makes one WebAssembly instance with its own capped memory. `onOutOfMemory` is told when the memory could not grow.
 * Throws when the engine cannot be instantiated; never hangs.
 */
export async function instantiateQuickJS(
  wasmModule: WebAssembly.Module,
  memoryMb: number,
  onOutOfMemory: () => void,
): Promise<QuickJSInstance> {
  const memory = new WebAssembly.Memory({
    initial: INITIAL_PAGES,
    maximum: Math.max(INITIAL_PAGES, memoryMb * PAGES_PER_MB),
  });
  let emscripten: EmscriptenModule | undefined;
  let instance: WebAssembly.Instance | undefined;
  const capped: QuickJSSyncVariant = {
    ...variant,
    async importModuleLoader() {
      const imported = await variant.importModuleLoader();
      // The type allows for module namespaces of namespaces; this variant unwraps its default export itself.
      const load = imported as EmscriptenModuleLoader<QuickJSEmscriptenModule>;
      return async () => {
        const options = {
          wasmMemory: memory,
          instantiateWasm(imports: WebAssembly.Imports, onSuccess: (instance: WebAssembly.Instance) => void) {
            // A failure here would otherwise escape as an unhandled rejection of emscripten's own promise.
            // The cast drops WebAssembly's import types: ours are emscripten's, all functions.
            watchGrowth(imports as Imports, onOutOfMemory);
            instance = new WebAssembly.Instance(wasmModule, imports);
            onSuccess(instance);
            return instance.exports;
          },
          // An abort is reported by the exception that follows; the library would also write to the console.
          print: () => undefined,
          printErr: () => undefined,
        };
        const made = await load(options);
        // The same object, seen with the members that the library keeps out of its types.
        emscripten = made as unknown as EmscriptenModule;
        return made;
      };
    },
  };
  const library = await withTimeout(newQuickJSWASMModuleFromVariant(capped), INSTANTIATION_TIMEOUT_MS);
  const {
    [EXPORTS.table]: table,
    [EXPORTS.stackGetter]: getter,
    [EXPORTS.stackSetter]: setter,
  } = instance?.exports ?? {};
  if (
    emscripten === undefined ||
    !(table instanceof WebAssembly.Table) ||
    !(getter instanceof WebAssembly.Global) ||
    !(setter instanceof WebAssembly.Global)
  ) {
    throw new Error("The engine's WebAssembly module was not prepared by compileEngine().");
  }
  const ready = emscripten;
  return {
    library,
    // Same functions, pointers without brands.
    functions: library.getFFI() as unknown as QuickJSFunctions,
    memory,
    table,
    stackAccessor: { getter, setter },
    malloc: (bytes) => ready._malloc(bytes),
    free: (pointer) => ready._free(pointer),
    get callbacks() {
      return ready.callbacks;
    },
    set callbacks(callbacks) {
      ready.callbacks = callbacks;
    },
  };
}

function isGrowth(value: unknown): value is (bytes: number) => unknown {
  return typeof value === "function" && value.toString().includes(".grow(");
}

/** The one import that grows the memory answers false when it cannot; its name is minified, its text is not. */
function watchGrowth(imports: Imports, onOutOfMemory: () => void): void {
  for (const group of Object.values(imports)) {
    for (const [name, value] of Object.entries(group)) {
      if (!isGrowth(value)) continue;
      group[name] = (bytes: number): unknown => {
        const grown = value(bytes);
        if (grown !== true && grown !== 1) onOutOfMemory();
        return grown;
      };
      return;
    }
  }
  throw new Error("The engine's WebAssembly module grows its memory in an unknown way.");
}

async function withTimeout<T>(promise: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`The engine did not start within ${ms} ms.`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
