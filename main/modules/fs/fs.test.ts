import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { registry } from "../registry";
import { callHost, callHostAsync, type HostAnswer } from "../testing/call-host";
import { makeHostContext, makeWorkspace, type TestHostContext } from "../testing/host-context";
import type { RootGrant } from "./config";
import { createFsHost } from "./host";
import { fsModule } from "./index";

let area: ReturnType<typeof makeWorkspace>;
let workspace: string;
let context: TestHostContext;

beforeEach(() => {
  area = makeWorkspace();
  workspace = join(area.path, "workspace");
  mkdirSync(join(workspace, "data"), { recursive: true });
  mkdirSync(join(area.path, "outside"));
  writeFileSync(join(workspace, "data", "may.csv"), "a,b\n1,2\n");
  writeFileSync(join(area.path, "outside", "secret.txt"), "secret");
  context = makeHostContext(workspace);
});
afterEach(() => area.dispose());

function granted(...roots: RootGrant[]): (name: string, ...args: unknown[]) => HostAnswer {
  return callHost(createFsHost(roots, context));
}
const everything: RootGrant = { path: ".", access: "read-write" };
const code = (answer: HostAnswer): unknown => answer.error?.["code"];

describe("what a template grants", () => {
  it("is, when it says nothing, to read the workspace and to write nothing", () => {
    expect(fsModule.configSchema.parse({})).toEqual({ roots: [{ path: ".", access: "read" }] });
    const call = granted({ path: ".", access: "read" });
    expect(call("readFileSync", "data/may.csv", "utf8").value).toBe("a,b\n1,2\n");
    for (const attempt of [
      call("writeFileSync", "x", ""),
      call("appendFileSync", "data/may.csv", "x"),
      call("mkdirSync", "x"),
      call("unlinkSync", "data/may.csv"),
      call("renameSync", "data/may.csv", "x"),
      call("copyFileSync", "data/may.csv", "x"),
      call("rmSync", "data", { recursive: true }),
      call("mkdtempSync", "x-"),
      call("accessSync", "data/may.csv", 2),
      call("readFileSync", "data/may.csv", { flag: "w+" }),
      call("readFileSync", "data/may.csv", { flag: 0o1000 | 0o2 }),
    ]) {
      expect(code(attempt)).toBe("PERMISSION_DENIED");
    }
    expect(readFileSync(join(workspace, "data", "may.csv"), "utf8")).toBe("a,b\n1,2\n");
  });

  it("is nothing at all without a root", () => {
    const call = granted();
    expect(code(call("readFileSync", "data/may.csv"))).toBe("PERMISSION_DENIED");
    expect(call("existsSync", "data/may.csv").value).toBe(false);
  });

  it("is decided by the most specific root", () => {
    const call = granted(everything, { path: "data", access: "read" });
    expect(call("writeFileSync", "free.txt", "").error).toBeUndefined();
    expect(code(call("writeFileSync", "data/new.txt", ""))).toBe("PERMISSION_DENIED");
    expect(code(call("writeFileSync", "./data/../data/new.txt", ""))).toBe("PERMISSION_DENIED");
  });

  it("is the stricter of two roots for one folder, in whichever order they stand", () => {
    const reads = { path: "data", access: "read" } as const;
    const writes = { path: "./data/", access: "read-write" } as const;
    for (const call of [granted(reads, writes), granted(writes, reads)]) {
      expect(call("readFileSync", "data/may.csv", "utf8").value).toBe("a,b\n1,2\n");
      expect(code(call("writeFileSync", "data/new.txt", ""))).toBe("PERMISSION_DENIED");
    }
  });

  it("cannot be gone around by moving a read-only folder, or what holds it", () => {
    mkdirSync(join(workspace, "a", "locked"), { recursive: true });
    const call = granted(everything, { path: "a/locked", access: "read" });
    expect(code(call("renameSync", "a/locked", "b"))).toBe("PERMISSION_DENIED");
    expect(code(call("renameSync", "a", "b"))).toBe("PERMISSION_DENIED");
    expect(code(call("rmSync", "a", { recursive: true }))).toBe("PERMISSION_DENIED");
  });

  it("does not include the granted folder's own place", () => {
    const call = granted({ path: "data", access: "read-write" });
    expect(code(call("rmSync", "data", { recursive: true }))).toBe("PERMISSION_DENIED");
    expect(code(call("renameSync", "data", "data/x"))).toBe("PERMISSION_DENIED");
  });

  it("may be a single file, or an absolute path", () => {
    const call = granted(
      { path: "data/may.csv", access: "read" },
      { path: join(area.path, "outside"), access: "read" },
    );
    expect(call("readFileSync", "data/may.csv", "utf8").value).toBe("a,b\n1,2\n");
    expect(code(call("readdirSync", "data"))).toBe("PERMISSION_DENIED");
    expect(call("readFileSync", join(area.path, "outside", "secret.txt"), "utf8").value).toBe("secret");
  });

  it("is not widened by a root that is a link out of the workspace, or becomes one", () => {
    symlinkSync(join(area.path, "outside"), join(workspace, "shared"));
    expect(code(granted({ path: "shared", access: "read" })("readFileSync", "shared/secret.txt"))).toBe(
      "PERMISSION_DENIED",
    );
    const call = granted({ path: "data", access: "read" });
    call("readdirSync", "data");
    rmSync(join(workspace, "data"), { recursive: true });
    symlinkSync(join(area.path, "outside"), join(workspace, "data"));
    expect(code(call("readFileSync", "data/secret.txt"))).toBe("PERMISSION_DENIED");
  });

  it("is not moved by putting a link to another folder of the workspace in a root's place", () => {
    mkdirSync(join(workspace, "private"));
    writeFileSync(join(workspace, "private", "key"), "secret");
    const call = granted({ path: "data", access: "read" });
    call("readdirSync", "data");
    rmSync(join(workspace, "data"), { recursive: true });
    symlinkSync("private", join(workspace, "data"));
    for (const path of ["data/key", "private/key"]) {
      expect(code(call("readFileSync", path))).toBe("PERMISSION_DENIED");
    }
  });

  it("may name a folder that is made later", () => {
    const call = granted({ path: "out", access: "read-write" });
    expect(code(call("writeFileSync", "out/a.txt", ""))).toBe("ENOENT");
    mkdirSync(join(workspace, "out"));
    expect(call("writeFileSync", "out/a.txt", "").error).toBeUndefined();
  });

  it("is refused by the schema when it goes up or holds NUL, and unknown fields are", () => {
    for (const config of [
      { roots: [{ path: "../x" }] },
      { roots: [{ path: "a\0b" }] },
      { roots: [{ path: "" }] },
      { root: "." },
      { roots: [{ path: ".", access: "all" }] },
    ]) {
      expect(fsModule.configSchema.safeParse(config).success).toBe(false);
    }
  });
});

describe("a mode that makes Node's own assertions end the process", () => {
  it.each([4294967295, 2147483648, "37777777777"])("%j is taken for its lowest twelve bits", (mode) => {
    const call = granted(everything);
    expect(call("mkdirSync", `made-${mode}`, mode).error).toBeUndefined();
    expect(call("mkdirSync", `deep-${mode}/x`, { recursive: true, mode }).error).toBeUndefined();
    expect(call("writeFileSync", `file-${mode}`, "text", { mode }).error).toBeUndefined();
    expect(call("appendFileSync", `file-${mode}`, "text", { mode }).error).toBeUndefined();
  });
});

describe("a link inside the workspace", () => {
  it("works when it stays inside, also as the target of a write", () => {
    symlinkSync("data/may.csv", join(workspace, "latest"));
    symlinkSync("new.txt", join(workspace, "dangling"));
    const call = granted(everything);
    expect(call("readFileSync", "latest", "utf8").value).toBe("a,b\n1,2\n");
    call("writeFileSync", "dangling", "made");
    expect(readFileSync(join(workspace, "new.txt"), "utf8")).toBe("made");
  });

  it("is removed and renamed itself, wherever it leads", () => {
    symlinkSync(join(area.path, "outside"), join(workspace, "leads-out"));
    const call = granted(everything);
    expect(call("renameSync", "leads-out", "renamed").error).toBeUndefined();
    expect(call("lstatSync", "renamed").error).toBeUndefined();
    expect(call("rmSync", "renamed", { recursive: true }).error).toBeUndefined();
    expect(existsSync(join(area.path, "outside", "secret.txt"))).toBe(true);
  });

  it("is removed with the folder that holds it, and what it leads to stays", () => {
    mkdirSync(join(workspace, "tree", "deep"), { recursive: true });
    symlinkSync(join(area.path, "outside"), join(workspace, "tree", "deep", "out"));
    expect(granted(everything)("rmSync", "tree", { recursive: true }).error).toBeUndefined();
    expect(existsSync(join(workspace, "tree"))).toBe(false);
    expect(existsSync(join(area.path, "outside", "secret.txt"))).toBe(true);
  });

  it("`link/..` is the parent of what the link leads to", () => {
    mkdirSync(join(workspace, "data", "deep"));
    symlinkSync("data/deep", join(workspace, "short"));
    expect(granted(everything)("readFileSync", "short/../may.csv", "utf8").value).toBe("a,b\n1,2\n");
  });
});

describe("errors", () => {
  it("name the path as the script wrote it, the call and Node's code, and no path of the host", () => {
    const { error } = granted(everything)("readFileSync", "./data//nothing.txt");
    expect(error).toMatchObject({
      code: "ENOENT",
      syscall: "open",
      path: "./data//nothing.txt",
      message: "ENOENT: no such file or directory, open './data//nothing.txt'",
    });
    expect(JSON.stringify(error)).not.toContain("/proc/");
  });

  it("of a refusal carry PERMISSION_DENIED, path and call", () => {
    expect(granted(everything)("renameSync", "data/may.csv", "../x").error).toMatchObject({
      code: "PERMISSION_DENIED",
      syscall: "rename",
      path: "../x",
    });
  });

  it("of a malformed bridge call are INVALID_REQUEST", () => {
    const host = createFsHost([everything], context);
    for (const forged of [
      {},
      { is: "path" },
      { is: "url" },
      { href: "file:///etc/passwd", protocol: "file:" },
      { is: "array" },
      { is: "object" },
    ]) {
      const read = host.functions["readFileSync"] as unknown as (path: unknown) => unknown;
      expect(() => read(forged)).toThrowError(expect.objectContaining({ code: "INVALID_REQUEST" }));
    }
  });
});

describe("what is no ordinary file", () => {
  it.skipIf(process.platform === "win32")("is refused at once and blocks nothing: a named pipe", async () => {
    execFileSync("mkfifo", [join(workspace, "pipe")]);
    const host = createFsHost([everything], context);
    expect(code(callHost(host)("readFileSync", "pipe"))).toBe("PERMISSION_DENIED");
    expect(code(callHost(host)("writeFileSync", "pipe", "x"))).toBe("PERMISSION_DENIED");
    expect(code(await callHostAsync(host)("readFile", "pipe"))).toBe("PERMISSION_DENIED");
    expect(callHost(host)("lstatSync", "pipe").error).toBeUndefined();
  });

  it("a number is no open file of the application", () => {
    for (const descriptor of [0, 1, 2, 3, 17, 20]) {
      expect(code(granted(everything)("readFileSync", descriptor))).toBe("EBADF");
      expect(code(granted(everything)("writeFileSync", descriptor, "x"))).toBe("EBADF");
    }
  });
});

describe("calls", () => {
  it("take paths as bytes and as file URLs", () => {
    const call = granted(everything);
    expect(call("readFileSync", new TextEncoder().encode("data/may.csv"), "utf8").value).toBe("a,b\n1,2\n");
    expect(call("readFileSync", pathToFileURL(join(workspace, "data", "may.csv")), "utf8").value).toBe(
      "a,b\n1,2\n",
    );
    expect(code(call("readFileSync", pathToFileURL(join(area.path, "outside", "secret.txt"))))).toBe(
      "PERMISSION_DENIED",
    );
    expect(code(call("readFileSync", new URL("https://example.org/x")))).toBe("ERR_INVALID_URL_SCHEME");
  });

  it("leave a file as it was when their arguments are wrong", () => {
    const call = granted(everything);
    for (const args of [
      [{}],
      ["x", "no-such-encoding"],
      ["x", { flag: "?" }],
      ["x", { mode: "999" }],
      ["x", 5],
    ]) {
      expect(code(call("writeFileSync", "data/may.csv", ...args))).toMatch(/^ERR_INVALID_ARG/);
    }
    expect(readFileSync(join(workspace, "data", "may.csv"), "utf8")).toBe("a,b\n1,2\n");
  });

  it("set the mode of what they make", () => {
    granted(everything)("writeFileSync", "private.txt", "x", { mode: 0o600 });
    expect(statSync(join(workspace, "private.txt")).mode & 0o777).toBe(0o600);
  });

  it.skipIf(process.getuid?.() === 0)("report what the operating system forbids", () => {
    chmodSync(join(workspace, "data", "may.csv"), 0);
    expect(code(granted(everything)("readFileSync", "data/may.csv"))).toBe("EACCES");
  });

  it("that wait for their turn do not begin any more when the execution was stopped", async () => {
    const call = callHostAsync(createFsHost([everything], context));
    const all = Array.from({ length: 200 }, (_none, index) => call("writeFile", `data/${index}.txt`, "x"));
    context.stop();
    context.begin();
    const failed = (await Promise.all(all)).filter(({ error }) => error !== undefined);
    expect(failed.length).toBeGreaterThanOrEqual(200 - 64);
    expect(existsSync(join(workspace, "data", "199.txt"))).toBe(false);
    expect((await call("readFile", "data/may.csv", "utf8")).value).toBe("a,b\n1,2\n");
  });

  it("that read in the background end with the execution", async () => {
    writeFileSync(join(workspace, "large.bin"), Buffer.alloc(8 * 1024 * 1024));
    const reading = callHostAsync(createFsHost([everything], context))("readFile", "large.bin");
    context.stop();
    expect((await reading).error).toMatchObject({ name: "AbortError" });
  });
});

it("the registry has fs under both names", () => {
  expect(registry.find("node:fs")).toBe(fsModule);
});
