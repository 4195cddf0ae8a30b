import { posix, win32 } from "node:path";
import { describe, expect, it } from "vitest";
import { findCommand, type CommandSurroundings } from "./find-command";

function windows(...programs: string[]): CommandSurroundings {
  const there = new Set(programs.map((program) => program.toLowerCase()));
  return {
    path: win32,
    searchPath: "C:\\Windows\\System32;relative\\bin;;C:\\Git\\cmd;D:\\tools",
    isProgram: (path) => there.has(path.toLowerCase()),
  };
}

describe("on Windows", () => {
  const git = windows("C:\\Git\\cmd\\git.exe", "D:\\tools\\git.exe", "relative\\bin\\git.exe");

  it.each([
    ["git", ["git"], "C:\\Git\\cmd\\git.exe"],
    ["GIT", ["git"], "C:\\Git\\cmd\\GIT.exe"],
    ["git.exe", ["git.exe"], "C:\\Git\\cmd\\git.exe"],
    ["Git.EXE", ["git.exe"], "C:\\Git\\cmd\\Git.EXE"],
    ["git", ["*"], "C:\\Git\\cmd\\git.exe"],
    ["D:\\tools\\git.exe", ["d:\\TOOLS\\git.exe"], "D:\\tools\\git.exe"],
  ])("%s, with %j listed, is %s", (command, listed, found) => {
    expect(findCommand(command, listed, git)).toBe(found);
  });

  it.each([
    ["git.exe", ["git"]],
    ["git", ["git.exe"]],
    ["C:\\Git\\cmd\\git.exe", ["git"]],
    [".\\git", ["*"]],
    ["..\\git.exe", ["*"]],
    ["tools/git", ["*"]],
    ["D:git.exe", ["git.exe", "D:\\git.exe"]],
  ])("%s is refused when %j is listed", (command, listed) => {
    expect(() => findCommand(command, listed, git)).toThrow(
      expect.objectContaining({ code: "PERMISSION_DENIED" }),
    );
  });

  it.each(["npm", "C:\\node\\npm.cmd", "C:\\node\\NPM.BAT", "C:\\node\\npm.bat. .", "C:\\node\\npm.cmd "])(
    "%s is a batch file, which needs a shell, and is refused",
    (command) => {
      const npm = windows("C:\\Git\\cmd\\npm.cmd");
      expect(() => findCommand(command, ["*"], npm)).toThrow(/batch file/);
    },
  );

  it("a program is taken before a batch file of the same name, a folder in PATH before a later one", () => {
    const both = windows("C:\\Git\\cmd\\x.cmd", "C:\\Git\\cmd\\x.exe", "D:\\tools\\x.com");
    expect(findCommand("x", ["x"], both)).toBe("C:\\Git\\cmd\\x.exe");
  });

  it("what is in no absolute folder of PATH is not there", () => {
    const relative = windows("relative\\bin\\only.exe", "only.exe");
    expect(() => findCommand("only", ["only"], relative)).toThrow(
      expect.objectContaining({ code: "ENOENT" }),
    );
  });
});

describe("elsewhere", () => {
  const around: CommandSurroundings = {
    path: posix,
    searchPath: "/usr/bin:.:bin:/opt/bin",
    isProgram: (path) => ["/opt/bin/git", "./git", "/usr/bin/run.cmd"].includes(path),
  };

  it("case matters, and endings mean nothing", () => {
    expect(findCommand("git", ["git"], around)).toBe("/opt/bin/git");
    expect(() => findCommand("Git", ["git"], around)).toThrow(
      expect.objectContaining({ code: "PERMISSION_DENIED" }),
    );
    expect(() => findCommand("run", ["*"], around)).toThrow(expect.objectContaining({ code: "ENOENT" }));
  });
});
