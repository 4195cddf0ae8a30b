import { posix, win32 } from "node:path";
import { describe, expect, it } from "vitest";
import { diskOf, endsAsFolder, isWithin, partsOf, rootOfTarget } from "./path-text";

describe("on Windows", () => {
  it.each([
    ["C:\\ws\\a\\b.txt", ["ws", "a", "b.txt"]],
    ["C:/ws//a\\..\\b", ["ws", "a", "..", "b"]],
    ["\\\\server\\share\\x", ["x"]],
    ["C:", [""]],
  ])("%s has the parts %j", (path, parts) => expect(partsOf(path, win32)).toEqual(parts));

  it.each([
    ["C:\\ws", "C:\\ws", true],
    ["C:\\ws", "C:\\ws\\a", true],
    ["C:\\", "C:\\ws", true],
    ["C:\\ws", "C:\\ws2", false],
    ["C:\\ws", "C:\\", false],
    ["C:\\ws", "D:\\ws\\a", false],
    ["C:\\ws", "\\\\server\\ws\\a", false],
    ["\\\\server\\share\\", "\\\\server\\share\\a", true],
    ["\\\\server\\share\\", "\\\\server\\share2\\a", false],
  ])("%s holds %s: %s", (folder, path, held) => expect(isWithin(folder, path, win32)).toBe(held));

  it.each([
    ["C:\\ws", "c:/other", true],
    ["C:\\ws", "D:\\ws", false],
    ["\\\\Server\\Share\\x", "//server/share/y", true],
    ["\\\\server\\share\\x", "\\\\server\\other\\x", false],
    ["C:\\ws", "\\ws", false],
  ])("%s and %s are on one disk: %s", (one, other, same) =>
    expect(diskOf(one, win32) === diskOf(other, win32)).toBe(same),
  );

  it.each([
    ["D:\\x", "D:\\"],
    ["\\x", "C:\\"],
    ["/x", "C:\\"],
    ["\\\\server\\share\\x", "\\\\server\\share\\"],
    ["..\\x", undefined],
    ["x", undefined],
  ])("a link in C:\\ws\\a to %s counts from %s", (target, root) =>
    expect(rootOfTarget("C:\\ws\\a", target, win32)).toBe(root),
  );

  it.each([
    ["a\\", true],
    ["a/", true],
    ["a", false],
  ])("%s is meant as a folder: %s", (path, folder) => expect(endsAsFolder(path, win32)).toBe(folder));
});

describe("elsewhere", () => {
  it("a backslash is part of a name", () => {
    expect(partsOf("/ws/a\\b", posix)).toEqual(["ws", "a\\b"]);
    expect(endsAsFolder("a\\", posix)).toBe(false);
    expect(endsAsFolder("a/", posix)).toBe(true);
    expect(isWithin("/ws", "/ws\\x", posix)).toBe(false);
    expect(isWithin("/", "/x", posix)).toBe(true);
  });

  it("a link counts from the one root", () => {
    expect(rootOfTarget("/ws/a", "/x", posix)).toBe("/");
    expect(rootOfTarget("/ws/a", "../x", posix)).toBeUndefined();
  });
});
