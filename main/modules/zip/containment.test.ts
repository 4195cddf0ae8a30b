import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { crc32 } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HOSTILE_LINKS, hostilePaths } from "../fs/hostile-paths";
import { callHostAsync } from "../testing/call-host";
import { makeHostContext, makeWorkspace } from "../testing/host-context";
import { zipModule } from "./index";
import { createZipHost, type ZipConfig } from "./host";

const SECRET = "the-secret-outside";
const area = makeWorkspace();
const workspace = join(area.path, "workspace");
const outside = join(area.path, "outside");
const config = zipModule.configSchema.parse({ roots: [{ path: ".", access: "read-write" }] }) as ZipConfig;
const call = callHostAsync(createZipHost(config, makeHostContext(workspace)));
const corpus = hostilePaths(workspace, outside);

/** An archive of one stored entry whose name nobody has looked at. */
function archiveOf(name: string, content: string): Buffer {
  const [nameBytes, data] = [Buffer.from(name), Buffer.from(content)];
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(0x0800, 2); // names are UTF-8
  common.writeUInt32LE(crc32(data), 10);
  common.writeUInt32LE(data.length, 14);
  common.writeUInt32LE(data.length, 18);
  common.writeUInt16LE(nameBytes.length, 22);
  const local = Buffer.concat([Buffer.from("PK\x03\x04"), common, nameBytes, data]);
  const central = Buffer.concat([
    Buffer.from("PK\x01\x02"),
    Buffer.from([20, 0]),
    common,
    Buffer.alloc(14),
    nameBytes,
  ]);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06");
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}

/** Everything outside the workspace, as one comparable text. */
function stateOutside(): string {
  return JSON.stringify([
    readdirSync(dirname(outside)).sort(),
    readdirSync(outside).sort(),
    readFileSync(join(outside, "secret.txt"), "utf8"),
    readFileSync(join(outside, "secret.zip")).length,
  ]);
}

beforeAll(() => {
  mkdirSync(join(workspace, "data"), { recursive: true });
  mkdirSync(outside);
  writeFileSync(join(outside, "secret.txt"), SECRET);
  writeFileSync(join(outside, "secret.zip"), archiveOf("a.txt", SECRET));
  writeFileSync(join(workspace, "plain.zip"), archiveOf("a.txt", "harmless"));
  for (const [name, target] of Object.entries(HOSTILE_LINKS))
    symlinkSync(
      target.replace("OUTSIDE_NAME", basename(outside)).replace("OUTSIDE", outside),
      join(workspace, name),
    );
});
afterAll(() => area.dispose());

describe("hostile paths do not leave the roots", () => {
  it("are at least 300", () => expect(corpus.length).toBeGreaterThanOrEqual(300));

  it("as the archive that is listed or read, also when it is one", async () => {
    for (const path of corpus.flatMap((path) => [path, path.replace("secret.txt", "secret.zip")])) {
      for (const [name, ...rest] of [["list"], ["read", "a.txt", "utf8"], ["extract", "out"]] as const) {
        const answer = await call(name, path, ...rest);
        expect(JSON.stringify(answer), `${name} ${JSON.stringify(path)}`).not.toContain(SECRET);
        expect(answer.error, `${name} ${JSON.stringify(path)}`).toBeDefined();
      }
    }
    expect(existsSync(join(workspace, "out", "a.txt"))).toBe(false);
  });

  it("as the archive that is made, the file that goes into it, the folder it is unpacked to", async () => {
    const before = stateOutside();
    for (const path of corpus) {
      await call("create", path, { "a.txt": "x" });
      const packed = await call("create", "packed.zip", [{ name: "a.txt", file: path }]);
      if (packed.error === undefined)
        expect((await call("read", "packed.zip", "a.txt", "utf8")).value).not.toBe(SECRET);
      await call("extract", "plain.zip", path, { overwrite: true });
      expect(stateOutside(), JSON.stringify(path)).toBe(before);
    }
  });

  it("as the name of an entry", async () => {
    const before = stateOutside();
    expect((await call("read", "plain.zip", "a.txt", "utf8")).value).toBe("harmless");
    for (const [index, path] of corpus.entries()) {
      writeFileSync(join(workspace, "hostile.zip"), archiveOf(path, "planted"));
      await call("extract", "hostile.zip", `unpacked/${index}`, { overwrite: true });
      await call("extract", "hostile.zip", ".", { overwrite: true });
      expect(stateOutside(), JSON.stringify(path)).toBe(before);
    }
  });
});
