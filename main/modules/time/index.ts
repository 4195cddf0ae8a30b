import { z } from "zod";
import { defineModule } from "../record";

const typings = `declare module "time" {
  export function now(): number;
  export function monotonic(): number;
  export function since(start: number): number;
}
`;

/** Clocks: the time of day, and one that only goes forward. */
export const timeModule = defineModule({
  name: "time",
  aliases: [],
  summary: "Clocks: the time of day, and one for measuring.",
  risk: "pure",
  allows: "Reads clocks; every script can do that with Date and performance too.",
  typings,
  members: [
    {
      name: "now",
      signature: "now(): number",
      summary: "The time of day. It may jump when the clock of the computer is set.",
      params: [],
      returns: "Milliseconds since 1970-01-01 UTC.",
      errors: [],
      example: `const time = require("time");
console.log(time.now() > Date.parse("2024-01-01"));`,
    },
    {
      name: "monotonic",
      signature: "monotonic(): number",
      summary: "A clock for measuring: it never goes back.",
      params: [],
      returns: "Milliseconds since the session started, with fractions.",
      errors: [],
      example: `const time = require("time");
const start = time.monotonic();
console.log(time.monotonic() >= start);`,
    },
    {
      name: "since",
      signature: "since(start: number): number",
      summary: "How long ago something was.",
      params: [{ name: "start", doc: "What `monotonic()` gave then." }],
      returns: "Milliseconds, with fractions.",
      errors: [{ code: "TypeError", when: "start is no number" }],
      example: `const time = require("time");
const start = time.monotonic();
for (let i = 0; i < 1000; i++);
console.log(time.since(start) >= 0);`,
    },
  ],
  example: `const time = require("time");

const start = time.monotonic();
let sum = 0;
for (let i = 0; i < 10_000; i++) sum += i;
console.log(sum, "took some ms:", time.since(start) < 5_000);
console.log(new Date(time.now()).getFullYear() >= 2024);`,
  configSchema: z.strictObject({}),
  exampleConfig: {},
  effects: () => [],
});
