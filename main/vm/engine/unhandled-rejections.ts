import type { Handle } from "./engine";
import { VALUE_BYTES, type QuickJSValues } from "./quickjs-values";

/** A rejected promise that nothing handles yet; both values are ours to free. */
interface Rejection {
  readonly promise: number;
  readonly reason: number;
  /** The reason's 64 bits: equal for the same object. */
  readonly bits: bigint;
  /** The rejection that came of the same throw and is handled together with this one. */
  readonly inner: bigint | undefined;
}

/** The rejected promises that nothing handles, oldest first. */
export class UnhandledRejections {
  private readonly rejections = new Map<bigint, Rejection>();
  private last: { readonly key: bigint; readonly bits: bigint } | undefined;
  private readonly scratch: number;

  constructor(private readonly values: QuickJSValues) {
    this.scratch = values.memory.allocate(VALUE_BYTES);
  }

  /** Told by the engine, which only lends both values. */
  note(promise: bigint, reason: bigint, handled: boolean): void {
    const key = BigInt.asUintN(64, promise);
    if (handled) {
      const inner = this.rejections.get(key)?.inner;
      this.forget(key);
      if (inner !== undefined) this.forget(inner);
      return;
    }
    if (this.rejections.has(key)) return;
    const bits = BigInt.asUintN(64, reason);
    // A module that throws rejects two promises with its error: an inner one that the engine then drops, and the one
    // that importers see. Whoever handles the latter has handled both.
    const inner = this.last?.bits === bits && this.isDropped(this.last.key) ? this.last.key : undefined;
    // Keeping the promise alive keeps its address from being used for another one.
    this.rejections.set(key, { promise: this.keep(promise), reason: this.keep(reason), bits, inner });
    this.last = { key, bits };
  }

  /** Gives the reasons, which are the caller's then, and empties the list. */
  take(): Handle[] {
    if (this.rejections.size === 0) return [];
    const reasons: Handle[] = [];
    for (const { promise, reason } of this.rejections.values()) {
      this.values.free(promise);
      reasons.push(this.values.adopt(reason));
    }
    this.rejections.clear();
    this.last = undefined;
    return reasons;
  }

  /**
   * Starts to watch; the function that comes back forgets what was rejected with a reason since then: what somebody gets as
   * an error is not unhandled.
   */
  watch(): (reason: number) => void {
    const before = new Set(this.rejections.keys());
    return (reason) => {
      const thrown = this.values.bitsAt(reason);
      for (const [key, { bits }] of [...this.rejections]) {
        if (bits === thrown && !before.has(key)) this.forget(key);
      }
    };
  }

  private forget(key: bigint): void {
    const known = this.rejections.get(key);
    if (known === undefined) return;
    this.rejections.delete(key);
    this.values.free(known.promise);
    this.values.free(known.reason);
  }

  /** Whether nobody but us holds the promise any more. */
  private isDropped(key: bigint): boolean {
    const known = this.rejections.get(key);
    if (known === undefined) return false;
    // Objects begin with their reference count.
    const { memory } = this.values;
    return memory.word(memory.word(known.promise) >>> 0) === 1;
  }

  /** Makes an owned value from one that the engine only lends. */
  private keep(value: bigint): number {
    const { memory } = this.values;
    memory.setWord(this.scratch, Number(BigInt.asIntN(32, value)));
    memory.setWord(this.scratch + 4, Number(BigInt.asIntN(32, value >> 32n)));
    return this.values.dup(this.scratch);
  }
}
