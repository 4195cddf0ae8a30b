import { z } from "zod";
import { defineModule } from "../record";
import { members } from "./docs";
import { typings } from "./typings";

/** Node's event emitters, made of JavaScript inside the VM. */
export const eventsModule = defineModule({
  name: "events",
  aliases: ["node:events"],
  summary: "Node's event emitters.",
  risk: "pure",
  allows: "Computes only: calls listeners of the script itself.",
  typings,
  members,
  example: `const { EventEmitter, once } = require("events");

class Queue extends EventEmitter {
  push(item) {
    this.emit("item", item);
    return this;
  }
}

const queue = new Queue();
queue.on("newListener", (name) => console.log("somebody listens to", name));
queue.on("item", (item) => console.log("got", item));
queue.push("first").push("second");

setTimeout(() => queue.emit("end", 2), 5);
const [count] = await once(queue, "end");
console.log(count, "items");`,
  configSchema: z.strictObject({}),
  exampleConfig: {},
  effects: () => [],
  comingFromGoja: `- The module is the class itself, as in Node: \`require("events")\` and \`require("events").EventEmitter\` are the same.
- An \`error\` event without a listener throws the error that was emitted.`,
});
