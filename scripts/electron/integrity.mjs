// @ts-check
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";

/**
 * Whether a file's content is exactly the pinned one.
 *
 * @param {string} file
 * @param {string} integrity in the form of a lock file: `sha512-<base64>`
 * @returns {Promise<boolean>}
 */
export async function hasIntegrity(file, integrity) {
  const [algorithm = "", expected] = splitOnce(integrity, "-");
  const hash = createHash(algorithm);
  await pipeline(createReadStream(file), hash);
  return hash.digest("base64") === expected;
}

/**
 * @param {string} text
 * @param {string} separator
 */
function splitOnce(text, separator) {
  const at = text.indexOf(separator);
  return [text.slice(0, at), text.slice(at + 1)];
}
