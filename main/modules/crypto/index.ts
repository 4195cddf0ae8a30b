import { z } from "zod";
import { defineModule } from "../record";
import { members } from "./docs";
import { createCryptoHost } from "./host";
import { typings } from "./typings";

/** Hashes, keys and random bytes: Node's own crypto. */
export const cryptoModule = defineModule({
  name: "crypto",
  aliases: ["node:crypto"],
  summary: "Hashes, hmacs, keys from passwords, random bytes and UUIDs.",
  risk: "pure",
  allows: "Computes only; reads the random numbers of the computer.",
  typings,
  members,
  example: `const { createHash, createHmac, randomBytes, randomUUID, scryptSync } = require("crypto");

console.log(createHash("sha256").update("abc").digest("hex"));
console.log(createHmac("sha256", "secret").update("message").digest("base64url"));
console.log(randomUUID().length, randomBytes(16).length);
console.log(scryptSync("password", "salt", 16, { N: 1024 }).toString("hex"));`,
  configSchema: z.strictObject({}),
  exampleConfig: {},
  effects: () => [],
  createHost: (_config, context) => createCryptoHost(context),
});
