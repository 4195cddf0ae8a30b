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
  const zip = await open(zipFile);
  try {
    for await (const entry of entriesOf(zip)) {
      const name = entry.fileName.endsWith("/") ? undefined : rename(entry.fileName);
      if (name === undefined) continue;
      const file = path.join(target, name);
      await mkdir(path.dirname(file), { recursive: true });
      const mode = (entry.externalFileAttributes >>> 16) & 0o777;
      await pipeline(await contentOf(zip, entry), createWriteStream(file, { mode: mode || 0o644 }));
    }
  } finally {
    zip.close();
  }
}

/**
 * @param {string} zipFile
 * @returns {Promise<yauzl.ZipFile>}
 */
function open(zipFile) {
  return new Promise((resolve, reject) => {
    yauzl.open(zipFile, { lazyEntries: true, autoClose: false }, (error, zip) =>
      error ? reject(error) : resolve(zip),
    );
  });
}

/**
 * @param {yauzl.ZipFile} zip
 * @returns {AsyncGenerator<yauzl.Entry>}
 */
async function* entriesOf(zip) {
  for (;;) {
    /** @type {yauzl.Entry | undefined} */
    const entry = await new Promise((resolve, reject) => {
      const settle = (/** @type {() => void} */ action) => {
        zip.removeAllListeners();
        action();
      };
      zip.on("entry", (found) => settle(() => resolve(found)));
      zip.on("end", () => settle(() => resolve(undefined)));
      zip.on("error", (error) => settle(() => reject(error)));
      zip.readEntry();
    });
    if (!entry) return;
    yield entry;
  }
}

/**
 * @param {yauzl.ZipFile} zip
 * @param {yauzl.Entry} entry
 * @returns {Promise<import("node:stream").Readable>}
 */
function contentOf(zip, entry) {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)));
  });
}
