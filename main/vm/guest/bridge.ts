import type { EngineView } from "./environment";

/**
 * What the host offers to code inside the VM. Implemented by the host side of `main/vm`; user code never sees it.
 */

/**
 * A value that crosses between host and guest: copied, never shared. Plain objects and arrays of these; bytes as
 * `Uint8Array`; `undefined`, `NaN`, `-0`, infinities and bigint survive.
 */
export type WireValue =
  | undefined
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly WireValue[]
  | { readonly [key: string]: WireValue };

/** Handed to a module's guest half: reaches only that module's own host half. */
export interface GuestBridge {
  /** What the module's `guestConfig` gave, a fresh copy; `undefined` when it gives nothing. */
  readonly config: WireValue;
  /**
   * Calls a synchronous function of the host half. Throws what the host threw, rebuilt inside the VM: class
   * (`TypeError`, `RangeError` …), message, `code` and the other own properties; the stack is the guest's.
   */
  call(name: string, ...args: WireValue[]): WireValue;
  /** Calls a function of the host half that answers later. The promise always settles, also on cancel. */
  callAsync(name: string, ...args: WireValue[]): Promise<WireValue>;
  /**
   * Loads another module's guest exports for internal use, enabled or not; only modules of risk `pure` can be had
   * (e.g. `fs` uses `buffer`). Loaded once per session.
   */
  internal(moduleName: string): unknown;
  /** What the prelude knows about values: the texts of `util.inspect` and `util.format`, and their true classes. */
  readonly values: {
    inspect(value: unknown, options?: object): string;
    format(args: readonly unknown[], options?: object): string;
    readonly view: EngineView;
  };
}

/** Default export of every `main/modules/<name>/guest.ts`: called once per session, at the first `require`. */
export type GuestFactory = (bridge: GuestBridge) => object;
