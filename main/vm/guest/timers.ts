import {
  IntrinsicMap,
  IntrinsicNumber,
  IntrinsicPromise,
  IntrinsicTypeError,
  arrayPush,
  defineData,
  mapClear,
  mapDelete,
  mapGet,
  mapSet,
  mathFloor,
  objectDefineProperty,
  ownDescriptor,
  promiseThen,
  reflectApply,
} from "./primordials";

type Callback = (...args: unknown[]) => unknown;

interface Timer {
  readonly id: number;
  readonly callback: Callback;
  readonly args: unknown[];
  /** Repeats after this many milliseconds; `undefined` for one shot. */
  readonly every: number | undefined;
  /** Does not keep the execution running. */
  readonly background: boolean;
  due: number;
  order: number;
  /** Place in the heap; -1 when it is not in it. */
  place: number;
}

/** The queue of timers, run by the host's event loop. */
export interface Timers {
  /**
   * Milliseconds until the next timer is due (0: now), or -1 when there is none. When nothing but background timers is
   * left, -2 minus the milliseconds.
   */
  next(): number;
  /**
   * Runs a callback after some milliseconds, if an execution runs then, and keeps none running. What is left over waits
   * for the next execution.
   */
  background(callback: () => void, milliseconds: number): void;
  /** Runs the one timer or immediate that is due first; throws what it throws. */
  runOne(): void;
  /** Forgets all of them. */
  clear(): void;
}

const LONGEST_DELAY = 2 ** 31 - 1;

/** As Node: what is no number from 1 to 2^31-1 is 1. */
function delayOf(value: unknown): number {
  const delay = typeof value === "number" ? value : IntrinsicNumber(value);
  return delay >= 1 && delay <= LONGEST_DELAY ? mathFloor(delay) : 1;
}

function checkCallback(callback: unknown): asserts callback is Callback {
  if (typeof callback === "function") return;
  const error = new IntrinsicTypeError('The "callback" argument must be of type function.');
  defineData(error, "code", "ERR_INVALID_ARG_TYPE", true);
  throw error;
}

const settled = IntrinsicPromise.resolve();

/** Node's `util.promisify` asks a function for its own form under this name. */
const PROMISIFIED = Symbol.for("nodejs.util.promisify.custom");

/** Gives a function the form that `util.promisify` makes of it, as Node's timers have theirs. */
function definePromisified(target: Callback, promisified: Callback): void {
  const accessor = ownDescriptor(
    {
      get [PROMISIFIED](): Callback {
        return promisified;
      },
    },
    PROMISIFIED,
  );
  objectDefineProperty(target, PROMISIFIED, {
    __proto__: null,
    get: accessor?.get,
    enumerable: true,
  } as PropertyDescriptor);
}

/** Sets `setTimeout`, `setInterval`, `setImmediate`, their `clear…` and `queueMicrotask` on globalThis. */
export function installTimers(now: () => number): Timers {
  // A binary heap by due time, then by order of creation: as many timers as memory holds, each in O(log n).
  const heap: Timer[] = [];
  const byId = new IntrinsicMap<number, Timer>();
  let immediates: Timer[] = [];
  let immediatesRun = 0;
  /** Immediates before this place run before the next timer, as in a turn of Node's loop. */
  let immediatesDue = 0;
  /** Timers of this order or a later one wait for the immediates; those that repeat would never let them run. */
  let timersUntil = 0;
  let inBackground = 0;
  let nextId = 1;
  let nextOrder = 1;

  const before = (a: Timer, b: Timer): boolean => a.due < b.due || (a.due === b.due && a.order < b.order);
  const put = (timer: Timer, place: number): void => {
    heap[place] = timer;
    timer.place = place;
  };
  const up = (timer: Timer): void => {
    let place = timer.place;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = heap[above] as Timer;
      if (!before(timer, parent)) break;
      put(parent, place);
      place = above;
    }
    put(timer, place);
  };
  const down = (timer: Timer): void => {
    let place = timer.place;
    for (;;) {
      let below = place * 2 + 1;
      if (below >= heap.length) break;
      if (below + 1 < heap.length && before(heap[below + 1] as Timer, heap[below] as Timer)) below++;
      const child = heap[below] as Timer;
      if (!before(child, timer)) break;
      put(child, place);
      place = below;
    }
    put(timer, place);
  };
  const insert = (timer: Timer): void => {
    if (timer.background) inBackground++;
    timer.place = arrayPush(heap, timer) - 1;
    up(timer);
  };
  const remove = (timer: Timer): void => {
    const place = timer.place;
    if (place < 0) return;
    timer.place = -1;
    if (timer.background) inBackground--;
    const last = heap[heap.length - 1] as Timer;
    heap.length--;
    if (last === timer) return;
    put(last, place);
    up(last);
    down(last);
  };

  const make = (callback: unknown, args: unknown[], due: number, every: number | undefined): Timer => {
    checkCallback(callback);
    return { id: nextId++, callback, args, every, due, order: nextOrder++, place: -1, background: false };
  };
  const clear = (id: unknown): void => {
    const key = typeof id === "string" ? IntrinsicNumber(id) : id;
    if (typeof key !== "number") return;
    const timer = mapGet(byId, key);
    if (timer === undefined) return;
    mapDelete(byId, key);
    remove(timer);
  };

  const globals: Record<string, Callback> = {
    setTimeout(callback, delay, ...args) {
      const timer = make(callback, args, now() + delayOf(delay), undefined);
      mapSet(byId, timer.id, timer);
      insert(timer);
      return timer.id;
    },
    setInterval(callback, delay, ...args) {
      const every = delayOf(delay);
      const timer = make(callback, args, now() + every, every);
      mapSet(byId, timer.id, timer);
      insert(timer);
      return timer.id;
    },
    setImmediate(callback, ...args) {
      const timer = make(callback, args, 0, undefined);
      if (firstImmediate() === undefined) timersUntil = nextOrder;
      mapSet(byId, timer.id, timer);
      arrayPush(immediates, timer);
      return timer.id;
    },
    queueMicrotask(callback) {
      checkCallback(callback);
      // What it throws becomes a rejection that nobody handles, and ends the execution as in Node.
      void promiseThen(settled, () => {
        callback();
      });
    },
    clearTimeout: (id) => clear(id),
    clearInterval: (id) => clear(id),
    clearImmediate: (id) => clear(id),
  };
  const { setTimeout: later, setImmediate: soon } = globals as Record<
    "setTimeout" | "setImmediate",
    Callback
  >;
  definePromisified(later, (delay, value) => new IntrinsicPromise((resolve) => later(resolve, delay, value)));
  definePromisified(soon, (value) => new IntrinsicPromise((resolve) => soon(resolve, value)));
  for (const name of [
    "setTimeout",
    "setInterval",
    "setImmediate",
    "queueMicrotask",
    "clearTimeout",
    "clearInterval",
    "clearImmediate",
  ]) {
    defineData(globalThis, name, globals[name], true);
  }

  /** What is not in the list would be looked for on `Object.prototype`, which is the script's. */
  const firstTimer = (): Timer | undefined => (heap.length === 0 ? undefined : heap[0]);

  const forgetImmediates = (): void => {
    immediates = [];
    immediatesRun = 0;
    immediatesDue = 0;
  };

  /** Cleared immediates stay in the list and are passed over. */
  const firstImmediate = (): Timer | undefined => {
    while (immediatesRun < immediates.length) {
      const timer = immediates[immediatesRun] as Timer;
      if (mapGet(byId, timer.id) === timer) return timer;
      immediatesRun++;
    }
    forgetImmediates();
    return undefined;
  };

  return {
    next() {
      if (firstImmediate() !== undefined) return 0;
      const first = firstTimer();
      if (first === undefined) return -1;
      const wait = first.due - now();
      const left = wait > 0 ? wait : 0;
      return inBackground === heap.length ? -2 - left : left;
    },
    background(callback, milliseconds) {
      insert({ ...make(callback, [], now() + milliseconds, undefined), background: true });
    },
    runOne() {
      const immediate = firstImmediate();
      const first = immediatesRun < immediatesDue ? undefined : firstTimer();
      const mayRun = immediate === undefined || (first !== undefined && first.order < timersUntil);
      if (first !== undefined && mayRun && first.due <= now()) {
        remove(first);
        if (first.every === undefined) {
          mapDelete(byId, first.id);
        } else {
          first.due = now() + first.every;
          first.order = nextOrder++;
          insert(first);
        }
        reflectApply(first.callback, undefined, first.args);
        return;
      }
      if (immediate === undefined) return;
      if (immediatesRun >= immediatesDue) {
        immediatesDue = immediates.length;
        timersUntil = nextOrder;
      }
      immediatesRun++;
      mapDelete(byId, immediate.id);
      reflectApply(immediate.callback, undefined, immediate.args);
    },
    clear() {
      heap.length = 0;
      inBackground = 0;
      forgetImmediates();
      mapClear(byId);
    },
  };
}
