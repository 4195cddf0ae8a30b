import { createWriteStream } from "node:fs";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ZipFile } from "yazl";
import { unzip } from "./unzip.mjs";

/** @type {string} */ let folder;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "unzip-test-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** @param {Record<string, { text: string, mode?: number }>} files */
async function zipOf(files) {
  const zip = new ZipFile();
  for (const [name, { text, mode = 0o100644 }] of Object.entries(files)) {
    zip.addBuffer(Buffer.from(text), name, { mode });
  }
  zip.end();
  const file = path.join(folder, "test.zip");
  await pipeline(zip.outputStream, createWriteStream(file));
  return file;
}

describe("unpacking", () => {
  it("puts entries where they are told to go and leaves out the others", async () => {
    const zip = await zipOf({
      "App/App": { text: "program" },
      "App/resources/app/x.js": { text: "foreign" },
    });
    const target = path.join(folder, "out");
    await unzip(zip, target, (name) => (name === "App/App" ? "bin/electron" : undefined));
    expect(await readFile(path.join(target, "bin/electron"), "utf8")).toBe("program");
    expect(await readdir(target)).toEqual(["bin"]);
  });

  it.skipIf(process.platform === "win32")("keeps permissions", async () => {
    const zip = await zipOf({ program: { text: "x", mode: 0o100755 }, data: { text: "x" } });
    const target = path.join(folder, "out");
    await unzip(zip, target, (name) => name);
    expect((await stat(path.join(target, "program"))).mode & 0o111).toBe(0o111);
    expect((await stat(path.join(target, "data"))).mode & 0o111).toBe(0);
  });
});
