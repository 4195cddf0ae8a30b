import type { GuestFactory } from "../../vm/guest/bridge";

interface Signal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}
// The globals of the VM, as they are when the module is loaded: a script that replaces them later does not change it.
declare const globalThis: {
  setTimeout(callback: () => void, ms: number): number;
  clearTimeout(id: number): void;
  setInterval(callback: () => void, ms: number): number;
  clearInterval(id: number): void;
};
const { setTimeout: startTimeout, clearTimeout, setInterval: startInterval, clearInterval } = globalThis;

// Longer delays overflow the 32 bits of a timer in Node and would fire at once.
const MAX_MS = 2 ** 31 - 1;

function checkDelay(ms: unknown, name: string): number {
  if (typeof ms !== "number")
    throw new TypeError(`${name} needs a number of milliseconds, not ${ms === null ? "null" : typeof ms}.`);
  if (!(ms >= 0 && ms <= MAX_MS))
    throw new RangeError(`${name} needs 0 to ${MAX_MS} milliseconds, not ${ms}.`);
  return ms;
}

function checkSignal(options: unknown): Signal | undefined {
  if (options === undefined) return undefined;
  if (typeof options !== "object" || options === null)
    throw new TypeError("Timer options must be an object.");
  const signal = (options as { signal?: unknown }).signal;
  if (signal === undefined) return undefined;
  if (typeof signal !== "object" || signal === null || !("aborted" in signal))
    throw new TypeError("The option signal must be an AbortSignal.");
  return signal as Signal;
}

/** As in Node: an `AbortError` with the signal's reason as its cause. */
function abortError(signal: Signal): Error {
  const error = new Error("The operation was aborted", { cause: signal.reason });
  error.name = "AbortError";
  return Object.assign(error, { code: "ABORT_ERR" });
}

function throwIfAborted(signal: Signal | undefined): void {
  if (signal?.aborted === true) throw abortError(signal);
}

function wait<T>(ms: number, value: T, signal: Signal | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(abortError(signal));
      return;
    }
    const abort = (): void => {
      clearTimeout(id);
      if (signal !== undefined) reject(abortError(signal));
    };
    const id = startTimeout(() => {
      signal?.removeEventListener("abort", abort);
      resolve(value);
    }, ms);
    signal?.addEventListener("abort", abort);
  });
}

async function sleep(ms: unknown, options?: unknown): Promise<void> {
  await wait(checkDelay(ms, "sleep"), undefined, checkSignal(options));
}

async function setTimeout(ms: unknown = 1, value?: unknown, options?: unknown): Promise<unknown> {
  return wait(checkDelay(ms, "setTimeout"), value, checkSignal(options));
}

/** Ticks that nobody has awaited yet are counted, so that a slow loop body loses none. */
async function* setInterval(ms: unknown = 1, value?: unknown, options?: unknown): AsyncGenerator<unknown> {
  const delay = checkDelay(ms, "setInterval");
  const signal = checkSignal(options);
  throwIfAborted(signal);
  let ticks = 0;
  let wake: (() => void) | undefined;
  const notify = (): void => {
    wake?.();
    wake = undefined;
  };
  const id = startInterval(() => {
    ticks += 1;
    notify();
  }, delay);
  signal?.addEventListener("abort", notify);
  try {
    while (true) {
      throwIfAborted(signal);
      if (ticks === 0) await new Promise<void>((resolve) => (wake = resolve));
      for (; ticks > 0; ticks -= 1) yield value;
    }
  } finally {
    clearInterval(id);
    signal?.removeEventListener("abort", notify);
  }
}

const factory: GuestFactory = () => ({ sleep, setTimeout, setInterval });
export default factory;
