// @ts-check
import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import yauzl from "yauzl";

/**
 * Unpacks a zip file with its permission bits. Names that would leave `target` are refused by yauzl.
 *
 * @param {string} zipFile
 * @param {string} target created when missing
 * @param {(name: string) => string | undefined} rename where an entry goes, relative to `target`; undefined skips it
 * @returns {Promise<void>}
 */
export async function unzip(zipFile, target, rename) {
  const zip = await yauzl.openPromise(zipFile, { autoClose: false });
  try {
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileName.endsWith("/") ? undefined : rename(entry.fileName);
      if (name === undefined) continue;
      const file = path.join(target, name);
      await mkdir(path.dirname(file), { recursive: true });
      const mode = (entry.externalFileAttributes >>> 16) & 0o777;
      await pipeline(
        await zip.openReadStreamPromise(entry),
        createWriteStream(file, { mode: mode || 0o644 }),
      );
    }
  } finally {
    zip.close();
  }
}
