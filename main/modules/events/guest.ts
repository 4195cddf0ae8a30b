import type { GuestFactory } from "../../vm/guest/bridge";
import { invalidArgType } from "../guest/node-errors";
import {
  captureRejectionSymbol,
  checkCount,
  createEmitterClass,
  errorMonitor,
  type Emitter,
  type EventName,
  type Listener,
} from "./guest/emitter";
import { addAbortListener, on, once } from "./guest/waiting";

declare const console: { warn(text: string): void };

const isEmitter = (
  value: unknown,
): value is Emitter & { listeners(name: EventName): Listener[]; getMaxListeners(): number } =>
  typeof (value as { listeners?: unknown } | null | undefined)?.listeners === "function";

const factory: GuestFactory = ({ values }) => {
  const { EventEmitter, methods, defaults } = createEmitterClass({
    inspect: (value) => values.inspect(value),
    warn: (text) => console.warn(text),
  });

  function setMaxListeners(n: unknown = defaults.maxListeners, ...targets: unknown[]): void {
    checkCount(n, "setMaxListeners");
    if (targets.length === 0) defaults.maxListeners = n;
    for (const target of targets) {
      const own: unknown = (target as { setMaxListeners?: unknown } | null | undefined)?.setMaxListeners;
      if (typeof own === "function") own.call(target, n);
      // The listeners of a signal are not counted, so there is nothing to limit.
      else if (
        typeof (target as { addEventListener?: unknown } | null | undefined)?.addEventListener !== "function"
      ) {
        throw invalidArgType("eventTargets", "an instance of EventEmitter or EventTarget", target);
      }
    }
  }

  Object.assign(EventEmitter, {
    EventEmitter,
    once,
    on,
    addAbortListener,
    getEventListeners(emitter: unknown, name: EventName): Listener[] {
      if (isEmitter(emitter)) return emitter.listeners(name);
      throw invalidArgType("emitter", "an instance of EventEmitter or EventTarget", emitter);
    },
    getMaxListeners(emitter: unknown): number {
      if (isEmitter(emitter)) return emitter.getMaxListeners();
      throw invalidArgType("emitter", "an instance of EventEmitter or EventTarget", emitter);
    },
    listenerCount(emitter: Emitter & { listenerCount?: unknown }, name: EventName): number {
      const own = emitter.listenerCount;
      return Number(Reflect.apply(typeof own === "function" ? own : methods.listenerCount, emitter, [name]));
    },
    setMaxListeners,
    errorMonitor,
    captureRejectionSymbol,
  });
  Object.defineProperties(EventEmitter, {
    defaultMaxListeners: {
      enumerable: true,
      get: () => defaults.maxListeners,
      set(value: unknown) {
        checkCount(value, "defaultMaxListeners");
        defaults.maxListeners = value;
      },
    },
    captureRejections: {
      enumerable: true,
      get: () => defaults.captureRejections,
      set(value: unknown) {
        if (typeof value !== "boolean")
          throw invalidArgType("EventEmitter.captureRejections", "of type boolean", value);
        defaults.captureRejections = value;
      },
    },
  });
  return EventEmitter;
};
export default factory;
