import { z } from "zod";
import { defineModule } from "../record";
import { describeRoots, remarkOnRoots, rootsSchema } from "./config";
import { members } from "./docs";
import { createFsHost } from "./host";
import { rootsFromCalls } from "./roots-from-calls";
import { typings } from "./typings";

const configSchema = z.strictObject({ roots: rootsSchema });

/** Files and folders of the granted roots, with Node's functions. */
export const fsModule = defineModule({
  name: "fs",
  aliases: ["node:fs"],
  summary: "Reads and writes files in folders that the template grants, as Node's fs does.",
  risk: "workspace",
  allows:
    "Reads files in the granted folders and, where the template says read-write, writes and deletes them.",
  typings,
  members,
  example: `const fs = require("fs");

await fs.writeFile("notes.txt", "first line\\n");
fs.appendFileSync("notes.txt", "second line\\n");
console.log(await fs.readFile("notes.txt", "utf8"));
console.log(fs.readdirSync("."));`,
  configSchema,
  exampleConfig: { roots: [{ path: ".", access: "read-write" }] },
  effects: (config) => describeRoots(config.roots),
  remarks: (config) => remarkOnRoots(config.roots),
  configFromCalls: (calls) => ({ roots: rootsFromCalls(calls) }),
  createHost: (config, context) => createFsHost(config.roots, context),
  comingFromGoja: `- Every call is confined to the granted roots; outside them the error's code is \`PERMISSION_DENIED\`.
- Calls without \`Sync\` give promises (or take Node's callback); \`fs.promises\` has them too.
- A failed call throws Node's error: \`code\`, \`path\`, \`syscall\` and \`errno\`.
- Bytes are Buffers (Uint8Array), not strings.
- \`readdir\` with \`recursive\` lists links and does not follow them.`,
});
