import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeHostContext, makeWorkspace } from "../testing/host-context";
import { callHost } from "../testing/call-host";
import { createFsHost } from "./host";
import { HOSTILE_LINKS, hostilePaths } from "./hostile-paths";
import { windowsRefusal } from "./windows-names";

const SECRET = "the-secret-outside";
const area = makeWorkspace();
const workspace = join(area.path, "workspace");
const outside = join(area.path, "outside");
const host = createFsHost([{ path: ".", access: "read-write" }], makeHostContext(workspace));
const call = callHost(host);

function fill(): void {
  mkdirSync(join(workspace, "data"), { recursive: true });
  mkdirSync(outside, { recursive: true });
  writeFileSync(join(workspace, "data.txt"), "inside");
  writeFileSync(join(outside, "secret.txt"), SECRET);
  for (const [name, target] of Object.entries(HOSTILE_LINKS)) {
    const to = target.replace("OUTSIDE_NAME", basename(outside)).replace("OUTSIDE", outside);
    symlinkSync(to, join(workspace, name));
  }
}

/** Everything outside the workspace, as one comparable text. */
function stateOutside(): string {
  return JSON.stringify([
    readdirSync(dirname(outside)).sort(),
    readdirSync(outside).sort(),
    readFileSync(join(outside, "secret.txt"), "utf8"),
  ]);
}

beforeAll(fill);
afterAll(() => area.dispose());

describe("hostile paths do not leave the roots", () => {
  const corpus = hostilePaths(workspace, outside);
  const reading = [
    "readFileSync",
    "readdirSync",
    "statSync",
    "lstatSync",
    "accessSync",
    "existsSync",
  ] as const;

  it("are at least 300", () => expect(corpus.length).toBeGreaterThanOrEqual(300));

  it("read nothing that is outside, and say nothing about it", () => {
    const outsideIno = String(readFileSync(join(outside, "secret.txt")).length);
    for (const path of corpus) {
      for (const name of reading) {
        const answer = call(name, path);
        const text = JSON.stringify(answer);
        expect(text, `${name} ${JSON.stringify(path)}`).not.toContain(SECRET);
        expect(text, `${name} ${JSON.stringify(path)}`).not.toContain('secret.txt","kind');
        expect(text).not.toMatch(/root:x:0/);
        if (answer.error !== undefined)
          expect(answer.error["code"], `${name} ${JSON.stringify(path)}`).not.toBe("INTERNAL");
        expect(outsideIno).toBe(String(SECRET.length));
      }
    }
  });

  it("answer the same whether or not something is there", () => {
    for (const folder of [outside, "../outside", "link-to-outside"]) {
      for (const name of ["readFileSync", "statSync", "readdirSync", "accessSync"]) {
        const there = call(name, `${folder}/secret.txt`).error;
        const nowhere = call(name, `${folder}/nothing.txt`).error;
        expect(there?.["code"]).toBe("PERMISSION_DENIED");
        expect(nowhere?.["code"]).toBe("PERMISSION_DENIED");
      }
      expect(call("existsSync", `${folder}/secret.txt`).value).toBe(false);
    }
  });

  it("write, make, move and remove nothing outside", () => {
    const before = stateOutside();
    for (const path of corpus) {
      for (const [name, ...rest] of [
        ["writeFileSync", "x"],
        ["appendFileSync", "x"],
        ["mkdirSync"],
        ["mkdirSync", { recursive: true }],
        ["unlinkSync"],
        ["mkdtempSync"],
        ["renameSync", "moved"],
        ["copyFileSync", "copied"],
      ] as [string, ...unknown[]][]) {
        call(name, path, ...rest);
      }
      call("renameSync", "data.txt", path);
      writeFileSync(join(workspace, "data.txt"), "inside");
      call("copyFileSync", "data.txt", path);
      expect(stateOutside(), JSON.stringify(path)).toBe(before);
    }
    for (const path of corpus) call("rmSync", path, { recursive: true, force: true });
    expect(stateOutside()).toBe(before);
    expect(existsSync(workspace)).toBe(true);
  });
});

describe("on Windows", () => {
  it.each([
    "CON",
    "nul.txt",
    "data\\AUX",
    "COM1",
    "com¹",
    "LPT9.log",
    "con .txt",
    "nul:",
    "CLOCK$",
    "a.txt:stream",
    "x::$DATA",
    "\\\\?\\C:\\x",
    "\\\\.\\pipe\\x",
    "//?/C:/x",
    "C:x",
    "dir. \\x",
    "name.",
    "CONIN$",
  ])("%s is refused by its text alone", (path) => expect(windowsRefusal(path)).toBeTypeOf("string"));
  it.each([
    "data\\may.csv",
    "C:\\ws\\a.txt",
    "..\\x",
    "./a/b",
    "\\\\server\\share\\x",
    "console.txt",
    "com10.txt",
    "auxiliary",
  ])("%s is an ordinary path", (path) => expect(windowsRefusal(path)).toBeUndefined());
});
