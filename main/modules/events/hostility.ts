import type { HostilityTraits } from "../testing/hostility/traits";

export const hostility: HostilityTraits = {
  handles: [
    {
      what: "emitters",
      open: 'new events.EventEmitter().on("event", function () { return this; }).once("event", () => kept)',
    },
    {
      what: "listeners of one emitter",
      before: "const emitter = new events.EventEmitter().setMaxListeners(0);",
      open: 'emitter.on("event", () => i)',
    },
    { what: "waits for an event", open: 'events.once(new events.EventEmitter(), "event")' },
    {
      what: "loops over events",
      before: "const begin = (loop) => { loop.next(); return loop; };",
      open: 'begin(events.on(new events.EventEmitter(), "event"))',
    },
  ],
  denied: [],
};
