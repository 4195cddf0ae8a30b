import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { EVENT_CHANNEL, REQUEST_CHANNEL } from "../../shared/ipc/contract";

it("the preload script names the channels of the contract", () => {
  // Read as text: it needs the page's side of Electron to run.
  const source = readFileSync(new URL("preload.ts", import.meta.url), "utf8");
  expect(source).toContain(`const REQUEST_CHANNEL = ${JSON.stringify(REQUEST_CHANNEL)};`);
  expect(source).toContain(`const EVENT_CHANNEL = ${JSON.stringify(EVENT_CHANNEL)};`);
});
