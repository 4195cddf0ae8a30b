/** Called by the engine with raw values (64-bit NaN boxes). */
export type RejectionListener = (promise: bigint, reason: bigint, handled: boolean) => void;

// (module
//   (import "host" "rejection" (func $f (param i32 i64 i64 i32 i32)))
//   (export "rejection" (func $f)))
// Only a WebAssembly function of the exact C signature can stand in the engine's function table.
const GLUE = new Uint8Array([
  0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x09, 0x01, 0x60, 0x05, 0x7f, 0x7e, 0x7e, 0x7f, 0x7f,
  0x00, 0x02, 0x12, 0x01, 0x04, 0x68, 0x6f, 0x73, 0x74, 0x09, 0x72, 0x65, 0x6a, 0x65, 0x63, 0x74, 0x69, 0x6f,
  0x6e, 0x00, 0x00, 0x07, 0x0d, 0x01, 0x09, 0x72, 0x65, 0x6a, 0x65, 0x63, 0x74, 0x69, 0x6f, 0x6e, 0x00, 0x00,
]);

let glue: WebAssembly.Module | undefined;

/** Words of `JSRuntime` that are searched for the interrupt handler's place. */
const RUNTIME_WORDS = 300;

export interface TrackerHost {
  readonly memory: WebAssembly.Memory;
  readonly runtimePointer: number;
  enableInterruptHandler(): void;
  disableInterruptHandler(): void;
}

/** Puts a listener into the engine's function table; gives its place. The engine calls what it is told to: see below. */
export function insertRejectionHook(table: WebAssembly.Table, listener: RejectionListener): number {
  glue ??= new WebAssembly.Module(GLUE);
  const instance = new WebAssembly.Instance(glue, {
    host: {
      rejection: (_context: number, promise: bigint, reason: bigint, handled: number) =>
        listener(promise, reason, handled !== 0),
    },
  });
  return table.grow(1, instance.exports["rejection"]);
}

/**
 * Makes the engine report rejected promises to the listener at a place of its function table. QuickJS has the hook
 * (`JS_SetHostPromiseRejectionTracker`), but quickjs-emscripten does not export it, and nothing inside JavaScript sees that
 * the promise of an async function stays unhandled. The hook is a field of `JSRuntime`, two words behind the interrupt
 * handler; the latter is found by setting and clearing it.
 *
 * Throws when the layout is not as expected: another build of the engine needs another look.
 */
export function hookRejections(host: TrackerHost, slot: number): void {
  const words = (): Uint32Array =>
    new Uint32Array(host.memory.buffer, host.runtimePointer, RUNTIME_WORDS).slice();
  host.disableInterruptHandler();
  const without = words();
  host.enableInterruptHandler();
  const withHandler = words();
  const handlerAt = withHandler.findIndex((word, index) => word !== without[index]);
  const hookAt = handlerAt + 2;
  if (handlerAt < 0 || withHandler[hookAt] !== 0 || withHandler[hookAt + 1] !== 0) {
    throw new Error("The engine's runtime is laid out in an unknown way.");
  }
  new Uint32Array(host.memory.buffer)[host.runtimePointer / 4 + hookAt] = slot;
}
