import { invalidArgType } from "../../guest/node-errors";
import { outOfRange } from "../../guest/out-of-range";

export type EventName = string | symbol;
export type Listener = ((this: Emitter, ...args: unknown[]) => unknown) & { listener?: Listener };
type Slot = Listener | (Listener[] & { warned?: boolean });

/** The shape of Node's emitters, private fields included: scripts and `inspect` see them. */
export interface Emitter {
  _events: Record<EventName, Slot | undefined> | undefined;
  _eventsCount: number;
  _maxListeners: number | undefined;
  [capture]: boolean;
  constructor: { readonly name: string };
  emit(name: EventName, ...args: unknown[]): boolean;
  on(name: EventName, listener: Listener): this;
  removeListener(name: EventName, listener: Listener): this;
  removeAllListeners(...names: EventName[]): this;
}

export interface EmitterOptions {
  readonly captureRejections?: unknown;
}

const capture = Symbol("kCapture");
const shapeMode = Symbol("shapeMode");
/** Listeners of this event see errors without handling them. */
export const errorMonitor = Symbol("events.errorMonitor");
/** An emitter's method of this name gets the rejections of its async listeners. */
export const captureRejectionSymbol = Symbol.for("nodejs.rejection");

/** What the module needs from outside itself. */
export interface EmitterNeeds {
  inspect(value: unknown): string;
  warn(text: string): void;
}

const emptyTable = (): Record<EventName, Slot | undefined> =>
  Object.create(null) as Record<EventName, Slot | undefined>;

function checkListener(listener: unknown): asserts listener is Listener {
  if (typeof listener !== "function") throw invalidArgType("listener", "of type function", listener);
}

/** Throws unless the value can be a number of listeners. */
export function checkCount(value: unknown, name: string): asserts value is number {
  if (typeof value !== "number") throw invalidArgType(name, "of type number", value);
  if (!(value >= 0)) throw outOfRange(name, ">= 0", value);
}

const asList = (slot: Slot | undefined): readonly Listener[] =>
  slot === undefined ? [] : typeof slot === "function" ? [slot] : slot;

/**
 * Makes the class `EventEmitter`. It is a function and not a `class`, because Node's can be called on an object that
 * `util.inherits` prepared.
 */
export function createEmitterClass({ inspect, warn }: EmitterNeeds) {
  const defaults = { maxListeners: 10, captureRejections: false };

  function initialize(this: Emitter, options?: EmitterOptions): void {
    const inherited = (Object.getPrototypeOf(this) as Partial<Emitter> | null)?._events;
    if (this._events === undefined || this._events === inherited) {
      this._events = emptyTable();
      this._eventsCount = 0;
    }
    this._maxListeners = this._maxListeners || undefined;
    Object.assign(this, { [shapeMode]: false });
    const wanted = options?.captureRejections;
    if (wanted) {
      if (typeof wanted !== "boolean")
        throw invalidArgType("options.captureRejections", "of type boolean", wanted);
      this[capture] = wanted;
    } else {
      this[capture] = defaults.captureRejections;
    }
  }

  function EventEmitter(this: Emitter, options?: EmitterOptions): void {
    initialize.call(this, options);
  }

  function tableOf(emitter: Emitter): Record<EventName, Slot | undefined> {
    if (emitter._events === undefined) {
      emitter._events = emptyTable();
      emitter._eventsCount = 0;
    }
    return emitter._events;
  }

  function limitOf(emitter: Emitter): number {
    return emitter._maxListeners === undefined ? defaults.maxListeners : emitter._maxListeners;
  }

  function warnOnce(emitter: Emitter, name: EventName, list: Listener[] & { warned?: boolean }): void {
    const limit = limitOf(emitter);
    if (limit <= 0 || list.length <= limit || list.warned === true) return;
    // Not enumerable: the list can be printed.
    Object.defineProperty(list, "warned", { value: true, configurable: true, writable: true });
    warn(
      `MaxListenersExceededWarning: Possible EventEmitter memory leak detected. ${list.length} ${String(name)} listeners ` +
        `added to [${emitter.constructor.name}]. Use emitter.setMaxListeners() to increase limit`,
    );
  }

  function add(emitter: Emitter, name: EventName, listener: Listener, first: boolean): Emitter {
    checkListener(listener);
    if (tableOf(emitter).newListener !== undefined) {
      emitter.emit("newListener", name, listener.listener ?? listener);
    }
    // Looked up again: a newListener listener may have added to it.
    const table = tableOf(emitter);
    const slot = table[name];
    if (slot === undefined) {
      table[name] = listener;
      emitter._eventsCount += 1;
    } else if (typeof slot === "function") {
      const list = first ? [listener, slot] : [slot, listener];
      table[name] = list;
      warnOnce(emitter, name, list);
    } else {
      if (first) slot.unshift(listener);
      else slot.push(listener);
      warnOnce(emitter, name, slot);
    }
    return emitter;
  }

  /** A listener that removes itself before its first call; `listener` names the original. */
  function wrapOnce(emitter: Emitter, name: EventName, listener: Listener): Listener {
    checkListener(listener);
    let fired = false;
    const wrapped: Listener = function (...args) {
      if (fired) return undefined;
      fired = true;
      emitter.removeListener(name, wrapped);
      return listener.apply(emitter, args);
    };
    Object.defineProperty(wrapped, "name", { value: "bound onceWrapper" });
    wrapped.listener = listener;
    return wrapped;
  }

  function removeAt(emitter: Emitter, name: EventName, list: readonly Listener[], index: number): void {
    const table = tableOf(emitter);
    const removed = list[index];
    const rest = list.filter((_listener, at) => at !== index);
    if (rest.length === 0) {
      emitter._eventsCount -= 1;
      if (emitter._eventsCount === 0) emitter._events = emptyTable();
      else delete table[name];
    } else {
      const [only] = rest;
      table[name] = rest.length === 1 && only !== undefined ? only : rest;
    }
    if (tableOf(emitter).removeListener !== undefined) {
      emitter.emit("removeListener", name, removed?.listener ?? removed);
    }
  }

  function unhandled(error: unknown, given: boolean): Error {
    if (error instanceof Error) return error;
    let text: unknown = error;
    try {
      text = inspect(given ? error : undefined);
    } catch {
      // A value that cannot be inspected is named as it is.
    }
    return Object.assign(new Error(`Unhandled error. (${String(text)})`), {
      code: "ERR_UNHANDLED_ERROR",
      context: error,
    });
  }

  function onRejection(emitter: Emitter, error: unknown, name: EventName, args: unknown[]): void {
    const handler = (emitter as { [captureRejectionSymbol]?: unknown })[captureRejectionSymbol];
    if (typeof handler === "function") {
      handler.call(emitter, error, name, ...args);
      return;
    }
    // An async error listener that fails must not come back here for ever.
    const before = emitter[capture];
    try {
      emitter[capture] = false;
      emitter.emit("error", error);
    } finally {
      emitter[capture] = before;
    }
  }

  function watch(emitter: Emitter, result: unknown, name: EventName, args: unknown[]): void {
    if (!emitter[capture]) return;
    try {
      const then = (result as { then?: unknown }).then;
      if (typeof then !== "function") return;
      then.call(result, undefined, (error: unknown) =>
        Promise.resolve().then(() => onRejection(emitter, error, name, args)),
      );
    } catch (error) {
      emitter.emit("error", error);
    }
  }

  const methods = {
    setMaxListeners(this: Emitter, n: unknown): Emitter {
      checkCount(n, "setMaxListeners");
      this._maxListeners = n;
      return this;
    },
    getMaxListeners(this: Emitter): number {
      return limitOf(this);
    },
    emit(this: Emitter, name: EventName, ...args: unknown[]): boolean {
      const table = this._events;
      if (name === "error") {
        if (table?.[errorMonitor] !== undefined) this.emit(errorMonitor, ...args);
        if (table?.error === undefined) throw unhandled(args[0], args.length > 0);
      }
      const slot = table?.[name];
      if (slot === undefined) return false;
      // A copy: listeners added or removed meanwhile do not count for this emit.
      for (const listener of [...asList(slot)]) {
        const result = listener.apply(this, args);
        if (result !== undefined && result !== null) watch(this, result, name, args);
      }
      return true;
    },
    addListener(this: Emitter, name: EventName, listener: Listener): Emitter {
      return add(this, name, listener, false);
    },
    prependListener(this: Emitter, name: EventName, listener: Listener): Emitter {
      return add(this, name, listener, true);
    },
    once(this: Emitter, name: EventName, listener: Listener): Emitter {
      checkListener(listener);
      return this.on(name, wrapOnce(this, name, listener));
    },
    prependOnceListener(this: Emitter, name: EventName, listener: Listener): Emitter {
      checkListener(listener);
      return add(this, name, wrapOnce(this, name, listener), true);
    },
    removeListener(this: Emitter, name: EventName, listener: Listener): Emitter {
      checkListener(listener);
      const list = asList(this._events?.[name]);
      const index = list.findLastIndex((found) => found === listener || found.listener === listener);
      if (index >= 0) removeAt(this, name, list, index);
      return this;
    },
    removeAllListeners(this: Emitter, ...names: EventName[]): Emitter {
      const table = this._events;
      if (table === undefined) return this;
      const name = names[0] as EventName;
      if (names.length === 0) {
        if (table.removeListener !== undefined) {
          for (const key of Reflect.ownKeys(table))
            if (key !== "removeListener") this.removeAllListeners(key);
          this.removeAllListeners("removeListener");
        }
        this._events = emptyTable();
        this._eventsCount = 0;
        return this;
      }
      if (table.removeListener !== undefined) {
        for (const listener of [...asList(table[name])].reverse()) this.removeListener(name, listener);
      } else if (table[name] !== undefined) {
        this._eventsCount -= 1;
        if (this._eventsCount === 0) this._events = emptyTable();
        else delete table[name];
      }
      return this;
    },
    listeners(this: Emitter, name: EventName): Listener[] {
      return asList(this._events?.[name]).map((found) => found.listener ?? found);
    },
    rawListeners(this: Emitter, name: EventName): Listener[] {
      return [...asList(this._events?.[name])];
    },
    listenerCount(this: Emitter, name: EventName, listener?: unknown): number {
      const list = asList(this._events?.[name]);
      if (listener === undefined || listener === null) return list.length;
      return list.filter((found) => found === listener || found.listener === listener).length;
    },
    eventNames(this: Emitter): EventName[] {
      return this._eventsCount > 0 && this._events !== undefined ? Reflect.ownKeys(this._events) : [];
    },
  };

  Object.assign(EventEmitter.prototype as object, {
    _events: undefined,
    _eventsCount: 0,
    _maxListeners: undefined,
  });
  const aliases = { on: methods.addListener, off: methods.removeListener };
  Object.assign(EventEmitter.prototype as object, methods, aliases);
  Object.defineProperty(EventEmitter.prototype, capture, { value: false, writable: true });
  return { EventEmitter, methods, defaults };
}
