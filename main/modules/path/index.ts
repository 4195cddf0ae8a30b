import { z } from "zod";
import { defineModule } from "../record";
import { members } from "./docs";
import { createPathHost } from "./host";
import { typings } from "./typings";

/** Node's path functions. The current folder of a session is its workspace. */
export const pathModule = defineModule({
  name: "path",
  aliases: ["node:path"],
  summary: "Joins, splits and compares file paths, as Node does.",
  risk: "pure",
  allows: "Computes with the text of paths; looks at no file.",
  typings,
  members,
  example: `const path = require("path");

const file = path.join("data", "2024", "may.csv");
console.log(path.basename(file), path.extname(file));
console.log(path.posix.relative("/data/2024", "/data/reports/may.txt"));`,
  configSchema: z.strictObject({}),
  exampleConfig: {},
  effects: () => [],
  createHost: (_config, context) => createPathHost(context),
  comingFromGoja:
    "- `path.resolve` and `path.relative` count from the workspace, whatever folder the application was started in.\n- `path.win32` and `path.posix` are there on every platform.",
});
