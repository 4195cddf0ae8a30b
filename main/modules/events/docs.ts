import type { MemberDoc } from "../../../shared/model/module";

const emitter = { name: "emitter", doc: "The emitter." };
const eventName = { name: "eventName", doc: "Name of the event." };
const argType = (what: string) => ({ code: "ERR_INVALID_ARG_TYPE", when: what });
const outOfRange = { code: "ERR_OUT_OF_RANGE", when: "the number is negative or NaN" };
const aborted = { code: "ABORT_ERR", when: "the signal is aborted; the name of the error is AbortError" };

/** Docs of the members of `events`. */
export const members: readonly MemberDoc[] = [
  {
    name: "EventEmitter",
    signature: "class EventEmitter",
    summary:
      "Something that scripts can listen to, complete as in Node: `on`, `once`, `off`, `emit`, `prependListener`, `rawListeners`, `newListener` and `removeListener` events … The module itself is this class.",
    params: [
      {
        name: "options",
        doc: "`captureRejections`: the rejection of an async listener becomes an `error` event.",
      },
    ],
    returns: "A new emitter.",
    errors: [
      argType("a listener is no function"),
      {
        code: "ERR_UNHANDLED_ERROR",
        when: "an `error` event has no listener and its value is no Error (an Error is thrown as it is)",
      },
    ],
    example: `const { EventEmitter } = require("events");
class Thermometer extends EventEmitter {}

const thermometer = new Thermometer();
thermometer.on("change", (degrees) => console.log("now", degrees));
thermometer.once("change", () => console.log("first change"));
console.log(thermometer.emit("change", 21), thermometer.emit("change", 22), thermometer.emit("other"));`,
  },
  {
    name: "once",
    signature:
      "once(emitter: EventEmitter, eventName: string | symbol, options?: { signal?: AbortSignal }): Promise<any[]>",
    summary: "Waits for an event. An `error` event meanwhile rejects the promise.",
    params: [emitter, eventName, { name: "options", doc: "`signal`: ends the waiting." }],
    returns: "A promise of the arguments of the event.",
    errors: [argType("emitter is no emitter"), aborted],
    example: `const { EventEmitter, once } = require("events");
const emitter = new EventEmitter();
setTimeout(() => emitter.emit("ready", 42), 5);
const [value] = await once(emitter, "ready");
console.log(value);`,
  },
  {
    name: "on",
    signature:
      "on(emitter: EventEmitter, eventName: string | symbol, options?: { signal?, close?, highWaterMark?, lowWaterMark? }): AsyncIterableIterator<any[]>",
    summary:
      "Walks over events with `for await`. Events that come while the loop body runs are kept. An `error` event ends the loop with that error.",
    params: [
      emitter,
      eventName,
      {
        name: "options",
        doc: "`signal`: ends the loop with an AbortError; `close`: names of events that end it quietly.",
      },
    ],
    returns: "An async iterator over the arguments of every such event.",
    errors: [argType("emitter is no emitter"), aborted],
    example: `const { EventEmitter, on } = require("events");
const emitter = new EventEmitter();
setTimeout(() => {
  emitter.emit("line", "first");
  emitter.emit("line", "second");
  emitter.emit("end");
}, 5);
for await (const [line] of on(emitter, "line", { close: ["end"] })) console.log(line);`,
  },
  {
    name: "addAbortListener",
    signature: "addAbortListener(signal: AbortSignal, listener: (event?) => void): Disposable",
    summary: "Calls back when a signal aborts; soon, when it has aborted already.",
    params: [
      { name: "signal", doc: "The signal." },
      { name: "listener", doc: "Called once." },
    ],
    returns: "An object whose dispose method removes the listener.",
    errors: [argType("signal is no AbortSignal or listener no function")],
    example: `const { addAbortListener } = require("events");
const controller = new AbortController();
addAbortListener(controller.signal, () => console.log("aborted"));
controller.abort();`,
  },
  {
    name: "getEventListeners",
    signature: "getEventListeners(emitter: EventEmitter, eventName: string | symbol): Function[]",
    summary: "The listeners of an event.",
    params: [emitter, eventName],
    returns: "A new list.",
    errors: [argType("emitter is no emitter")],
    example: `const { EventEmitter, getEventListeners } = require("events");
const emitter = new EventEmitter().on("a", () => {});
console.log(getEventListeners(emitter, "a").length);`,
  },
  {
    name: "getMaxListeners",
    signature: "getMaxListeners(emitter: EventEmitter): number",
    summary: "How many listeners an event of this emitter may have before a warning is printed.",
    params: [emitter],
    returns: "That number.",
    errors: [argType("emitter is no emitter")],
    example: `const { EventEmitter, getMaxListeners } = require("events");
console.log(getMaxListeners(new EventEmitter()));`,
  },
  {
    name: "setMaxListeners",
    signature: "setMaxListeners(n?: number, ...emitters: EventEmitter[]): void",
    summary:
      "Sets how many listeners an event may have before a warning is printed; without emitters, the default for all.",
    params: [
      { name: "n", doc: "The number; 0 for no limit." },
      { name: "emitters", doc: "The emitters." },
    ],
    returns: "Nothing.",
    errors: [outOfRange, argType("n is no number, or one of the others no emitter")],
    example: `const { EventEmitter, setMaxListeners } = require("events");
const emitter = new EventEmitter();
setMaxListeners(20, emitter);
console.log(emitter.getMaxListeners());`,
  },
  {
    name: "listenerCount",
    signature: "listenerCount(emitter: EventEmitter, eventName: string | symbol): number",
    summary: "How many listeners an event has. The method of the emitter does the same.",
    params: [emitter, eventName],
    returns: "That number.",
    errors: [],
    example: `const { EventEmitter, listenerCount } = require("events");
console.log(listenerCount(new EventEmitter().on("a", () => {}), "a"));`,
  },
  {
    name: "errorMonitor",
    signature: "errorMonitor: symbol",
    summary: "Name of an event whose listeners see every `error` without handling it.",
    params: [],
    returns: "A symbol.",
    errors: [],
    example: `const { EventEmitter, errorMonitor } = require("events");
const emitter = new EventEmitter();
emitter.on(errorMonitor, (error) => console.log("seen:", error.message));
emitter.on("error", () => console.log("handled"));
emitter.emit("error", new Error("disk full"));`,
  },
  {
    name: "captureRejectionSymbol",
    signature: "captureRejectionSymbol: symbol",
    summary: "Name of the method that gets the rejections of async listeners, when an emitter captures them.",
    params: [],
    returns: "A symbol.",
    errors: [],
    example: `const { EventEmitter, captureRejectionSymbol } = require("events");
class Safe extends EventEmitter {
  [captureRejectionSymbol](error, event) {
    console.log(event, "failed:", error.message);
  }
}
const safe = new Safe({ captureRejections: true });
safe.on("save", async () => {
  throw new Error("no space");
});
safe.emit("save");
await new Promise((resolve) => setTimeout(resolve, 5));`,
  },
  {
    name: "captureRejections",
    signature: "captureRejections: boolean",
    summary:
      "Whether new emitters turn the rejections of async listeners into `error` events. False until it is set.",
    params: [],
    returns: "The setting.",
    errors: [argType("it is set to something else than true or false")],
    example: `const events = require("events");
console.log(events.captureRejections);`,
  },
  {
    name: "defaultMaxListeners",
    signature: "defaultMaxListeners: number",
    summary:
      "How many listeners an event may have before a warning is printed, unless the emitter says otherwise. 10 until it is set.",
    params: [],
    returns: "The setting.",
    errors: [outOfRange],
    example: `const events = require("events");
console.log(events.defaultMaxListeners);`,
  },
];
