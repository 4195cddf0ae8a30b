import type { MemberDoc } from "../../../shared/model/module";

const errors = [
  { code: "RangeError", when: "ms is negative, not a number or beyond 2147483647" },
  { code: "TypeError", when: "ms is of another type, or signal is not an AbortSignal" },
  { code: "ABORT_ERR", when: "the signal was aborted; the name of the error is AbortError" },
];
const options = { name: "options", doc: "`signal`: an AbortSignal that ends the wait early." };

/** Docs of the members of `timer`. */
export const members: readonly MemberDoc[] = [
  {
    name: "sleep",
    signature: "sleep(ms: number, options?: TimerOptions): Promise<void>",
    summary: "Waits.",
    params: [{ name: "ms", doc: "Milliseconds, 0 or more." }, options],
    returns: "A promise that resolves after that time.",
    errors,
    example: `const { sleep } = require("timer");
const start = performance.now();
await sleep(20);
console.log(performance.now() - start >= 19);`,
  },
  {
    name: "setTimeout",
    signature: "setTimeout<T>(ms?: number, value?: T, options?: TimerOptions): Promise<T>",
    summary: "Waits, then gives a value.",
    params: [
      { name: "ms", doc: "Milliseconds, 0 or more; 1 when left out." },
      { name: "value", doc: "What the promise resolves with." },
      options,
    ],
    returns: "A promise of the value.",
    errors,
    example: `const timer = require("timer");
console.log(await timer.setTimeout(10, "done"));`,
  },
  {
    name: "setInterval",
    signature: "setInterval<T>(ms?: number, value?: T, options?: TimerOptions): AsyncGenerator<T>",
    summary: "Gives a value again and again, for `for await`. The interval ends when the loop is left.",
    params: [
      { name: "ms", doc: "Milliseconds between two values; 1 when left out." },
      { name: "value", doc: "What every turn gives." },
      options,
    ],
    returns: "An async generator; ticks that come while the loop body runs are not lost.",
    errors,
    example: `const timer = require("timer");
let turns = 0;
for await (const value of timer.setInterval(5, "tick")) {
  console.log(value);
  if (++turns === 2) break;
}`,
  },
];
