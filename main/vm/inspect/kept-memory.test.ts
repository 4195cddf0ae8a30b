import { afterEach, expect, test } from "vitest";
import { openTestSession, type TestSession } from "../testing";

let session: TestSession;
afterEach(() => session.dispose());

test("a session that prints objects again and again needs no more memory for it", async () => {
  session = await openTestSession({});
  let settled = 0;
  // More objects than are kept at once before the first look.
  for (let run = 1; run <= 90; run++) {
    const source = "for (let n = 0; n < 500; n++) console.log('line', n, { n });";
    const outcome = await session.runtime.run({ kind: "repl", source }, () => undefined);
    expect(outcome.status).toBe("ok");
    if (run === 30) settled = session.runtime.memoryBytes();
  }
  // What is shown last can be opened; the 30,000 objects before it took 10 MB.
  expect(session.runtime.memoryBytes() - settled).toBeLessThan(2 * 1024 * 1024);
});
