/** `.d.ts` text of the module `events`. */
export const typings = `declare module "events" {
  interface WaitOptions {
    /** Ends the waiting: the promise or iterator fails with an AbortError. */
    signal?: AbortSignal;
  }
  /** Something that scripts can listen to: listeners are called in the order in which they were added. */
  class EventEmitter {
    /** With \`captureRejections\`, the rejection of an async listener becomes an \`error\` event. */
    constructor(options?: { captureRejections?: boolean });
    /** Adds a listener at the end of the list. */
    on(eventName: string | symbol, listener: (...args: any[]) => void): this;
    /** Adds a listener at the end of the list. */
    addListener(eventName: string | symbol, listener: (...args: any[]) => void): this;
    /** Adds a listener that is removed before it is called the first time. */
    once(eventName: string | symbol, listener: (...args: any[]) => void): this;
    /** Adds a listener at the beginning of the list. */
    prependListener(eventName: string | symbol, listener: (...args: any[]) => void): this;
    /** Adds a listener at the beginning of the list; it is removed before it is called the first time. */
    prependOnceListener(eventName: string | symbol, listener: (...args: any[]) => void): this;
    /** Removes the listener that was added last, if it was added several times. */
    off(eventName: string | symbol, listener: (...args: any[]) => void): this;
    /** Removes the listener that was added last, if it was added several times. */
    removeListener(eventName: string | symbol, listener: (...args: any[]) => void): this;
    /** Removes all listeners of an event, or of all events. */
    removeAllListeners(eventName?: string | symbol): this;
    /** Calls the listeners one after the other; gives whether there were any. An \`error\` without listeners throws. */
    emit(eventName: string | symbol, ...args: any[]): boolean;
    /** Names of the events that have listeners. */
    eventNames(): (string | symbol)[];
    /** The listeners of an event. */
    listeners(eventName: string | symbol): ((...args: any[]) => void)[];
    /** The listeners of an event, with the wrappers that \`once\` made. */
    rawListeners(eventName: string | symbol): ((...args: any[]) => void)[];
    /** How many listeners an event has, or how often this one is among them. */
    listenerCount(eventName: string | symbol, listener?: (...args: any[]) => void): number;
    /** How many listeners an event may have before a warning is printed. */
    getMaxListeners(): number;
    /** Sets that number; 0 for no limit. */
    setMaxListeners(n: number): this;
  }
  namespace EventEmitter {
    export { EventEmitter };
    /** Waits for an event. @returns A promise of the arguments of the next such event; an \`error\` event rejects it. */
    export function once(emitter: EventEmitter | AbortSignal, eventName: string | symbol, options?: WaitOptions): Promise<any[]>;
    /** Walks over events. @returns An async iterator over the arguments of every such event; an \`error\` event ends it. */
    export function on(
      emitter: EventEmitter,
      eventName: string | symbol,
      options?: WaitOptions & { close?: (string | symbol)[]; highWaterMark?: number; lowWaterMark?: number },
    ): AsyncIterableIterator<any[]>;
    /** Calls back when a signal aborts, even at once. */
    export function addAbortListener(signal: AbortSignal, listener: (event?: unknown) => void): object;
    /** The listeners of an event. */
    export function getEventListeners(emitter: EventEmitter, eventName: string | symbol): ((...args: any[]) => void)[];
    /** How many listeners an event of this emitter may have before a warning is printed. */
    export function getMaxListeners(emitter: EventEmitter): number;
    /** Sets that number for some emitters, or the default for all. */
    export function setMaxListeners(n?: number, ...emitters: EventEmitter[]): void;
    /** How many listeners an event has. */
    export function listenerCount(emitter: EventEmitter, eventName: string | symbol): number;
    /** Listeners of this event see errors without handling them. */
    export const errorMonitor: unique symbol;
    /** An emitter's method of this name gets the rejections of its async listeners. */
    export const captureRejectionSymbol: unique symbol;
    /** Whether new emitters turn rejections of async listeners into \`error\` events. */
    export let captureRejections: boolean;
    /** How many listeners an event may have before a warning is printed, unless the emitter says otherwise. */
    export let defaultMaxListeners: number;
  }
  export = EventEmitter;
}
`;
