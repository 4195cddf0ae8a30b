import { z } from "zod";
import { defineModule } from "../record";
import { members } from "./docs";
import { createBufferHost } from "./host";
import { typings } from "./typings";

/** Node's `Buffer`, inside the VM. */
export const bufferModule = defineModule({
  name: "buffer",
  aliases: ["node:buffer"],
  summary: "Node's Buffer: bytes, their texts and numbers.",
  risk: "pure",
  allows: "Computes only: works on bytes of the script itself.",
  typings,
  members,
  example: `const { Buffer } = require("buffer");

const bytes = Buffer.from("héllo");
console.log(bytes.length, bytes.toString("hex"), bytes.toString("base64url"));

const header = Buffer.alloc(8);
header.writeUInt16BE(0xcafe, 0);
header.writeUInt32LE(bytes.length, 2);
console.log(Buffer.concat([header, bytes]).toString("hex"));`,
  configSchema: z.strictObject({}),
  exampleConfig: {},
  effects: () => [],
  createHost: () => createBufferHost(),
  comingFromGoja: `- Complete as in Node 20; \`slice\` views the same memory, it does not copy.`,
});
