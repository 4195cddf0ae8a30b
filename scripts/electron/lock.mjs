// @ts-check
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";

const heartbeatMs = 5_000;
/** A holder on another machine (a shared home folder) is taken for dead after this silence. */
const silenceMs = 60_000;

/**
 * Runs `task` while holding the lock folder, so that two processes never provision at the same time. The second one
 * waits; a lock whose holder died is taken over.
 *
 * @template T
 * @param {string} lockFolder
 * @param {{ onWait?: () => void, pollMs?: number }} options `onWait` is called once, when the lock is held by another
 * @param {() => Promise<T>} task
 * @returns {Promise<T>}
 */
export async function withLock(lockFolder, { onWait, pollMs = 250 }, task) {
  await mkdir(path.dirname(lockFolder), { recursive: true });
  let announced = false;
  while (!(await tryToLock(lockFolder))) {
    if (await isAbandoned(lockFolder)) {
      await breakLock(lockFolder);
      continue;
    }
    if (!announced) onWait?.();
    announced = true;
    await delay(pollMs);
  }
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(lockFolder, now, now).catch(() => {}); // the worst that follows is that another process waits less
  }, heartbeatMs);
  heartbeat.unref();
  try {
    return await task();
  } finally {
    clearInterval(heartbeat);
    await rm(lockFolder, { recursive: true, force: true });
  }
}

/** @param {string} lockFolder */
async function tryToLock(lockFolder) {
  try {
    await mkdir(lockFolder); // atomic: exactly one process succeeds
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "EEXIST") return false;
    throw error;
  }
  await writeFile(ownerFile(lockFolder), JSON.stringify({ pid: process.pid, host: os.hostname() }));
  return true;
}

/** @param {string} lockFolder */
async function isAbandoned(lockFolder) {
  try {
    const silentFor = Date.now() - (await stat(lockFolder)).mtimeMs;
    if (silentFor > silenceMs) return true;
    const owner = JSON.parse(await readFile(ownerFile(lockFolder), "utf8"));
    return owner.host === os.hostname() && !isAlive(owner.pid);
  } catch {
    return false; // released, or just being taken: look again
  }
}

/**
 * Renames before removing: of two processes that see the same dead lock, one rename succeeds.
 * @param {string} lockFolder
 */
async function breakLock(lockFolder) {
  const grave = `${lockFolder}.dead-${process.pid}-${Date.now()}`;
  try {
    await rename(lockFolder, grave);
  } catch {
    return;
  }
  await rm(grave, { recursive: true, force: true });
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}

/** @param {string} lockFolder */
const ownerFile = (lockFolder) => path.join(lockFolder, "owner.json");
