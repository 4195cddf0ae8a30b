import { defineModule } from "../record";
import { configFromCalls, configSchema, describeEffects, remarkOn } from "./config";
import { members } from "./docs";
import { createFetchHost, loadClient } from "./host";
import { typings } from "./typings";

/** HTTP requests to the origins that the template lists. */
export const fetchModule = defineModule({
  name: "fetch",
  aliases: [],
  summary: "HTTP requests to listed origins.",
  risk: "host",
  allows: "Sends requests to the origins that the configuration lists, and reads the answers.",
  typings,
  members,
  example: `const { fetch, client } = require("fetch");

try {
  const response = await fetch("http://127.0.0.1:49999/status");
  console.log(response.status, await response.json());
} catch (error) {
  console.log("nobody answers there:", error.code);
}

const api = client({ baseUrl: "http://127.0.0.1:49999/v1", headers: { accept: "application/json" }, timeoutMs: 2000 });
await api.post("people", { name: "Ada" }).catch((error) => console.log(error.name));`,
  configSchema,
  exampleConfig: { origins: ["http://127.0.0.1:49999"] },
  effects: describeEffects,
  remarks: remarkOn,
  configFromCalls,
  prepare: loadClient,
  createHost: createFetchHost,
  comingFromGoja: `- Nothing can be reached unless the template lists its origin; every redirect is checked again.
- Answers are read completely before the promise resolves, so \`text()\`, \`json()\` and \`bytes()\` can be called repeatedly.`,
});
