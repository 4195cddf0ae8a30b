import { afterEach, expect, test } from "vitest";
import { openTestSession, type TestSession } from "../../vm/testing";

/* Native work cannot be stopped, not even by ending its thread: what would take too long or too much has to be refused. */

let session: TestSession | undefined;
afterEach(async () => {
  await session?.dispose();
  session = undefined;
});

test.each([
  ["createHash('shake256', { outputLength: 2 ** 31 - 1 }).digest()", "ERR_OUT_OF_RANGE"],
  ["createHash('shake256', { outputLength: 2 ** 32 - 1 }, 1).digest()", "ERR_OUT_OF_RANGE"],
  ["createHash('shake128').copy({ outputLength: 2 ** 31 - 1 }).digest()", "ERR_OUT_OF_RANGE"],
  ["scryptSync('a', 'b', 2 ** 31 - 1, { N: 2, r: 1, p: 1 })", "ERR_OUT_OF_RANGE"],
  ["scryptSync('a', 'b', 16, { N: 2 ** 20, r: 8, p: 1, maxmem: 2 ** 31 })", "ERR_OUT_OF_RANGE"],
  ["scryptSync('a', 'b', 16, { N: 2 ** 14, r: 8, p: 1000, maxmem: 2 ** 28 })", "CPU_LIMIT_EXCEEDED"],
  ["pbkdf2Sync('a', 'b', 1, 2 ** 31 - 1, 'sha1')", "ERR_OUT_OF_RANGE"],
  ["pbkdf2Sync('a', 'b', 1e9, 16, 'sha512')", "CPU_LIMIT_EXCEEDED"],
  ["pbkdf2Sync('a', 'b', 20, 16e6, 'sha1')", "CPU_LIMIT_EXCEEDED"],
  ["randomBytes(2 ** 31 - 1)", "ERR_OUT_OF_RANGE"],
])("%s is refused before it begins", async (call, expected) => {
  session = await openTestSession({
    modules: { crypto: {} },
    template: { limits: { cpuMs: 1000, wallMs: 600_000 } },
  });
  const { result, error } = await session.repl(`
    const { createHash, scryptSync, pbkdf2Sync, randomBytes } = require("crypto");
    let refused;
    try { ${call} } catch (error) { refused = error.code ?? error.name }
    refused`);
  expect(error).toBeUndefined();
  expect(result?.json).toBe(expected);
});

test("the wall limit counts as well as that on computing", async () => {
  session = await openTestSession({
    modules: { crypto: {} },
    template: { limits: { cpuMs: 600_000, wallMs: 1000 } },
  });
  const { error } = await session.repl("require('crypto').pbkdf2Sync('a', 'b', 1e9, 16, 'sha512')");
  expect(error?.code).toBe("WALL_LIMIT_EXCEEDED");
});
