import { z } from "zod";
import { defineModule } from "../record";
import { members } from "./docs";

const typings = `declare module "timer" {
  export interface TimerOptions {
    /** Ends the wait early: the promise rejects with an AbortError. */
    signal?: AbortSignal;
  }
  export function sleep(ms: number, options?: TimerOptions): Promise<void>;
  export function setTimeout<T = void>(ms?: number, value?: T, options?: TimerOptions): Promise<T>;
  export function setInterval<T = void>(ms?: number, value?: T, options?: TimerOptions): AsyncGenerator<T, never, void>;
}
`;

/** Timers as promises, on the event loop of the VM. */
export const timerModule = defineModule({
  name: "timer",
  aliases: [],
  summary: "Waits, as promises: sleep, timeouts and intervals.",
  risk: "pure",
  allows: "Waits; reaches nothing outside the VM.",
  typings,
  members,
  example: `const { sleep, setInterval } = require("timer");

await sleep(20);
console.log("20 ms later");

let ticks = 0;
for await (const label of setInterval(10, "tick")) {
  console.log(label, ++ticks);
  if (ticks === 3) break;
}`,
  configSchema: z.strictObject({}),
  exampleConfig: {},
  effects: () => [],
  comingFromGoja:
    "- `setTimeout` and `setInterval` of this module are promises too; the global functions of the same names take callbacks.",
});
