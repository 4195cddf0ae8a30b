import { spawnSync } from "node:child_process";
import { access, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { withLock } from "./lock.mjs";

/** @type {string} */ let folder;
/** @type {string} */ let lock;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "lock-test-"));
  lock = path.join(folder, "lock");
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe("the lock", () => {
  it("lets one task in at a time", async () => {
    let inside = 0;
    let most = 0;
    const task = async () => {
      most = Math.max(most, ++inside);
      await new Promise(setImmediate);
      inside--;
    };
    await Promise.all(Array.from({ length: 5 }, () => withLock(lock, { pollMs: 1 }, task)));
    expect(most).toBe(1);
  });

  it("says once that it waits", async () => {
    const onWait = vi.fn();
    const { promise, resolve } = withResolvers();
    const inside = withResolvers();
    const first = withLock(lock, {}, () => {
      inside.resolve();
      return promise;
    });
    await inside.promise;
    const second = withLock(lock, { onWait, pollMs: 1 }, async () => "in");
    await vi.waitFor(() => expect(onWait).toHaveBeenCalled(), { timeout: 10_000 });
    resolve();
    await first;
    expect(await second).toBe("in");
    expect(onWait).toHaveBeenCalledOnce();
  });

  it("is released when the task fails", async () => {
    const failing = withLock(lock, {}, async () => {
      throw new Error("no space left");
    });
    await expect(failing).rejects.toThrow("no space left");
    await expect(access(lock)).rejects.toThrow("ENOENT");
  });

  it("is taken over from a process that was killed", async () => {
    const { pid } = spawnSync(process.execPath, ["--version"]);
    await mkdir(lock);
    await writeFile(path.join(lock, "owner.json"), JSON.stringify({ pid, host: os.hostname() }));
    expect(await withLock(lock, { pollMs: 1 }, async () => "in")).toBe("in");
  });
});

function withResolvers() {
  /** @type {() => void} */
  let resolve = () => {};
  const promise = new Promise((settle) => (resolve = () => settle(undefined)));
  return { promise, resolve };
}
