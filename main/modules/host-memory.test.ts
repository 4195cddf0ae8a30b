import { statSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { openTestSession, type TestSession } from "../vm/testing";

/*
 * What a script makes the host hold comes out of the memory of the whole application, whose end would be everybody's. The
 * files are sparse: they cost nothing but memory.
 */

const MB = 1024 * 1024;
let session: TestSession | undefined;
afterEach(async () => {
  await session?.dispose({ leaks: "ignore" });
  session = undefined;
});

async function open(memoryMb: number, limits: { readonly wallMs?: number } = {}): Promise<TestSession> {
  session = await openTestSession({
    modules: { fs: { roots: [{ path: ".", access: "read-write" }] } },
    files: { "large.bin": "" },
    template: { limits: { memoryMb, cpuMs: 60_000, wallMs: 60_000, ...limits } },
  });
  return session;
}

/** Most bytes that this process held beside its heap while the code ran. */
async function peakWhile(run: () => Promise<unknown>): Promise<number> {
  const held = (): number => process.memoryUsage().external;
  const before = held();
  let peak = before;
  const timer = setInterval(() => (peak = Math.max(peak, held())), 5);
  try {
    await run();
  } finally {
    clearInterval(timer);
  }
  return peak - before;
}

test("reading many large files at once takes turns when they do not fit into the session's memory together", async () => {
  const { workspaceRoot, repl } = await open(128);
  truncateSync(join(workspaceRoot, "large.bin"), 40 * MB);
  let lengths: unknown;
  const peak = await peakWhile(async () => {
    const { result } = await repl(`
      const { promises } = require("fs");
      const lengths = await Promise.all(Array.from({ length: 60 }, () => promises.readFile("large.bin").then((bytes) => bytes.length)));
      new Set(lengths).size === 1 && lengths[0]`);
    lengths = result?.json;
  });
  expect(lengths).toBe(40 * MB);
  // All together have 2400 MB.
  expect(peak).toBeLessThan(1000 * MB);
});

test.each(["readFileSync('large.bin')", "await promises.readFile('large.bin', 'latin1')"])(
  "a file that does not fit into the session is refused before it is read: %s",
  async (call) => {
    const { workspaceRoot, repl } = await open(16);
    truncateSync(join(workspaceRoot, "large.bin"), 400 * MB);
    let code: unknown;
    const peak = await peakWhile(async () => {
      const { result } = await repl(`
        const { readFileSync, promises } = require("fs");
        let code;
        try { ${call} } catch (error) { code = error.code }
        code`);
      code = result?.json;
    });
    expect(code).toBe("ERR_FS_FILE_TOO_LARGE");
    expect(peak).toBeLessThan(100 * MB);
  },
);

test.each(["copyFileSync('large.bin', 'copy.bin')", "await promises.copyFile('large.bin', 'copy.bin')"])(
  "copying a file for which the time does not suffice ends with the execution: %s",
  async (call) => {
    const { workspaceRoot, run } = await open(128, { wallMs: 300 });
    // Half a minute of work; what is written until it is stopped is little.
    truncateSync(join(workspaceRoot, "large.bin"), 8000 * MB);
    const outcome = await run(`const { copyFileSync, promises } = require("fs"); ${call}`);
    expect(outcome).toMatchObject({ status: "timeout", error: { code: "WALL_LIMIT_EXCEEDED" } });
    expect(statSync(join(workspaceRoot, "copy.bin")).size).toBeLessThan(8000 * MB);
  },
);
