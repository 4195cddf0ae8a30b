// @ts-check
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const execFileAsync = promisify(execFile);

/**
 * Runs npm with the configuration that the developer has: registry, scope, proxy, certificates and credentials are
 * npm's business, so nothing here names a registry.
 *
 * @param {string[]} args
 * @param {{ timeoutMs?: number, cwd?: string }} [options]
 * @returns {Promise<string>} what it printed to stdout, trimmed
 */
export async function npm(args, { timeoutMs = 60_000, cwd } = {}) {
  // `npm_execpath` is the very npm that runs us (`npm start`); a bare `npm` needs a shell on Windows.
  const own = process.env.npm_execpath;
  const viaNode = own !== undefined && /npm-cli\.c?js$/.test(own);
  const [command, first] = viaNode ? [process.execPath, [own]] : ["npm", []];
  const { stdout } = await execFileAsync(command, [...first, ...args], {
    timeout: timeoutMs,
    cwd,
    maxBuffer: 16 * 1024 * 1024,
    shell: !viaNode && process.platform === "win32",
  });
  return stdout.trim();
}

/**
 * Whether npm was told to stay off the network (`npm start --offline`, or `offline=true` in a configuration file).
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {boolean}
 */
export function isOffline(env = process.env) {
  return env.npm_config_offline === "true" || env.npm_config_offline === "1";
}
