// @ts-check
import { spawn } from "node:child_process";
import { once } from "node:events";
import { root } from "../build/paths.mjs";

/** @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();

/**
 * Runs a command of the project with its output shown as it comes.
 *
 * @param {string[]} args for Node
 * @param {Record<string, string>} [env] added to the environment
 * @returns {Promise<number | null>} exit code, null when a signal ended it
 */
export async function runNode(args, env = {}) {
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, ...env },
  });
  running.add(child);
  try {
    const [code] = await once(child, "close");
    return code;
  } finally {
    running.delete(child);
  }
}

/**
 * Ends what is running, so that an interrupted `npm test` leaves nothing behind.
 *
 * @param {NodeJS.Signals} signal
 */
export function endRunning(signal) {
  for (const child of running) child.kill(signal);
}
