import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { download } from "./download.mjs";

const content = randomBytes(500_000);
const integrity = `sha512-${createHash("sha512").update(content).digest("base64")}`;

/** @type {string} */ let folder;
/** @type {string} */ let file;
/** @type {import("node:http").Server} */ let server;
/** @type {(string | undefined)[]} */ let ranges;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "download-test-"));
  file = path.join(folder, "runtime.tgz");
  ranges = [];
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true, force: true });
});

/**
 * @param {(request: import("node:http").IncomingMessage, response: import("node:http").ServerResponse) => void} answer
 */
async function serve(answer) {
  server = createServer((request, response) => {
    ranges.push(request.headers.range);
    answer(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}/x.tgz`,
    file,
    integrity,
    label: "Downloading:",
    log() {},
    retryDelayMs: 1,
  };
}

/** @param {import("node:http").IncomingMessage} request @param {import("node:http").ServerResponse} response */
function answerRange(request, response) {
  const start = Number(/^bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1] ?? 0);
  const rest = content.subarray(start);
  response.writeHead(start > 0 ? 206 : 200, {
    "content-length": rest.length,
    ...(start > 0 ? { "content-range": `bytes ${start}-${content.length - 1}/${content.length}` } : {}),
  });
  return { response, rest };
}

// Comparing half a megabyte byte by byte in an assertion takes a second.
const isComplete = async () => content.equals(await readFile(file));

describe("downloading a pinned file", () => {
  it("stores it under its name once it is complete", async () => {
    await download(await serve((...call) => answerRange(...call).response.end(content)));
    expect(await isComplete()).toBe(true);
  });

  it("asks only for the rest after the connection broke", async () => {
    const options = await serve((...call) => {
      const { response, rest } = answerRange(...call);
      if (ranges.length > 1) response.end(rest);
      else response.write(rest.subarray(0, 200_000), () => setImmediate(() => response.destroy()));
    });
    await download(options);
    expect(await isComplete()).toBe(true);
    expect(ranges).toEqual([undefined, expect.stringMatching(/^bytes=[1-9]\d*-$/)]);
  });

  it("goes on with what an earlier process has left", async () => {
    await writeFile(`${file}.part`, content.subarray(0, 123_456));
    await download(
      await serve((...call) => void answerRange(...call).response.end(content.subarray(123_456))),
    );
    expect(await isComplete()).toBe(true);
    expect(ranges).toEqual(["bytes=123456-"]);
  });

  it("starts again when the server knows no ranges", async () => {
    await writeFile(`${file}.part`, "from an interrupted download");
    await download(await serve((_, response) => response.end(content)));
    expect(await isComplete()).toBe(true);
  });

  it("accepts a part that was already complete", async () => {
    await writeFile(`${file}.part`, content);
    await download(await serve((_, response) => response.writeHead(416).end()));
    expect(await isComplete()).toBe(true);
  });

  it("throws away a part that belongs to another file", async () => {
    await writeFile(`${file}.part`, randomBytes(1_000));
    await download(
      await serve((...call) => {
        const { response, rest } = answerRange(...call);
        response.end(rest);
      }),
    );
    expect(await isComplete()).toBe(true);
    expect(ranges).toEqual(["bytes=1000-", undefined]);
  });

  it("never stores content that is not the pinned one", async () => {
    const options = await serve((_, response) => response.end("something else"));
    await expect(download(options)).rejects.toThrow("integrity mismatch");
    await expect(readFile(file)).rejects.toThrow("ENOENT");
  });

  it("gives up at once where asking again cannot help", async () => {
    const options = await serve((_, response) => response.writeHead(403).end());
    await expect(download(options)).rejects.toThrow("the server answered 403");
    expect(ranges).toHaveLength(1);
  });
});
