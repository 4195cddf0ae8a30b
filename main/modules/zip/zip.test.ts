import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { Readable } from "node:stream";
import { ZipFile, type Options } from "yazl";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { callHostAsync } from "../testing/call-host";
import { makeHostContext, makeWorkspace, type TestHostContext } from "../testing/host-context";
import { createZipHost, type ZipConfig } from "./host";

const defaults: ZipConfig = {
  roots: [{ path: ".", access: "read-write" }],
  maxEntries: 100,
  maxEntryKb: 1024,
  maxTotalKb: 2048,
};
let area: ReturnType<typeof makeWorkspace>;
let workspace: string;
let context: TestHostContext;

beforeEach(() => {
  area = makeWorkspace();
  workspace = join(area.path, "workspace");
  mkdirSync(workspace);
  mkdirSync(join(area.path, "outside"));
  context = makeHostContext(workspace);
});
afterEach(() => area.dispose());

const zip = (config: Partial<ZipConfig> = {}): ReturnType<typeof callHostAsync> =>
  callHostAsync(createZipHost({ ...defaults, ...config }, context));

/** Writes an archive as a stranger might: `patch` may change its bytes. */
async function stranger(
  entries: Record<string, string | Buffer>,
  options: Partial<Options> = {},
  patch: (bytes: Buffer) => Buffer = (bytes) => bytes,
): Promise<void> {
  const file = new ZipFile();
  for (const [name, data] of Object.entries(entries)) file.addBuffer(Buffer.from(data), name, options);
  file.end();
  writeFileSync(join(workspace, "stranger.zip"), patch(await buffer(Readable.from(file.outputStream))));
}

/** Replaces text in an archive by other text of the same length, wherever it stands. */
const replacing =
  (from: string, to: string) =>
  (bytes: Buffer): Buffer =>
    Buffer.from(bytes.toString("latin1").replaceAll(from, to), "latin1");

/** Changes a number in every central directory record: the size that the archive claims, or its flags. */
const claiming =
  (offset: number, bytes: 2 | 4, value: number) =>
  (archive: Buffer): Buffer => {
    for (
      let at = archive.indexOf("PK\x01\x02", 0, "latin1");
      at !== -1;
      at = archive.indexOf("PK\x01\x02", at + 1, "latin1")
    ) {
      archive.writeUIntLE(value, at + offset, bytes);
    }
    return archive;
  };
const UNCOMPRESSED_SIZE = 24;
const FLAGS = 8;

const stateOutside = (): string[] => [...readdirSync(area.path), ...readdirSync(join(area.path, "outside"))];

describe("an archive", () => {
  it("holds what was packed, and gives it back", async () => {
    writeFileSync(join(workspace, "data.bin"), new Uint8Array([0, 1, 255]));
    const made = await zip()("create", "a.zip", [
      { name: "notes.txt", data: "héllo" },
      { name: "deep/data.bin", file: "data.bin" },
      { name: "empty/" },
    ]);
    expect(made.value).toEqual({ entries: 3, bytes: statSync(join(workspace, "a.zip")).size });
    expect((await zip()("list", "a.zip")).value).toMatchObject([
      { name: "notes.txt", isDirectory: false, size: 6 },
      { name: "deep/data.bin", isDirectory: false, size: 3 },
      { name: "empty/", isDirectory: true, size: 0 },
    ]);
    expect((await zip()("read", "a.zip", "notes.txt", "utf8")).value).toBe("héllo");
    expect((await zip()("read", "a.zip", "deep/data.bin")).value).toEqual(Buffer.from([0, 1, 255]));
    expect((await zip()("extract", "a.zip", "out")).value).toEqual(["out/notes.txt", "out/deep/data.bin"]);
    expect(readFileSync(join(workspace, "out", "deep", "data.bin"))).toEqual(Buffer.from([0, 1, 255]));
    expect(statSync(join(workspace, "out", "empty")).isDirectory()).toBe(true);
  });

  it("may be given as names and contents", async () => {
    expect(
      (await zip()("create", "a.zip", { "a.txt": "a", "b.txt": new Uint8Array([98]) })).value,
    ).toMatchObject({ entries: 2 });
    expect((await zip()("read", "a.zip", "b.txt", { encoding: "hex" })).value).toBe("62");
  });

  it("replaces files only when it is told to", async () => {
    await zip()("create", "a.zip", { "a.txt": "new" });
    mkdirSync(join(workspace, "out"));
    writeFileSync(join(workspace, "out", "a.txt"), "old");
    expect((await zip()("extract", "a.zip", "out")).error).toMatchObject({
      code: "EEXIST",
      path: "out/a.txt",
      syscall: "open",
    });
    expect(readFileSync(join(workspace, "out", "a.txt"), "utf8")).toBe("old");
    await zip()("extract", "a.zip", "out", { overwrite: true });
    expect(readFileSync(join(workspace, "out", "a.txt"), "utf8")).toBe("new");
    expect((await zip()("create", "a.zip", {}, { overwrite: false })).error).toMatchObject({
      code: "EEXIST",
    });
  });

  it("that is missing, damaged or no archive is an error with a code", async () => {
    expect((await zip()("list", "none.zip")).error).toMatchObject({
      code: "ENOENT",
      path: "none.zip",
      syscall: "open",
    });
    writeFileSync(join(workspace, "text.zip"), "not an archive");
    expect((await zip()("list", "text.zip")).error).toMatchObject({ name: "ZipError", code: "ZIP_INVALID" });
    await stranger({ "a.txt": "a".repeat(1000) }, {}, (bytes) => bytes.subarray(0, bytes.length - 30));
    expect((await zip()("list", "stranger.zip")).error).toMatchObject({ code: "ZIP_INVALID" });
    await zip()("create", "a.zip", { "a.txt": "a" });
    expect((await zip()("read", "a.zip", "b.txt")).error).toMatchObject({
      code: "ZIP_ENTRY_NOT_FOUND",
      entry: "b.txt",
    });
    await stranger({ "a.txt": "a" }, {}, claiming(FLAGS, 2, 1));
    expect((await zip()("read", "stranger.zip", "a.txt")).error).toMatchObject({ code: "ZIP_ENCRYPTED" });
    expect((await zip()("list", 5)).error).toMatchObject({ name: "TypeError", code: "ERR_INVALID_ARG_TYPE" });
  });

  it("is not unpacked any more when its turn comes after the execution was stopped", async () => {
    const call = zip();
    await call("create", "a.zip", { "a.txt": "a" });
    const all = Array.from({ length: 200 }, (_none, index) => call("extract", "a.zip", `out/${index}`));
    context.stop();
    context.begin();
    const failed = (await Promise.all(all)).filter(({ error }) => error !== undefined);
    expect(failed.length).toBeGreaterThanOrEqual(200 - 64);
    expect(readdirSync(join(workspace, "out")).length).toBeLessThanOrEqual(64);
    expect((await call("read", "a.zip", "a.txt", "utf8")).value).toBe("a");
  });

  it("stops being unpacked when the execution stops", async () => {
    await zip()("create", "a.zip", { "a.txt": "a".repeat(500_000) });
    const unpacking = zip()("extract", "a.zip", "out");
    context.stop();
    expect((await unpacking).error).toBeDefined();
  });
});

describe("nothing leaves the roots", () => {
  it.each([
    ["up", "XX/evil.txt", "../evil.txt"],
    ["up from inside", "a/XX/XX/evil.txt", "a/../../evil.txt"],
    ["absolute", "Xtmp/vm-workbench-evil.txt", "/tmp/vm-workbench-evil.txt"],
    ["a Windows drive", "CX/evil.txt", "C:/evil.txt"],
    ["backslashes", "XXYevil.txt", "..\\evil.txt"],
  ])("by a name that goes %s: the whole archive is refused", async (_how, harmless, evil) => {
    await stranger({ "good.txt": "good", [harmless]: "evil" }, {}, replacing(harmless, evil));
    const before = stateOutside();
    for (const call of [
      zip()("extract", "stranger.zip", "out"),
      zip()("list", "stranger.zip"),
      zip()("read", "stranger.zip", "good.txt"),
    ]) {
      expect((await call).error).toMatchObject({ code: "ZIP_UNSAFE_ENTRY" });
    }
    expect(stateOutside()).toEqual(before);
    expect(existsSync(join(workspace, "out"))).toBe(false);
    expect(existsSync("/tmp/vm-workbench-evil.txt")).toBe(false);
  });

  it("by a symbolic link in the archive", async () => {
    await stranger({ link: "../outside" }, { mode: 0o120777 });
    expect((await zip()("extract", "stranger.zip", "out")).error).toMatchObject({
      code: "ZIP_UNSAFE_ENTRY",
      entry: "link",
    });
    expect(existsSync(join(workspace, "out"))).toBe(false);
  });

  it("by a link that lies where the archive is unpacked", async () => {
    mkdirSync(join(workspace, "out"));
    symlinkSync(join(area.path, "outside"), join(workspace, "out", "dir"));
    symlinkSync(join(area.path, "outside", "file"), join(workspace, "out", "file"));
    await stranger({ "dir/evil.txt": "evil" });
    expect((await zip()("extract", "stranger.zip", "out", { overwrite: true })).error).toMatchObject({
      code: "PERMISSION_DENIED",
    });
    await stranger({ file: "evil" });
    expect((await zip()("extract", "stranger.zip", "out", { overwrite: true })).error).toMatchObject({
      code: "PERMISSION_DENIED",
    });
    expect(readdirSync(join(area.path, "outside"))).toEqual([]);
  });

  it("by the paths of the calls", async () => {
    writeFileSync(join(area.path, "outside", "secret.txt"), "secret");
    expect((await zip()("list", "../outside/a.zip")).error).toMatchObject({ code: "PERMISSION_DENIED" });
    expect((await zip()("create", "../outside/a.zip", {})).error).toMatchObject({
      code: "PERMISSION_DENIED",
    });
    expect(
      (await zip()("create", "a.zip", [{ name: "x", file: "../outside/secret.txt" }])).error,
    ).toMatchObject({ code: "PERMISSION_DENIED" });
    await zip()("create", "a.zip", { "a.txt": "a" });
    expect((await zip()("extract", "a.zip", "../outside")).error).toMatchObject({
      code: "PERMISSION_DENIED",
    });
    const readOnly = zip({ roots: [{ path: ".", access: "read" }] });
    expect((await readOnly("read", "a.zip", "a.txt", "utf8")).value).toBe("a");
    expect((await readOnly("extract", "a.zip", "out")).error).toMatchObject({ code: "PERMISSION_DENIED" });
    expect((await readOnly("create", "b.zip", {})).error).toMatchObject({ code: "PERMISSION_DENIED" });
    for (const name of ["../x", "/x", "a/../../x"]) {
      expect((await zip()("create", "a.zip", { [name]: "x" })).error).toMatchObject({
        code: "ZIP_UNSAFE_ENTRY",
      });
    }
  });
});

describe("a bomb is refused", () => {
  it("by the sizes it claims, before anything is written", async () => {
    await stranger({ "zeros.bin": Buffer.alloc(1_100_000) });
    expect((await zip()("extract", "stranger.zip", "out")).error).toMatchObject({
      code: "ZIP_TOO_LARGE",
      entry: "zeros.bin",
    });
    await stranger({ a: Buffer.alloc(900_000), b: Buffer.alloc(900_000), c: Buffer.alloc(900_000) });
    expect((await zip()("extract", "stranger.zip", "out")).error).toMatchObject({ code: "ZIP_TOO_LARGE" });
    await stranger(Object.fromEntries(Array.from({ length: 101 }, (_none, index) => [`f${index}`, ""])));
    expect((await zip()("list", "stranger.zip")).error).toMatchObject({ code: "ZIP_TOO_LARGE" });
    expect(existsSync(join(workspace, "out"))).toBe(false);
  });

  it("that claims to be small, as soon as it unpacks to more", async () => {
    await stranger({ "zeros.bin": Buffer.alloc(5_000_000) }, {}, claiming(UNCOMPRESSED_SIZE, 4, 10));
    expect((await zip()("read", "stranger.zip", "zeros.bin")).error).toMatchObject({ code: "ZIP_INVALID" });
    expect((await zip()("extract", "stranger.zip", "out")).error).toMatchObject({ code: "ZIP_INVALID" });
    expect(statSync(join(workspace, "out", "zeros.bin")).size).toBeLessThan(1_000_000);
  });

  it("that a script makes itself", async () => {
    expect((await zip()("create", "a.zip", { a: "x".repeat(3_000_000) })).error).toMatchObject({
      code: "ZIP_TOO_LARGE",
    });
    const many = Object.fromEntries(Array.from({ length: 101 }, (_none, index) => [`f${index}`, ""]));
    expect((await zip()("create", "a.zip", many)).error).toMatchObject({ code: "ZIP_TOO_LARGE" });
  });
});
