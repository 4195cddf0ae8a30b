import fc from "fast-check";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, sep, win32 } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { WorkbenchError } from "../../shared/model/error";
import { temporaryFolder } from "../testing/temporary-folder";
import { readInside, readResolved } from "./open-file";
import { normalizeFilePath, normalizeRelative, resolveExistingFile, resolveInside } from "./paths";

let root: string;
let outside: string;
beforeEach(() => {
  const base = temporaryFolder();
  root = join(base, "workspace");
  outside = join(base, "outside");
  mkdirSync(join(root, "scripts"), { recursive: true });
  mkdirSync(outside);
  writeFileSync(join(root, "scripts", "a.js"), "1");
  writeFileSync(join(outside, "secret.txt"), "secret");
});

function codeOf(action: () => unknown): string {
  try {
    action();
    return "no error";
  } catch (error) {
    return error instanceof WorkbenchError ? error.code : String(error);
  }
}

test("a path is normalised", () => {
  expect(normalizeFilePath("a/../b.js")).toBe("b.js");
  expect(normalizeFilePath("./a//b/./c.js")).toBe("a/b/c.js");
  expect(normalizeRelative(".")).toBe("");
});

test.each(["", " ", ".", "./", "a/.."])("%j names no file", (path) => {
  expect(codeOf(() => normalizeFilePath(path))).toBe("FILE_NOT_FOUND");
});

test.each([
  ["scripts\\a.js", "scripts/a.js"],
  ["scripts\\..\\b.js", "b.js"],
  [".\\a\\\\b/c.js", "a/b/c.js"],
  ["Scripts\\A.js", "Scripts/A.js"],
  ["console.js", "console.js"],
])("on Windows %s is %s", (path, normal) => expect(normalizeRelative(path, win32)).toBe(normal));

test.each([
  "C:\\x",
  "C:x",
  "c:/x",
  "\\x",
  "/x",
  "\\\\?\\C:\\x",
  "\\\\.\\pipe\\x",
  "\\\\server\\share\\x",
  "..\\x",
  "a\\..\\..\\x",
  "a/..\\../x",
  "NUL",
  "scripts\\nul.txt",
  "con .js",
  "COM¹",
  "a.js:stream",
  "a.js::$DATA",
  "dir.\\a.js",
  "a.js ",
  "what?.js",
  "a|b",
])("on Windows %s is INVALID_PATH", (path) => {
  expect(codeOf(() => normalizeRelative(path, win32))).toBe("INVALID_PATH");
});

test.each([
  "/etc/passwd",
  "../x.js",
  "a/../../x.js",
  "..",
  "C:\\x",
  "C:x",
  "c:/x",
  "\\\\?\\C:\\x",
  "\\\\server\\share",
  "\\x",
  "..\\x",
  "a\\..\\..\\x",
  "a\0.js",
  "con",
  "CON.js",
  "scripts/nul",
  "aux.txt",
  "lpt1",
  "com1.js",
  "nul .js".replace(" ", ""),
  "NUL:",
])("%j is refused", (path) => {
  expect(codeOf(() => normalizeFilePath(path))).toBe("INVALID_PATH");
});

describe("on the disk", () => {
  test("a missing file is FILE_NOT_FOUND, a folder INVALID_PATH", () => {
    expect(codeOf(() => resolveExistingFile(root, "scripts/b.js"))).toBe("FILE_NOT_FOUND");
    expect(codeOf(() => resolveExistingFile(root, "scripts/a.js/b.js"))).toBe("FILE_NOT_FOUND");
    expect(codeOf(() => resolveExistingFile(root, "scripts"))).toBe("INVALID_PATH");
  });

  test("a symbolic link that leads out is refused, also in the middle and for files that do not exist yet", () => {
    symlinkSync(outside, join(root, "link"));
    symlinkSync(join(outside, "secret.txt"), join(root, "file-link"));
    symlinkSync(join(outside, "not-yet"), join(root, "dangling"));
    symlinkSync("loop", join(root, "loop"));
    for (const path of [
      "link/secret.txt",
      "link/new.txt",
      "link/deep/er/new.txt",
      "file-link",
      "dangling",
      "loop",
      "link/../secret.txt",
    ]) {
      const code = codeOf(() => resolveInside(root, path));
      // `link/../x` is normalised before anything is followed, so it is a file of the workspace.
      expect(code, path).toBe(path.includes("..") ? "no error" : "INVALID_PATH");
    }
  });

  test("a symbolic link that stays inside works", () => {
    symlinkSync("scripts", join(root, "link"));
    expect(resolveExistingFile(root, "link/a.js").real).toBe(join(root, "scripts", "a.js"));
    expect(readInside(root, "link/a.js").bytes.toString()).toBe("1");
  });

  test("a workspace that is itself reached through a link works", () => {
    symlinkSync(root, join(root, "..", "alias"));
    expect(resolveExistingFile(join(root, "..", "alias"), "scripts/a.js").real).toBe(
      join(root, "scripts", "a.js"),
    );
  });

  test("a workspace that is gone says so", () => {
    expect(codeOf(() => resolveInside(join(root, "gone"), "a.js"))).toBe("WORKSPACE_UNAVAILABLE");
  });

  test("whatever the path, the result is inside", () => {
    symlinkSync(outside, join(root, "link"));
    const part = fc.constantFrom(
      "..",
      ".",
      "a",
      "link",
      "scripts",
      "a.js",
      "secret.txt",
      "",
      "\\",
      "/",
      "C:",
      "\0",
      "~",
      "%2e%2e",
      "…",
      "con",
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 7 }), fc.constantFrom("/", "\\", ""), (parts, glue) => {
        let result;
        try {
          result = resolveInside(root, parts.join(glue));
        } catch (error) {
          expect(error).toBeInstanceOf(WorkbenchError);
          return;
        }
        expect(`${result.real}${sep}`.startsWith(`${root}${sep}`)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe("what was checked is what is read", () => {
  test("a folder that becomes a link in between leads nowhere", () => {
    const checked = resolveExistingFile(root, "scripts/a.js");
    writeFileSync(join(outside, "a.js"), "outside");
    rmSync(join(root, "scripts"), { recursive: true });
    symlinkSync(outside, join(root, "scripts"));
    expect(codeOf(() => readResolved(checked, 100))).toBe("INVALID_PATH");
  });

  test("a file that becomes a link in between is not followed", () => {
    const checked = resolveExistingFile(root, "scripts/a.js");
    rmSync(checked.real);
    symlinkSync(join(outside, "secret.txt"), checked.real);
    expect(codeOf(() => readResolved(checked, 100))).toBe("INVALID_PATH");
  });

  test("a file above the limit is refused, one at the limit is read", () => {
    writeFileSync(join(root, "scripts", "a.js"), "1234");
    expect(readInside(root, "scripts/a.js", 4).bytes.toString()).toBe("1234");
    expect(codeOf(() => readInside(root, "scripts/a.js", 3))).toBe("INVALID_REQUEST");
  });
});
