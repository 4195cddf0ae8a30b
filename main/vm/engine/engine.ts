/**
 * What the rest of `main/vm` asks of a JavaScript engine. Nothing outside this folder (and the value inspection, which
 * reads engine internals on purpose) knows which engine runs.
 */

import type { CompiledEngine } from "./compile";

declare const handleBrand: unique symbol;

/** A value inside the engine. Whoever holds a handle disposes of it, once. */
export interface Handle {
  readonly [handleBrand]: true;
  dispose(): void;
  /** Another handle of the same value. */
  dup(): Handle;
}

export type Primitive = undefined | null | boolean | number | string;

/** How running code in the engine ended. The handle belongs to the caller. */
export type Completion =
  { readonly ok: true; readonly value: Handle } | { readonly ok: false; readonly error: Handle };

/** What a host function gives back: primitives, bytes (arrive as `ArrayBuffer`), a handle that it gives away. */
export type HostReply = Primitive | Uint8Array | Handle;

/** Thrown by a host function to throw this very value inside the engine. Takes the handle over. */
export class EngineThrow extends Error {
  override readonly name = "EngineThrow";

  constructor(readonly error: Handle) {
    super("A value was thrown inside the engine.");
  }
}

/** Arguments of one call of a host function; valid during the call only. */
export interface HostArguments {
  readonly length: number;
  kind(index: number): "undefined" | "null" | "boolean" | "number" | "string" | "other";
  boolean(index: number): boolean;
  number(index: number): number;
  /** Text of any value that is not an object; `""` for objects, whose `toString` would be user code. */
  string(index: number): string;
  /** A copy of an `ArrayBuffer`'s bytes; empty for anything else. */
  bytes(index: number): Uint8Array;
  handle(index: number): Handle;
}

export type HostCallback = (args: HostArguments) => HostReply;

/** Loads ES modules. May throw {@link EngineThrow}. */
export interface ModuleLoader {
  /** Gives the key of a module from the key of the importing one and the specifier as written. */
  resolve(importer: string, specifier: string): string;
  /** Gives the source text of a module by key. */
  load(key: string): string;
}

export interface EngineOptions {
  /** Hard cap of the engine's memory, in MiB. */
  readonly memoryMb: number;
  /** Stack of JavaScript code, in KiB. */
  readonly stackKb: number;
  /** Shared by all engines of the process. */
  readonly compiled: CompiledEngine;
}

export interface Engine {
  /** Runs a classic script in global scope. */
  evalScript(source: string, file: string, options: { readonly strict: boolean }): Completion;
  /** Runs an ES module; gives its namespace, or a promise of it when it awaits. */
  evalModule(source: string, file: string): Completion;
  /** Calls a function. `undefined` as `this`. Handles among the arguments stay the caller's. */
  call(fn: Handle, ...args: readonly (Primitive | Handle)[]): Completion;
  newFunction(name: string, callback: HostCallback): Handle;
  globalObject(): Handle;
  getProperty(object: Handle, name: string): Handle;
  toHandle(value: Primitive): Handle;
  newArrayBuffer(bytes: Uint8Array): Handle;
  /** The primitive in a handle; `undefined` for objects, symbols and bigints. */
  toPrimitive(handle: Handle): Primitive;
  isObject(handle: Handle): boolean;
  /** What the value is to the host: see {@link HostArguments}. */
  kindOf(handle: Handle): ReturnType<HostArguments["kind"]>;
  promiseState(handle: Handle): "pending" | "fulfilled" | "rejected" | "none";
  /** What a settled promise holds. */
  promiseResult(handle: Handle): Handle;
  /**
   * From now on errors have an accessor `stack` of these two functions, which must live as long as the engine; what the
   * engine itself would have written there is read by `EngineView.errorStack`.
   */
  setStackAccessor(getter: Handle, setter: Handle): void;
  setModuleLoader(loader: ModuleLoader): void;
  /** An execution is over. What waits in ES modules that it has loaded may go on later, unless it was stopped. */
  noteExecutionEnd(options: { readonly stopped: boolean }): void;
  /**
   * Lets go of the ES modules loaded since the last call, whose keys must never be asked for again; what code still refers
   * to lives on, and what may go on waits for that. `keep`: they stay, because their code asks for `import.meta` later.
   * `readAll` reads every property of its argument, without running code of a script.
   */
  forgetModules(options: { readonly keep: boolean; readonly readAll: Handle }): void;
  /** Asked often while code runs; `true` stops it at once, uncatchably. */
  setInterruptHandler(shouldInterrupt: () => boolean): void;
  /** Runs at most `limit` promise jobs; gives what a job threw, if it threw at the engine. */
  runJobs(limit: number): { readonly ran: number; readonly error?: Handle };
  hasJobs(): boolean;
  /**
   * Throws promise jobs away, as far as that is possible until a time (`performance.now()`): each is run and interrupted at
   * its first call. The interrupt handler must say stop meanwhile.
   */
  discardJobs(until: number): void;
  /** Rejected promises that nothing handles, oldest first: their reasons. Empties the list. */
  takeUnhandledRejections(): Handle[];
  /** Bytes that the engine's memory occupies now. */
  memoryBytes(): number;
  /** How often the engine's memory could not grow: its cap was met. */
  readonly outOfMemoryCount: number;
  /** Frees everything; throws when a value leaked. For tests: a production session ends with its thread. */
  dispose(): void;
}
