/**
 * First code of a session's thread. Compiling the host's code is a quarter of what starting a session costs, so it is done
 * once per process: the first thread gives V8's compiled code to its supervisor, and the others begin with it. What V8
 * does not accept (another version, another source) it compiles as if nothing had been given.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Script } from "node:vm";
import { parentPort, workerData } from "node:worker_threads";
import type { HostThreadData } from "./protocol";
import type * as SessionHost from "./session-host";

if (parentPort === null) throw new Error("The session host runs in a worker thread only.");
// Made by the supervisor, which is ours.
const data = workerData as HostThreadData;
const file = join(__dirname, "session-host.code.js");
const script = new Script(readFileSync(file, "utf8"), {
  filename: file,
  ...(data.code === undefined ? {} : { cachedData: data.code }),
});
// The build wraps the host's code like this: see scripts/build/main.mjs.
const load = script.runInThisContext() as (
  require: NodeJS.Require,
  module: { exports: object },
  filename: string,
) => void;
const loaded = { exports: {} };
load(createRequire(file), loaded, file);
(loaded.exports as typeof SessionHost).hostSession(parentPort, data, () => script.createCachedData());
