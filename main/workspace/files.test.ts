import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { SearchMatch } from "../../shared/ipc/workspace";
import { failure } from "../testing/failure";
import { temporaryFolder } from "../testing/temporary-folder";
import { WorkspaceFiles } from "./files";
import type { SearchQuery } from "./search";
import { Trash } from "./trash";
import type { FileChanges } from "./watch";

let base: string;
let root: string;
let files: WorkspaceFiles;
beforeEach(() => {
  base = temporaryFolder();
  root = join(base, "workspace");
  mkdirSync(root);
  files = new WorkspaceFiles({ workspaceRoot: root, trash: new Trash(join(base, "trash")) });
});
afterEach(() => files.dispose());

function put(path: string, content: string | Buffer = ""): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}
const text = (path: string) => readFileSync(join(root, path), "utf8");

describe("listing", () => {
  test("folders come first, by name with numbers in order, without git's own", async () => {
    for (const path of ["b10.js", "b9.js", "z/x.js", ".git/HEAD", "A/y.js", ".env"]) put(path);
    expect((await files.list("")).map((entry) => `${entry.kind} ${entry.path}`)).toEqual([
      "folder A",
      "folder z",
      "file .env",
      "file b9.js",
      "file b10.js",
    ]);
    expect(await files.list("z")).toMatchObject([{ path: "z/x.js", name: "x.js", kind: "file", size: 0 }]);
  });

  test("a link counts as what it leads to inside, and is not followed out", async () => {
    put("real/x.js");
    symlinkSync("real", join(root, "inside"));
    symlinkSync(base, join(root, "outside"));
    expect((await files.list("")).map(({ name, kind }) => [name, kind])).toEqual([
      ["inside", "folder"],
      ["real", "folder"],
      ["outside", "file"],
    ]);
    expect((await failure(files.list("outside"))).code).toBe("INVALID_PATH");
    expect((await files.list("inside")).map((entry) => entry.path)).toEqual(["inside/x.js"]);
  });

  test("a missing folder, a file and a path that leads out are refused", async () => {
    put("a.js");
    expect((await failure(files.list("gone"))).code).toBe("FILE_NOT_FOUND");
    expect((await failure(files.list("a.js"))).code).toBe("INVALID_PATH");
    expect((await failure(files.list(".."))).code).toBe("INVALID_PATH");
  });

  test("all files: what .gitignore ignores is left out, at every level", async () => {
    put(".gitignore", "out/\n*.tmp\n!keep.tmp\n");
    put("lib/.gitignore", "/local.js\n");
    for (const path of [
      "a.js",
      "out/x.js",
      "b.tmp",
      "keep.tmp",
      "lib/local.js",
      "lib/deep/local.js",
      "node_modules/x/index.js",
      ".git/config",
    ])
      put(path);
    expect(await files.all()).toEqual({
      paths: [".gitignore", "a.js", "keep.tmp", "lib/.gitignore", "lib/deep/local.js"],
      truncated: false,
    });
  });
});

describe("reading and writing", () => {
  test("what was written is read, with its hash", async () => {
    const { hash } = await files.write("new/folder/a.js", "ä\n", null);
    expect(await files.read("new/folder/../folder/a.js")).toMatchObject({
      path: "new/folder/a.js",
      content: "ä\n",
      hash,
    });
  });

  test("a byte order mark and line ends survive", async () => {
    put("a.js", "\uFEFFa\r\nb");
    const { content, hash } = await files.read("a.js");
    await files.write("a.js", content, hash);
    expect(text("a.js")).toBe("\uFEFFa\r\nb");
  });

  test("what is no text is refused", async () => {
    put("a.png", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff]));
    put("b.bin", Buffer.from([0x61, 0x00]));
    for (const path of ["a.png", "b.bin"])
      expect((await failure(files.read(path))).code).toBe("INVALID_REQUEST");
  });

  test("a file changed, deleted or made meanwhile is a conflict, and nothing is lost", async () => {
    put("a.js", "one");
    const { hash } = await files.read("a.js");
    put("a.js", "theirs");
    expect((await failure(files.write("a.js", "mine", hash))).code).toBe("FILE_CONFLICT");
    expect(text("a.js")).toBe("theirs");
    expect((await failure(files.write("a.js", "mine", null))).code).toBe("FILE_CONFLICT");
    rmSync(join(root, "a.js"));
    expect((await failure(files.write("a.js", "mine", hash))).details).toMatchObject({ deleted: true });
    await files.write("a.js", "mine");
    expect(text("a.js")).toBe("mine");
  });

  test("of two writers with the same expectation one wins and one is told", async () => {
    put("a.js", "");
    const { hash } = await files.read("a.js");
    const results = await Promise.allSettled([
      files.write("a.js", "1", hash),
      files.write("a.js", "2", hash),
    ]);
    expect(results.map((result) => result.status)).toEqual(["fulfilled", "rejected"]);
    expect(text("a.js")).toBe("1");
  });

  test("blank, folder, outside, device and read-only are refused", async () => {
    put("folder/x.js");
    put("locked.js", "locked");
    chmodSync(join(root, "locked.js"), 0o444);
    symlinkSync(join(base, "elsewhere.txt"), join(root, "link.txt"));
    for (const [path, code] of [
      ["", "FILE_NOT_FOUND"],
      [".", "FILE_NOT_FOUND"],
      ["folder", "INVALID_PATH"],
      ["../x", "INVALID_PATH"],
      ["/x", "INVALID_PATH"],
      ["a\0b", "INVALID_PATH"],
      ["NUL", "INVALID_PATH"],
      ["link.txt", "INVALID_PATH"],
      ["locked.js", "PERMISSION_DENIED"],
      ["folder/x.js/y", "FILE_NOT_FOUND"],
    ] as const) {
      expect((await failure(files.write(path, "x"))).code, path).toBe(code);
    }
    expect(text("locked.js")).toBe("locked");
    expect(existsSync(join(base, "elsewhere.txt"))).toBe(false);
    expect(readdirSync(root).sort()).toEqual(["folder", "link.txt", "locked.js"]);
  });

  test("a link that stays inside is written through, not replaced", async () => {
    put("real.js", "old");
    symlinkSync("real.js", join(root, "link.js"));
    await files.write("link.js", "new");
    expect(text("real.js")).toBe("new");
    expect(lstatSync(join(root, "link.js")).isSymbolicLink()).toBe(true);
  });

  test("folders are made once", async () => {
    await files.createFolder("a/b");
    expect((await failure(files.createFolder("a/b"))).code).toBe("FILE_CONFLICT");
    expect((await failure(files.createFolder("../b"))).code).toBe("INVALID_PATH");
  });
});

describe("renaming", () => {
  test("a file moves into folders that are made, and never over another", async () => {
    put("a.js", "a");
    put("b.js", "b");
    await files.rename("a.js", "x/y/a.js");
    expect(text("x/y/a.js")).toBe("a");
    expect((await failure(files.rename("b.js", "x/y/a.js"))).code).toBe("FILE_CONFLICT");
    expect((await failure(files.rename("gone.js", "c.js"))).code).toBe("FILE_NOT_FOUND");
    expect((await failure(files.rename("x", "x/inner"))).code).toBe("INVALID_PATH");
    expect((await failure(files.rename("b.js", "../b.js"))).code).toBe("INVALID_PATH");
    expect((await failure(files.rename("", "c"))).code).toBe("INVALID_PATH");
    expect(await files.rename("b.js", "./b.js")).toEqual([]);
  });

  test("imports follow in other scripts and in what moved, in their own style", async () => {
    put(
      "main.js",
      'const a = require("./lib/a");\nimport("./lib/b.js"); // "./lib/a"\nrequire("fs"); require("./other")',
    );
    put("other.js", "");
    put("lib/a.js", 'require("./b"); require("../other.js")');
    put("lib/b.js", "");
    put("lib/c.ts", 'import type { A } from "./a";\nexport { b } from "./b";\n');
    expect(await files.rename("lib/a.js", "deep/er/alpha.js", { updateImports: true })).toEqual([
      "deep/er/alpha.js",
      "lib/c.ts",
      "main.js",
    ]);
    expect(text("main.js")).toBe(
      'const a = require("./deep/er/alpha");\nimport("./lib/b.js"); // "./lib/a"\nrequire("fs"); require("./other")',
    );
    expect(text("deep/er/alpha.js")).toBe('require("../../lib/b"); require("../../other.js")');
    expect(text("lib/c.ts")).toBe('import type { A } from "../deep/er/alpha";\nexport { b } from "./b";\n');
  });

  test("a folder moves with its inner imports untouched", async () => {
    put("lib/a.js", 'require("./b"); require("../main")');
    put("lib/b.js", "");
    put("main.js", 'require("./lib/a"); require("./lib/b")');
    expect(await files.rename("lib", "src/lib", { updateImports: true })).toEqual([
      "src/lib/a.js",
      "main.js",
    ]);
    expect(text("src/lib/a.js")).toBe('require("./b"); require("../../main")');
    expect(text("main.js")).toBe('require("./src/lib/a"); require("./src/lib/b")');
  });

  test("without being asked, no text changes", async () => {
    put("a.js", 'require("./b")');
    put("b.js", "");
    expect(await files.rename("b.js", "c.js")).toEqual([]);
    expect(text("a.js")).toBe('require("./b")');
  });
});

describe("a name that is almost too long for the file system", () => {
  test("is no reason for an obscure error: the file stays as it was, and the sentence says what to do", async () => {
    const name = `${"a".repeat(249)}.js`;
    put(name, "old");
    const error = await failure(files.write(name, "new"));
    expect(error.code).toBe("INVALID_PATH");
    expect(error.message).toContain("too long");
    expect(text(name)).toBe("old");
  });
});

describe("deleting", () => {
  test("stays where it is, with the reason, when the trash cannot be written", async () => {
    put("a.js", "1");
    writeFileSync(join(base, "trash"), "a file is in the way");
    const error = await failure(files.trash("a.js"));
    expect(error.code).toBe("STORAGE_UNAVAILABLE");
    expect(error.message).toContain('"a.js" was not deleted');
    expect(text("a.js")).toBe("1");
  });

  test("goes to the trash and comes back, folders too", async () => {
    put("lib/a.js", "a");
    const token = await files.trash("lib");
    expect(existsSync(join(root, "lib"))).toBe(false);
    expect(await files.undoTrash(token)).toBe("lib");
    expect(text("lib/a.js")).toBe("a");
    expect((await failure(files.undoTrash(token))).code).toBe("FILE_NOT_FOUND");
  });

  test("never undoes over something new", async () => {
    put("a.js", "old");
    const token = await files.trash("a.js");
    put("a.js", "new");
    expect((await failure(files.undoTrash(token))).code).toBe("FILE_CONFLICT");
    rmSync(join(root, "a.js"));
    await files.undoTrash(token);
    expect(text("a.js")).toBe("old");
  });

  test("a token reaches nothing beside the trash", async () => {
    const planted = join(base, "planted");
    mkdirSync(join(planted, "content"), { recursive: true });
    writeFileSync(join(planted, "content", "evil.js"), "planted");
    writeFileSync(
      join(planted, "origin.json"),
      JSON.stringify({ path: join(root, "evil.js"), deletedAt: Date.now() }),
    );
    for (const token of ["../planted", planted, "", "..", "."])
      expect((await failure(files.undoTrash(token))).code).toBe("FILE_NOT_FOUND");
    expect(existsSync(join(root, "evil.js"))).toBe(false);
  });

  test("a link goes, not what it leads to; the workspace itself stays", async () => {
    writeFileSync(join(base, "precious.txt"), "x");
    symlinkSync(join(base, "precious.txt"), join(root, "link"));
    await files.trash("link");
    expect(existsSync(join(base, "precious.txt"))).toBe(true);
    expect(existsSync(join(root, "link"))).toBe(false);
    for (const path of ["", ".", "a/.."])
      expect((await failure(files.trash(path))).code).toBe("INVALID_PATH");
    expect((await failure(files.trash("gone"))).code).toBe("FILE_NOT_FOUND");
  });
});

describe("searching", () => {
  const find = async (query: Partial<SearchQuery>, signal?: AbortSignal) => {
    const matches: SearchMatch[] = [];
    const summary = await files.search(
      { query: "", regex: false, caseSensitive: false, wholeWord: false, ...query },
      (batch) => matches.push(...batch),
      signal,
    );
    return {
      summary,
      at: matches.map(({ path, line, column, length }) => `${path}:${line}:${column}+${length}`),
      matches,
    };
  };

  beforeEach(() => {
    put("a.js", "const total = 1;\r\n// Total (sum)\nsubtotal += total;\n");
    put("lib/b.md", "no match\n");
    put("out/c.js", "total");
    put(".gitignore", "out\n");
    put("picture.bin", Buffer.from("total\0"));
  });

  test("text, case, whole words and places", async () => {
    expect((await find({ query: "total" })).at).toEqual([
      "a.js:1:7+5",
      "a.js:2:4+5",
      "a.js:3:4+5",
      "a.js:3:13+5",
    ]);
    expect((await find({ query: "Total", caseSensitive: true })).at).toEqual(["a.js:2:4+5"]);
    expect((await find({ query: "total", wholeWord: true })).at).toEqual([
      "a.js:1:7+5",
      "a.js:2:4+5",
      "a.js:3:13+5",
    ]);
    expect((await find({ query: "(sum)" })).matches[0]).toMatchObject({ line: 2, text: "// Total (sum)" });
  });

  test("regular expressions, and what is none", async () => {
    expect((await find({ query: "^const|\\w+total", regex: true })).at).toEqual(["a.js:1:1+5", "a.js:3:1+8"]);
    expect((await find({ query: "x*", regex: true })).at).toEqual([]);
    expect((await failure(find({ query: "(", regex: true }))).code).toBe("VALIDATION_ERROR");
  });

  test("a catastrophic expression leaves that file out and ends", async () => {
    put("evil.txt", `${"a".repeat(60)}b`);
    const before = performance.eventLoopUtilization();
    const { summary } = await find({ query: "(a+)+$", regex: true });
    expect(summary).toMatchObject({ truncated: true, cancelled: false });
    // The application went on meanwhile.
    expect(performance.eventLoopUtilization(before).utilization).toBeLessThan(0.5);
  });

  test("stops when it is cancelled, and at ten thousand matches", async () => {
    for (let index = 0; index < 15; index++) put(`many/${index}.txt`, "x\n".repeat(900));
    expect((await find({ query: "x" })).summary).toEqual({
      matches: 10_000,
      files: 12,
      truncated: true,
      cancelled: false,
    });
    const controller = new AbortController();
    let batches = 0;
    const summary = await files.search(
      { query: "x", regex: false, caseSensitive: true, wholeWord: false },
      () => {
        batches++;
        controller.abort();
      },
      controller.signal,
    );
    expect(summary).toMatchObject({ cancelled: true });
    expect(batches).toBe(1);
  });
});

describe("watching", () => {
  test("tells folders and files that changed, and nothing of git and node_modules", async () => {
    put("a.js", "1");
    put(".git/HEAD", "");
    const seen: FileChanges[] = [];
    const watch = files.watch((changes) => seen.push(changes));
    await watch.ready;
    put(".git/HEAD", "x");
    put("node_modules/x.js", "x");
    put("lib/new.js", "x");
    put("a.js", "2");
    const all = () => ({
      folders: new Set(seen.flatMap((each) => each.folders)),
      files: new Set(seen.flatMap((each) => each.files)),
    });
    await expect.poll(() => all().files.size, { timeout: 10_000 }).toBe(2);
    expect(all()).toEqual({ folders: new Set(["", "lib"]), files: new Set(["a.js", "lib/new.js"]) });
    await watch.close();
  });
});
