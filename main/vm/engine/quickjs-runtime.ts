import type { QuickJSContext, QuickJSRuntime } from "quickjs-emscripten-core";
import type { QuickJSInstance } from "./quickjs-ffi";

/** The library's own objects for the one runtime and context of an instance, and where both lie. */
export interface LiveRuntime {
  readonly runtime: QuickJSRuntime;
  readonly context: QuickJSContext;
  readonly runtimePointer: number;
  readonly contextPointer: number;
}

type ContextOptions = NonNullable<Parameters<QuickJSRuntime["newContext"]>[0]>;
type ContextPointer = NonNullable<ContextOptions["contextPointer"]>;

/** Makes a runtime with a context in a fresh instance. */
export function newRuntime({ library }: QuickJSInstance): LiveRuntime {
  const runtime = library.newRuntime();
  const context = runtime.newContext();
  // The library brands its pointers in types only.
  const runtimePointer = Number((runtime as unknown as { rt: { value: number } }).rt.value);
  const contextPointer = Number((context as unknown as { ctx: { value: number } }).ctx.value);
  return { runtime, context, runtimePointer, contextPointer };
}

/** Makes the library's objects for a runtime and context that are in the instance's memory already. */
export function runtimeAt(
  { library, functions }: QuickJSInstance,
  runtimePointer: number,
  contextPointer: number,
): LiveRuntime {
  // The library can adopt a context but not a runtime: it is given the address where it would ask for a new one.
  const { QTS_NewRuntime } = functions;
  functions.QTS_NewRuntime = () => runtimePointer;
  try {
    const runtime = library.newRuntime();
    const context = runtime.newContext({ contextPointer: contextPointer as ContextPointer });
    return { runtime, context, runtimePointer, contextPointer };
  } finally {
    functions.QTS_NewRuntime = QTS_NewRuntime;
  }
}
