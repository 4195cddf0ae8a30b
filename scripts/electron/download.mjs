// @ts-check
import { createWriteStream } from "node:fs";
import { mkdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as delay } from "node:timers/promises";
import { EnvHttpProxyAgent, fetch } from "undici";
import { reasonOf } from "./errors.mjs";
import { hasIntegrity } from "./integrity.mjs";
import { createProgress } from "./progress.mjs";

/** A connection that carries nothing for this long is dropped and resumed. */
const stallMs = 30_000;
const maxAttempts = 6;

/**
 * An answer that asking again will not change: wrong address, no permission.
 */
class FinalError extends Error {}

/**
 * Downloads a file whose content is known beforehand. What arrived before an interruption stays in `<file>.part` and
 * the next attempt, in this process or a later one, asks for the rest only. The file appears under its own name when
 * its integrity has been verified, never earlier.
 *
 * @param {{ url: string, file: string, integrity: string, label: string, log: import("./progress.mjs").Log,
 *   retryDelayMs?: number }} options
 * @returns {Promise<void>}
 * @throws {Error} when it cannot be had from there, or is not what was pinned
 */
export async function download({ url, file, integrity, label, log, retryDelayMs = 1_000 }) {
  const part = `${file}.part`;
  await mkdir(path.dirname(file), { recursive: true });
  const dispatcher = new EnvHttpProxyAgent({ connectTimeout: 10_000 });
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        await fetchRest(url, part, dispatcher, label, log);
        if (await hasIntegrity(part, integrity)) break;
        await rm(part, { force: true });
        throw new Error("what arrived is not what was pinned (integrity mismatch)");
      } catch (error) {
        if (error instanceof FinalError || isOurDisk(error) || attempt === maxAttempts) throw error;
        log(`${label}: ${reasonOf(error)}; trying again`);
        await delay(retryDelayMs * attempt);
      }
    }
  } finally {
    await dispatcher.destroy();
  }
  await rename(part, file);
}

/**
 * @param {string} url
 * @param {string} part
 * @param {EnvHttpProxyAgent} dispatcher
 * @param {string} label
 * @param {import("./progress.mjs").Log} log
 */
async function fetchRest(url, part, dispatcher, label, log) {
  const have = await sizeOf(part);
  const stalled = new AbortController();
  const watchdog = setTimeout(
    () => stalled.abort(new Error(`nothing received for ${stallMs / 1000} s`)),
    stallMs,
  );
  try {
    const response = await fetch(url, {
      dispatcher,
      signal: stalled.signal,
      headers: { "accept-encoding": "identity", ...(have > 0 ? { range: `bytes=${have}-` } : {}) },
    });
    // Asked for a rest that does not exist: the part is complete, or longer than the file. The integrity tells.
    if (response.status === 416) return;
    if (!response.ok || !response.body) throw httpError(response.status);

    const resumed = response.status === 206 && startOf(response.headers.get("content-range")) === have;
    if (response.status === 206 && !resumed) throw new Error("the server answered with another range");
    let done = resumed ? have : 0;
    const length = Number(response.headers.get("content-length") ?? 0);
    const progress = createProgress({ label, total: length > 0 ? done + length : 0, log });
    try {
      await pipeline(
        Readable.fromWeb(/** @type {import("node:stream/web").ReadableStream} */ (response.body)),
        async function* (chunks) {
          for await (const chunk of chunks) {
            watchdog.refresh();
            done += chunk.length;
            progress.update(done);
            yield chunk;
          }
        },
        createWriteStream(part, { flags: resumed ? "a" : "w" }),
      );
    } finally {
      progress.end();
    }
  } finally {
    clearTimeout(watchdog);
  }
}

/** @param {number} status */
function httpError(status) {
  const message = `the server answered ${status}`;
  const passing = status === 408 || status === 429 || status >= 500;
  return passing ? new Error(message) : new FinalError(message);
}

/** @param {string | null} contentRange */
function startOf(contentRange) {
  return Number(/^bytes (\d+)-/.exec(contentRange ?? "")?.[1] ?? Number.NaN);
}

/** @param {unknown} error */
function isOurDisk(error) {
  const { code } = /** @type {NodeJS.ErrnoException} */ (error);
  return code === "ENOSPC" || code === "EACCES" || code === "EROFS" || code === "EDQUOT";
}

/** @param {string} file */
async function sizeOf(file) {
  return stat(file).then(
    (found) => found.size,
    () => 0,
  );
}
