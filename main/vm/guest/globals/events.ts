import { add, bare, list, ownDescriptor } from "../describe/intrinsics";
import type { GuestEnvironment } from "../environment";
import {
  IntrinsicMap,
  IntrinsicPromise,
  IntrinsicString,
  mapGet,
  mapSet,
  objectDefineProperty,
  reflectApply,
} from "../primordials";
import { checkOptions, codedTypeError, defineGlobal, describeInterface, invalidThis } from "./define";

const rejectPromise = IntrinsicPromise.reject.bind(IntrinsicPromise);

interface Listener {
  readonly callback: unknown;
  readonly capture: boolean;
  readonly once: boolean;
  readonly passive: boolean;
  removed: boolean;
}

export interface EventClasses {
  readonly Event: new (type: unknown, options?: object) => object;
  readonly EventTarget: new () => object;
  /** Dispatches an event made by the runtime itself: `isTrusted`. */
  dispatch(target: object, type: string): void;
}

/** Sets `Event`, `CustomEvent` and `EventTarget`, as far as programs without a document use them. */
export function installEvents(env: Pick<GuestEnvironment, "now">): EventClasses {
  class Event {
    #type: string;
    #bubbles = false;
    #cancelable = false;
    #composed = false;
    #prevented = false;
    #stopped = false;
    #halted = false;
    #phase = 0;
    #trusted = false;
    #target: object | null = null;
    readonly #time: number = env.now();

    constructor(...args: [unknown?, unknown?]) {
      if (args.length === 0)
        throw codedTypeError("ERR_MISSING_ARGS", 'The "type" argument must be specified');
      const options = args[1];
      checkOptions(options);
      const given = (options ?? {}) as { bubbles?: unknown; cancelable?: unknown; composed?: unknown };
      this.#type = IntrinsicString(args[0]);
      this.#bubbles = Boolean(given.bubbles);
      this.#cancelable = Boolean(given.cancelable);
      this.#composed = Boolean(given.composed);
      const trusted = {
        get isTrusted(): boolean {
          return isTrusted(this);
        },
      };
      const accessor = ownDescriptor(trusted, "isTrusted") ?? {};
      accessor.configurable = false;
      objectDefineProperty(this, "isTrusted", accessor);
    }

    get type(): string {
      return this.#type;
    }
    get target(): object | null {
      return this.#target;
    }
    get currentTarget(): object | null {
      return this.#phase === 0 ? null : this.#target;
    }
    get srcElement(): object | null {
      return this.#target;
    }
    get bubbles(): boolean {
      return this.#bubbles;
    }
    get cancelable(): boolean {
      return this.#cancelable;
    }
    get composed(): boolean {
      return this.#composed;
    }
    get defaultPrevented(): boolean {
      return this.#cancelable && this.#prevented;
    }
    get returnValue(): boolean {
      return !this.#cancelable || !this.#prevented;
    }
    get timeStamp(): number {
      return this.#time;
    }
    get eventPhase(): number {
      return this.#phase;
    }
    get cancelBubble(): boolean {
      return this.#stopped;
    }
    set cancelBubble(value: boolean) {
      if (value) this.#stopped = true;
    }

    composedPath(): object[] {
      return this.#phase === 0 || this.#target === null ? [] : [this.#target];
    }
    preventDefault(): void {
      this.#prevented = true;
    }
    stopPropagation(): void {
      this.#stopped = true;
    }
    stopImmediatePropagation(): void {
      this.#stopped = true;
      this.#halted = true;
    }

    static is(value: object): value is Event {
      return #type in value;
    }
    static isTrusted(value: object): boolean {
      if (!(#type in value)) throw invalidThis("Event");
      return value.#trusted;
    }
    static trust(event: Event): void {
      event.#trusted = true;
    }
    static begin(event: Event, target: object): boolean {
      if (event.#phase !== 0) return false;
      event.#phase = 2;
      event.#target = target;
      return true;
    }
    static end(event: Event): void {
      event.#phase = 0;
      event.#stopped = false;
      event.#halted = false;
    }
    static halted(event: Event): boolean {
      return event.#halted;
    }
  }
  const { is, isTrusted, trust, begin, end, halted } = Event;
  const helpers = ["is", "isTrusted", "trust", "begin", "end", "halted"];
  for (let index = 0; index < helpers.length; index++) Reflect.deleteProperty(Event, helpers[index] ?? "");
  const phases = ["NONE", "CAPTURING_PHASE", "AT_TARGET", "BUBBLING_PHASE"];
  for (let index = 0; index < phases.length; index++) {
    objectDefineProperty(Event, phases[index] ?? "", bare({ value: index, enumerable: true }));
  }
  describeInterface(Event.prototype, "Event", [
    "stopImmediatePropagation",
    "preventDefault",
    "target",
    "currentTarget",
    "srcElement",
    "type",
    "cancelable",
    "defaultPrevented",
    "timeStamp",
    "composedPath",
    "returnValue",
    "bubbles",
    "composed",
    "eventPhase",
    "cancelBubble",
    "stopPropagation",
  ]);

  const trusted = ownDescriptor(
    {
      get isTrusted(): boolean {
        return isTrusted(this);
      },
    },
    "isTrusted",
  );
  if (trusted !== undefined) objectDefineProperty(Event.prototype, "isTrusted", trusted);

  class CustomEvent extends Event {
    readonly #detail: unknown;
    constructor(...args: [unknown?, unknown?]) {
      super(...(args as [unknown, unknown]));
      this.#detail = (args[1] as { detail?: unknown } | null | undefined)?.detail ?? null;
    }
    get detail(): unknown {
      return this.#detail;
    }
  }
  describeInterface(CustomEvent.prototype, "CustomEvent", ["detail"]);

  class EventTarget {
    readonly #listeners = new IntrinsicMap<string, Listener[]>();

    addEventListener(...args: [unknown?, unknown?, unknown?]): void {
      if (!(#listeners in this)) throw invalidThis("EventTarget");
      if (args.length < 2)
        throw codedTypeError("ERR_MISSING_ARGS", 'The "type" and "listener" arguments must be specified');
      const callback = args[1];
      if (callback === undefined || callback === null) return;
      if (typeof callback !== "function" && typeof callback !== "object") {
        throw codedTypeError(
          "ERR_INVALID_ARG_TYPE",
          'The "listener" argument must be an instance of EventListener.',
        );
      }
      const type = IntrinsicString(args[0]);
      const given = args[2];
      const options = (typeof given === "object" && given !== null ? given : { capture: given }) as {
        capture?: unknown;
        once?: unknown;
        passive?: unknown;
        signal?: { aborted?: unknown; addEventListener?: unknown };
      };
      const capture = Boolean(options.capture);
      const listeners = mapGet(this.#listeners, type) ?? list<Listener>();
      mapSet(this.#listeners, type, listeners);
      for (let index = 0; index < listeners.length; index++) {
        const known = listeners[index];
        if (known !== undefined && known.callback === callback && known.capture === capture) return;
      }
      const { signal } = options;
      if (signal !== undefined && signal !== null) {
        if (signal.aborted === true) return;
        const remove = (): void => this.removeEventListener(type, callback, capture);
        if (typeof signal.addEventListener === "function")
          reflectApply(signal.addEventListener, signal, ["abort", remove, { once: true }]);
      }
      add(listeners, {
        callback,
        capture,
        once: Boolean(options.once),
        passive: Boolean(options.passive),
        removed: false,
      });
    }

    removeEventListener(...args: [unknown?, unknown?, unknown?]): void {
      if (!(#listeners in this)) throw invalidThis("EventTarget");
      if (args.length < 2)
        throw codedTypeError("ERR_MISSING_ARGS", 'The "type" and "listener" arguments must be specified');
      const type = IntrinsicString(args[0]);
      const given = args[2];
      const capture =
        typeof given === "object" && given !== null
          ? Boolean((given as { capture?: unknown }).capture)
          : Boolean(given);
      const listeners = mapGet(this.#listeners, type);
      if (listeners === undefined) return;
      const kept = list<Listener>();
      for (let index = 0; index < listeners.length; index++) {
        const listener = listeners[index];
        if (listener === undefined) continue;
        if (listener.callback === args[1] && listener.capture === capture) listener.removed = true;
        else add(kept, listener);
      }
      mapSet(this.#listeners, type, kept);
    }

    dispatchEvent(...args: [unknown?]): boolean {
      if (!(#listeners in this)) throw invalidThis("EventTarget");
      const event = args[0];
      if (typeof event !== "object" || event === null || !is(event)) {
        throw codedTypeError("ERR_INVALID_ARG_TYPE", 'The "event" argument must be an instance of Event.');
      }
      if (!begin(event, this))
        throw codedTypeError(
          "ERR_EVENT_RECURSION",
          'The event "' + event.type + '" is already being dispatched',
        );
      const current = mapGet(this.#listeners, event.type);
      for (let index = 0, count = current?.length ?? 0; index < count && !halted(event); index++) {
        const listener = current?.[index];
        if (listener === undefined || listener.removed) continue;
        if (listener.once) this.removeEventListener(event.type, listener.callback, listener.capture);
        call(listener.callback, this, event);
      }
      end(event);
      return !event.defaultPrevented;
    }
  }
  describeInterface(EventTarget.prototype, "EventTarget", [
    "addEventListener",
    "removeEventListener",
    "dispatchEvent",
  ]);

  function call(callback: unknown, target: object, event: object): void {
    try {
      if (typeof callback === "function") reflectApply(callback, target, [event]);
      else {
        const method = (callback as { handleEvent?: unknown }).handleEvent;
        if (typeof method === "function") reflectApply(method, callback, [event]);
      }
    } catch (error) {
      // What a listener throws does not stop the others; it fails the execution as a rejection that nobody handles.
      void rejectPromise(error);
    }
  }

  const { dispatchEvent } = EventTarget.prototype;
  defineGlobal("Event", Event);
  defineGlobal("CustomEvent", CustomEvent);
  defineGlobal("EventTarget", EventTarget);
  return {
    Event,
    EventTarget,
    dispatch: (target, type) => {
      const event = new Event(type);
      trust(event);
      reflectApply(dispatchEvent, target, [event]);
    },
  };
}
