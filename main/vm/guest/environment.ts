import type { WireValue } from "./bridge";

/**
 * What the runtime offers to the parts of the prelude (console, globals, describer, completion). Captured intrinsics
 * come from `./primordials`. User code never reaches any of this.
 *
 * The parts, and how the prelude calls them once, before user code:
 * - `installConsole(env)`, `./console`: sets `globalThis.console`.
 * - `installGlobals(env)`, `./globals`: sets the globals that the engine lacks.
 * - `createDescriber(env)`, `./describe`: gives the {@link Describer}.
 * - `createCompleter(env)`, `./completion`: gives the {@link Completer}.
 */
export interface GuestEnvironment {
  readonly host: InternalHost;
  readonly describer: Describer;
  /** Looks into values without running their code. */
  readonly view: EngineView;
  /**
   * Delivers one console line to the host at once, in order. `level` and `method` are numbers, see
   * `main/vm/inspect/console-line.ts`. `text` is the whole line without a final newline, group indentation included; leave
   * it out when the host shall render it from `argsJson`, the JSON of `ConsoleArguments`. `stack` is `captureStack()` of
   * the caller, when it was taken; the host makes the location from it. Throws when a limit of the execution is met.
   */
  emitConsole(
    level: number,
    method: number,
    group: number,
    text: string | undefined,
    argsJson: string | undefined,
    stack: string | undefined,
  ): void;
  /** Stack of the caller without prelude frames, as user code would see it: one `    at …` line per frame. */
  captureStack(): string;
  /** Milliseconds since the session's start, with fractions, monotonic. */
  now(): number;
  /**
   * Runs a callback after some milliseconds if the execution still runs then, without keeping it running; for
   * `AbortSignal.timeout`. Without it, an ordinary timer is used.
   */
  backgroundTimer?(callback: () => void, milliseconds: number): void;
}

/**
 * What only the engine knows about a value. Made on the host by `createEngineView` (`main/vm/inspect/engine-view.ts`),
 * which gives the object that holds these functions. None of them runs user code.
 */
export interface EngineView {
  /**
   * Number of the value's class, see `main/vm/inspect/engine-classes.ts`, plus 256 for an array without holes and
   * accessors among its elements, plus 512 for an array, typed array or boxed string that has elements only; 0 for a
   * primitive.
   */
  classOf(value: unknown): number;
  /** 0 pending, 1 fulfilled, 2 rejected; -1 when the value is no promise. */
  promiseState(value: unknown): number;
  /** What a settled promise holds; `undefined` otherwise. */
  promiseResult(value: unknown): unknown;
  /** Target of a proxy; `null` when it is revoked, `undefined` when the value is no proxy. */
  proxyTarget(value: unknown): object | null | undefined;
  /** The engine's own text of an error's stack, whatever its property says; `undefined` for what has none. */
  errorStack(value: unknown): string | undefined;
  /** The map or set that an iterator goes over; `undefined` when it is at the end, and for other values. */
  iterated(value: unknown): object | undefined;
  /** What such an iterator gives: 0 keys, 1 values, 2 entries; -1 when the value is none. */
  iteratorKind(value: unknown): number;
  /** Entries that such an iterator has given and that are still there. */
  entriesGiven(value: unknown): number;
  /** Handler of a proxy; `null` when it is revoked, `undefined` when the value is no proxy. */
  proxyHandler(value: unknown): object | null | undefined;
}

/** Functions that the host side of the runtime offers to the prelude itself; registered in `main/vm/host/internal.ts`. */
export interface InternalHost {
  call(name: string, ...args: WireValue[]): WireValue;
}

/**
 * Makes bounded, cycle-safe descriptors of values. Runs no getter, proxy trap or other user code. The JSON is read by
 * `main/vm/inspect` on the host and by nothing else.
 */
export interface Describer {
  /**
   * JSON of the descriptor of one value. `keep`: give objects an id, so that they can be expanded later. `custom`: let
   * `[util.inspect.custom]` functions of the script speak, so only under its deadline; errors that they throw come out.
   */
  describe(value: unknown, options?: { readonly keep?: boolean; readonly custom?: boolean }): string;
  /** JSON array of descriptors of console arguments. */
  describeAll(values: readonly unknown[], options?: { readonly keep?: boolean }): string;
  /** JSON array of property descriptors of an object kept under an id; throws when it is gone. */
  properties(objectId: string, start: number, count: number): string;
  /** Runs one getter on request; JSON of the descriptor of what it gives. */
  invokeGetter(objectId: string, name: string): string;
  release(objectIds: readonly string[]): void;
  /**
   * Text as Node's `util.inspect(value, options)` gives it, for the `util` module. Runs `[util.inspect.custom]` functions
   * and, with the option `getters`, getters; nothing else of the script.
   */
  inspect(value: unknown, options?: object): string;
  /** Text as Node's `util.formatWithOptions(options, ...args)` gives it. */
  format(args: readonly unknown[], options?: object): string;
  /** The kept object itself; `undefined` when it is gone. */
  lookup(objectId: string): object | undefined;
}

/** What completion knows of the modules of a session; see `createModuleSystem`. */
export interface ModuleNames {
  /** Name of the loaded native module or library that has exported this value. */
  nameOf(exported: unknown): string | undefined;
  /** What a module that is loaded has exported. */
  exportsOf(name: string): { readonly exports: unknown } | undefined;
  /** Library that a global stands for which nobody has read yet. */
  libraryOfGlobal(name: string): string | undefined;
}

/** Completions at the cursor from live values; runs no user code. */
export interface Completer {
  /**
   * JSON of `FoundCompletions`. `placeJson` is the JSON of a `CompletionPlace`, which the host has found out;
   * `contextJson` that of {@link CompletionContext}; without it neither modules nor names are known.
   */
  complete(placeJson: string, contextJson?: string): string;
}

export interface CompletionContext {
  /** What `require("…")` and `import … from "…"` can name here: enabled modules, libraries. */
  readonly modules?: readonly string[];
  /** Names that the REPL declared and that are not on globalThis. */
  readonly names?: readonly string[];
}
