import { z } from "zod";
import { defineModule } from "../record";
import { members } from "./docs";
import { typings } from "./typings";

/** Node's `util`: texts of values, tests and adapters. */
export const utilModule = defineModule({
  name: "util",
  aliases: ["node:util"],
  summary: "Texts of values, true types, deep equality, promises and callbacks.",
  risk: "pure",
  allows: "Computes only: looks at values of the script itself.",
  typings,
  members,
  example: `const util = require("util");

const order = { id: 7, lines: new Map([["pen", { price: 2.5, tags: ["blue"] }]]) };
console.log(util.inspect(order, { depth: null, sorted: true }));
console.log(util.format("%s costs %d", "pen", 2.5));
console.log(util.isDeepStrictEqual(order, structuredClone(order)), util.types.isMap(order.lines));

const wait = util.promisify((ms, callback) => setTimeout(() => callback(null, "waited " + ms), ms));
console.log(await wait(5));`,
  configSchema: z.strictObject({}),
  exampleConfig: {},
  effects: () => [],
});
