import { invalidArgType } from "../../guest/node-errors";
import { outOfRange } from "../../guest/out-of-range";
import type { EventName } from "./emitter";

type Callback = (...args: unknown[]) => unknown;
type Ender = () => void;

interface Signal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: "abort", listener: Callback, options?: { once: boolean }): void;
  removeEventListener(type: "abort", listener: Callback): void;
}

interface Source {
  on?: (name: EventName, listener: Callback) => unknown;
  once?: (name: EventName, listener: Callback) => unknown;
  removeListener?: (name: EventName, listener: Callback) => unknown;
  addEventListener?: (name: EventName, listener: Callback, options?: { once: boolean }) => unknown;
  removeEventListener?: (name: EventName, listener: Callback) => unknown;
  pause?: () => unknown;
  resume?: () => unknown;
}

/** As in Node: an `AbortError` with the signal's reason as its cause. */
function abortError(signal: Signal): Error {
  const error = new Error("The operation was aborted", { cause: signal.reason });
  Object.defineProperty(error, "name", {
    value: "AbortError",
    configurable: true,
    writable: true,
    enumerable: false,
  });
  return Object.assign(error, { code: "ABORT_ERR" });
}

function signalOf(options: unknown): Signal | undefined {
  const signal = (options as { signal?: unknown } | null | undefined)?.signal;
  return signal === undefined ? undefined : checkSignal(signal, "options.signal");
}

function checkSignal(signal: unknown, name: string): Signal {
  if (typeof signal !== "object" || signal === null || !("aborted" in signal)) {
    throw invalidArgType(name, "an instance of AbortSignal", signal);
  }
  return signal as Signal;
}

/** Listens on an emitter or an event target; gives a function that stops listening. */
function listen(source: Source, name: EventName, listener: Callback, once: boolean): Ender {
  if (typeof source?.on === "function") {
    if (once && typeof source.once === "function") source.once(name, listener);
    else source.on(name, listener);
    return () => source.removeListener?.(name, listener);
  }
  if (typeof source?.addEventListener === "function") {
    source.addEventListener(name, listener, { once });
    return () => source.removeEventListener?.(name, listener);
  }
  throw invalidArgType("emitter", "an instance of EventEmitter", source);
}

/** `events.once`: a promise of the arguments of the next such event; an `error` event rejects it. */
export async function once(source: Source, name: EventName, options: unknown = {}): Promise<unknown[]> {
  const signal = signalOf(options);
  if (signal?.aborted === true) throw abortError(signal);
  return new Promise((resolve, reject) => {
    const enders: Ender[] = [];
    const end = (): void => {
      for (const ender of enders) ender();
    };
    const fail = (error: unknown): void => {
      end();
      reject(error as Error);
    };
    const done = (...args: unknown[]): void => {
      end();
      resolve(args);
    };
    enders.push(listen(source, name, done, true));
    if (name !== "error" && typeof source.once === "function")
      enders.push(listen(source, "error", fail, true));
    if (signal !== undefined) {
      const abort = (): void => fail(abortError(signal));
      signal.addEventListener("abort", abort, { once: true });
      enders.push(() => signal.removeEventListener("abort", abort));
    }
  });
}

function mark(options: Record<string, unknown>, names: readonly [string, string], fallback: number): number {
  const value = options[names[0]] ?? options[names[1]] ?? fallback;
  const name = `options.${names[0]}`;
  if (typeof value !== "number") throw invalidArgType(name, "of type number", value);
  if (!Number.isInteger(value)) throw outOfRange(name, "an integer", value);
  if (value < 1) throw outOfRange(name, `>= 1 && <= ${Number.MAX_SAFE_INTEGER}`, value);
  return value;
}

const prototypeOf = (value: object): object => Object.getPrototypeOf(value) as object;
// Every async generator inherits from it; it has no name of its own.
const asyncIteratorPrototype = prototypeOf(prototypeOf(prototypeOf((async function* () {})())));

/** `events.on`: an async iterator over the arguments of every such event; an `error` event ends it with that error. */
export function on(
  source: Source,
  name: EventName,
  options: Record<string, unknown> = {},
): AsyncIterator<unknown[]> {
  const signal = signalOf(options);
  if (signal?.aborted === true) throw abortError(signal);
  const high = mark(options, ["highWaterMark", "highWatermark"], Number.MAX_SAFE_INTEGER);
  const low = mark(options, ["lowWaterMark", "lowWatermark"], 1);
  const events: unknown[][] = [];
  const waiting: { resolve(result: IteratorResult<unknown[]>): void; reject(error: unknown): void }[] = [];
  const enders: Ender[] = [];
  let paused = false;
  let finished = false;
  let failure: { readonly error: unknown } | undefined;

  const finish = async (): Promise<IteratorResult<unknown[]>> => {
    for (const ender of enders.splice(0)) ender();
    finished = true;
    for (const { resolve } of waiting.splice(0)) resolve({ value: undefined, done: true });
    return { value: undefined, done: true };
  };
  const fail = (error: unknown): void => {
    const first = waiting.shift();
    if (first === undefined) failure = { error };
    else first.reject(error);
    void finish();
  };

  const iterator = Object.create(asyncIteratorPrototype) as AsyncIterator<unknown[]>;
  Object.assign(iterator, {
    async next(): Promise<IteratorResult<unknown[]>> {
      const value = events.shift();
      if (value !== undefined) {
        if (paused && events.length < low) {
          source.resume?.();
          paused = false;
        }
        return { value, done: false };
      }
      if (failure !== undefined) {
        const { error } = failure;
        failure = undefined;
        throw error;
      }
      if (finished) return finish();
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    return: finish,
    throw(error: unknown): void {
      if (!(error instanceof Error))
        throw invalidArgType("EventEmitter.AsyncIterator", "an instance of Error", error);
      fail(error);
    },
    [Symbol.asyncIterator]: () => iterator,
  });

  const take = (...args: unknown[]): void => {
    const first = waiting.shift();
    if (first !== undefined) {
      first.resolve({ value: args, done: false });
      return;
    }
    events.push(args);
    if (!paused && events.length > high) {
      paused = true;
      source.pause?.();
    }
  };
  enders.push(listen(source, name, take, false));
  if (name !== "error" && typeof source.on === "function") enders.push(listen(source, "error", fail, false));
  const { close } = options;
  if (Array.isArray(close))
    for (const event of close as EventName[]) enders.push(listen(source, event, () => void finish(), false));
  if (signal !== undefined) {
    const abort = (): void => fail(abortError(signal));
    signal.addEventListener("abort", abort, { once: true });
    enders.push(() => signal.removeEventListener("abort", abort));
  }
  return iterator;
}

/** `events.addAbortListener`: calls back when the signal aborts; the result's `dispose` stops that. */
export function addAbortListener(signal: unknown, listener: unknown): object {
  const checked = checkSignal(signal, "signal");
  if (typeof listener !== "function") throw invalidArgType("listener", "of type function", listener);
  const callback = listener as Callback;
  let remove: Ender = () => undefined;
  if (checked.aborted) {
    void Promise.resolve().then(() => callback());
  } else {
    checked.addEventListener("abort", callback, { once: true });
    remove = () => checked.removeEventListener("abort", callback);
  }
  const dispose = (Symbol as { dispose?: symbol }).dispose ?? Symbol.for("nodejs.dispose");
  return { [dispose]: remove };
}
