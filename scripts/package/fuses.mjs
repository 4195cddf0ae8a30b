// @ts-check
import { FuseV1Options, getCurrentFuseWire } from "@electron/fuses";

/**
 * What the released application's fuses must be: it cannot be turned into a plain Node, takes no debugger and no
 * options from the environment, and loads nothing but its own verified archive.
 *
 * @type {Readonly<Record<string, "on" | "off">>}
 */
export const releaseFuses = Object.freeze({
  RunAsNode: "off",
  EnableNodeOptionsEnvironmentVariable: "off",
  EnableNodeCliInspectArguments: "off",
  GrantFileProtocolExtraPrivileges: "off",
  EnableEmbeddedAsarIntegrityValidation: "on",
  OnlyLoadAppFromAsar: "on",
});

const on = "1".charCodeAt(0);

/**
 * Reads the fuses back from an executable.
 *
 * @param {string} executable on macOS the path of the `.app`
 * @returns {Promise<Record<string, "on" | "off">>}
 * @throws {Error} when the file is no Electron executable
 */
export async function readFuses(executable) {
  const wire = /** @type {Record<string, unknown>} */ (await getCurrentFuseWire(executable));
  /** @type {Record<string, "on" | "off">} */
  const fuses = {};
  for (const [index, name] of Object.entries(FuseV1Options)) {
    if (typeof name === "string" && index in wire) fuses[name] = wire[index] === on ? "on" : "off";
  }
  return fuses;
}

/**
 * @param {Record<string, "on" | "off">} fuses
 * @param {Readonly<Record<string, "on" | "off">>} [expected]
 * @returns {string[]} one sentence for each fuse that is not as expected
 */
export function wrongFuses(fuses, expected = releaseFuses) {
  return Object.entries(expected)
    .filter(([name, state]) => fuses[name] !== state)
    .map(([name, state]) => `The fuse ${name} is ${fuses[name] ?? "missing"} and must be ${state}.`);
}
