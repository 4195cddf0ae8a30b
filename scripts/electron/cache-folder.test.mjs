import path from "node:path";
import { describe, expect, it } from "vitest";
import { electronCacheFolder } from "./cache-folder.mjs";

const home = path.resolve("/home/someone");

describe("the folder for runtimes", () => {
  it("follows XDG_CACHE_HOME", () => {
    const env = { XDG_CACHE_HOME: path.resolve("/var/cache") };
    const folder = electronCacheFolder({ env, platform: "linux", home });
    expect(folder).toBe(path.resolve("/var/cache/vm-workbench/electron"));
  });

  it("ignores a relative XDG_CACHE_HOME, as its rules demand", () => {
    const folder = electronCacheFolder({ env: { XDG_CACHE_HOME: "cache" }, platform: "linux", home });
    expect(folder).toBe(path.join(home, ".cache/vm-workbench/electron"));
  });

  it("is where macOS and Windows keep caches", () => {
    expect(electronCacheFolder({ env: {}, platform: "darwin", home })).toBe(
      path.join(home, "Library/Caches/vm-workbench/electron"),
    );
    const env = { LOCALAPPDATA: path.resolve("/local") };
    expect(electronCacheFolder({ env, platform: "win32", home })).toBe(
      path.resolve("/local/vm-workbench/electron"),
    );
  });
});
