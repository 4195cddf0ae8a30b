// @ts-check
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/**
 * @typedef {object} VirtualDisplay
 * @property {string} name for the environment variable `DISPLAY`
 * @property {() => Promise<void>} stop resolves when the server is gone; safe to call twice
 */

const startMs = 15_000;

/**
 * Whether windows can be shown here.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @param {NodeJS.Platform} [platform]
 * @returns {boolean}
 */
export function hasDisplay(env = process.env, platform = process.platform) {
  return platform !== "linux" || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/**
 * Starts a virtual X server (Xvfb) on a display number that the server itself picks, so that two of them, or a real
 * one, never collide.
 *
 * @param {{ size?: string }} [options] width x height x depth
 * @returns {Promise<VirtualDisplay>}
 * @throws {Error} when Xvfb is missing or does not start
 */
export async function startVirtualDisplay({ size = "1600x1000x24" } = {}) {
  // The shell ends the server when our end of its stdin closes, which the system does even when we are killed.
  // In a group of its own, it also outlives a Ctrl+C until we have closed what uses it.
  const keeper = spawn(
    "sh",
    [
      "-c",
      'Xvfb "$@" & read -r _; kill $!; wait',
      "sh",
      "-displayfd",
      "3",
      "-screen",
      "0",
      size,
      "-nolisten",
      "tcp",
    ],
    { stdio: ["pipe", "ignore", "pipe", "pipe"], detached: true },
  );
  const closed = once(keeper, "close");
  let complaint = "";
  keeper.stderr?.on("data", (chunk) => (complaint = `${complaint}${chunk}`.slice(-2_000)));

  const stop = async () => {
    keeper.stdin?.destroy();
    await closed;
  };
  try {
    const number = await firstLine(/** @type {import("node:stream").Readable} */ (keeper.stdio[3]));
    return { name: `:${number}`, stop };
  } catch (error) {
    await stop();
    throw new Error(`The virtual display (Xvfb) did not start: ${complaint.trim() || error}`, {
      cause: error,
    });
  }
}

/** @param {import("node:stream").Readable} stream */
async function firstLine(stream) {
  const lines = createInterface({ input: stream });
  const timer = setTimeout(() => lines.close(), startMs);
  try {
    for await (const line of lines) return line.trim();
    throw new Error(`it reported no display within ${startMs / 1000} s`);
  } finally {
    clearTimeout(timer);
    lines.close();
  }
}
