import { afterEach, describe, expect, it } from "vitest";
import { openTestSession, type TestSession } from "../../vm/testing";

let session: TestSession | undefined;
afterEach(() => session?.dispose());

/** Code of the error that a call throws in a session. */
async function codeOf(call: string): Promise<string> {
  session = await openTestSession({ modules: { crypto: {} }, template: { limits: { wallMs: 2000 } } });
  await session.run(
    `const crypto = require("crypto"); try { ${call}; console.log("done"); } catch (error) { console.log(error.code); }`,
  );
  return session.lines.join();
}

describe("native work of crypto, which neither Stop nor a limit can interrupt", () => {
  it.each([
    "crypto.randomBytes(2 ** 31 - 1)",
    'crypto.createHash("shake256", { outputLength: 2 ** 31 }).digest()',
    'crypto.createHash("shake256").copy({ outputLength: 2 ** 31 }).digest()',
    'crypto.pbkdf2Sync("p", "s", 1, 2 ** 31 - 1, "sha512")',
    'crypto.scryptSync("p", "s", 2 ** 31 - 1)',
    'crypto.scryptSync("p", "s", 32, { maxmem: 2 ** 40 })',
  ])("is refused when it takes memory that no limit counts: %s", async (call) => {
    expect(await codeOf(call)).toBe("ERR_OUT_OF_RANGE");
  });

  it.each([
    'crypto.pbkdf2Sync("p", "s", 2 ** 30, 32, "sha512")',
    'crypto.scryptSync("p", "s", 32, { N: 2 ** 20, p: 64 })',
  ])("is refused when it takes longer than there is time: %s", async (call) => {
    expect(await codeOf(call)).toBe("WALL_LIMIT_EXCEEDED");
  });

  it("is done when there is room and time for it", async () => {
    expect(
      await codeOf(
        'crypto.randomBytes(1000); crypto.createHash("shake256", { outputLength: 1000 }).digest(); crypto.scryptSync("p", "s", 32)',
      ),
    ).toBe("done");
  });
});
