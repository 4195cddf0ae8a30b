import { afterEach, expect, test } from "vitest";
import { openTestSession, type TestSession, type TestSessionOptions } from "./testing";

const open: TestSession[] = [];
async function session(options: TestSessionOptions = {}): Promise<TestSession> {
  const made = await openTestSession(options);
  open.push(made);
  return made;
}

// Disposing frees the engine and fails when a value leaked.
afterEach(async () => {
  for (const made of open.splice(0)) await made.dispose();
});

const types = (made: TestSession): string[] => made.events.map((event) => event.type);

test("a REPL input echoes, prints and gives its value, in this order", async () => {
  const made = await session();
  const outcome = await made.repl("console.log('repl'); 20 + 22");
  expect(outcome).toMatchObject({ status: "ok", result: { preview: "42" } });
  expect(types(made)).toEqual(["inputEcho", "console", "value"]);
  expect(made.events.map((event) => event.seq)).toEqual([1, 2, 3]);
});
