import { defineInspection } from "../describe/custom";
import { add, bare, list } from "../describe/intrinsics";
import type { GuestEnvironment } from "../environment";
import { IntrinsicTypeError, objectDefineProperty, reflectApply } from "../primordials";
import { codedTypeError, defineGlobal, describeInterface, invalidThis } from "./define";
import { domException } from "./dom-exception";
import type { EventClasses } from "./events";

const iteratorSymbol: typeof Symbol.iterator = Symbol.iterator;
const ours = {};

/** Sets `AbortController` and `AbortSignal`. */
export function installAbort(env: GuestEnvironment, events: EventClasses): void {
  const setTimer = (globalThis as { setTimeout?: (callback: () => void, ms: number) => unknown }).setTimeout;
  const inspect = (value: unknown, options: object): string => env.describer.inspect(value, options);

  class AbortSignal extends events.EventTarget {
    #aborted = false;
    #reason: unknown = undefined;
    #handler: unknown = null;
    #listens = false;
    /** Signals made by `any` that follow this one. */
    #followers: AbortSignal[] | undefined;

    constructor(token?: unknown) {
      if (token !== ours) throw codedTypeError("ERR_ILLEGAL_CONSTRUCTOR", "Illegal constructor");
      super();
    }

    get aborted(): boolean {
      if (!(#aborted in this)) throw invalidThis("AbortSignal");
      return this.#aborted;
    }

    get reason(): unknown {
      if (!(#aborted in this)) throw invalidThis("AbortSignal");
      return this.#reason;
    }

    throwIfAborted(): void {
      if (!(#aborted in this)) throw invalidThis("AbortSignal");
      if (this.#aborted) throw this.#reason;
    }

    get onabort(): unknown {
      return this.#handler;
    }

    set onabort(handler: unknown) {
      this.#handler =
        typeof handler === "function" || (typeof handler === "object" && handler !== null) ? handler : null;
      if (this.#listens) return;
      this.#listens = true;
      const add_ = (this as unknown as { addEventListener: (...args: unknown[]) => void }).addEventListener;
      reflectApply(add_, this, [
        "abort",
        (event: unknown) => {
          if (typeof this.#handler === "function") reflectApply(this.#handler, this, [event]);
        },
      ]);
    }

    static abort(reason: unknown = domException("This operation was aborted", "AbortError")): AbortSignal {
      const signal = new AbortSignal(ours);
      signal.#aborted = true;
      signal.#reason = reason;
      return signal;
    }

    static timeout(delay: unknown): AbortSignal {
      if (typeof delay !== "number")
        throw codedTypeError("ERR_INVALID_ARG_TYPE", 'The "delay" argument must be of type number.');
      if (!(delay >= 0 && delay <= 4_294_967_295) || delay % 1 !== 0) {
        const error = new RangeError('The value of "delay" is out of range.');
        objectDefineProperty(
          error,
          "code",
          bare({ value: "ERR_OUT_OF_RANGE", writable: true, enumerable: true, configurable: true }),
        );
        throw error;
      }
      const signal = new AbortSignal(ours);
      const expire = (): void =>
        fire(signal, domException("The operation was aborted due to timeout", "TimeoutError"));
      if (env.backgroundTimer !== undefined) env.backgroundTimer(expire, delay);
      else setTimer?.(expire, delay);
      return signal;
    }

    static any(signals: unknown): AbortSignal {
      const method =
        signals === null || signals === undefined
          ? undefined
          : (signals as { [Symbol.iterator]?: unknown })[iteratorSymbol];
      if (typeof method !== "function") throw new IntrinsicTypeError("signals is not iterable");
      const result = new AbortSignal(ours);
      const sources = list<AbortSignal>();
      const items = reflectApply(method, signals, []) as Iterator<unknown>;
      for (let step = items.next(); step.done !== true; step = items.next()) {
        const source = step.value;
        if (typeof source !== "object" || source === null || !(#aborted in source)) {
          throw codedTypeError(
            "ERR_INVALID_ARG_TYPE",
            'The "signals[' + sources.length + ']" argument must be an instance of AbortSignal.',
          );
        }
        add(sources, source);
      }
      for (let index = 0; index < sources.length; index++) {
        const source = sources[index];
        if (source !== undefined && source.#aborted) {
          result.#aborted = true;
          result.#reason = source.#reason;
          return result;
        }
      }
      for (let index = 0; index < sources.length; index++) {
        const source = sources[index];
        if (source === undefined) continue;
        source.#followers ??= list();
        add(source.#followers, result);
      }
      return result;
    }

    static fire(signal: AbortSignal, reason: unknown): void {
      if (signal.#aborted) return;
      signal.#aborted = true;
      signal.#reason = reason;
      events.dispatch(signal, "abort");
      const followers = signal.#followers;
      signal.#followers = undefined;
      for (let index = 0; index < (followers?.length ?? 0); index++) {
        const follower = followers?.[index];
        if (follower !== undefined) fire(follower, reason);
      }
    }
  }
  const { fire } = AbortSignal;
  Reflect.deleteProperty(AbortSignal, "fire");
  describeInterface(AbortSignal.prototype, "AbortSignal", ["aborted", "onabort"]);
  objectDefineProperty(AbortSignal, "length", bare({ value: 0, configurable: true }));

  class AbortController {
    readonly #signal = new AbortSignal(ours);

    get signal(): AbortSignal {
      if (!(#signal in this)) throw invalidThis("AbortController");
      return this.#signal;
    }

    abort(reason: unknown = domException("This operation was aborted", "AbortError")): void {
      if (!(#signal in this)) throw invalidThis("AbortController");
      fire(this.#signal, reason);
    }
  }
  describeInterface(AbortController.prototype, "AbortController", ["signal", "abort"]);

  defineInspection(AbortSignal.prototype, function (this: unknown, depth, options) {
    return depth !== null && depth < 0
      ? this
      : "AbortSignal " + inspect({ aborted: (this as AbortSignal).aborted }, options);
  });
  defineInspection(AbortController.prototype, function (this: unknown, depth, options) {
    return depth !== null && depth < 0
      ? this
      : "AbortController " + inspect({ signal: (this as AbortController).signal }, options);
  });
  defineGlobal("AbortSignal", AbortSignal);
  defineGlobal("AbortController", AbortController);
}
