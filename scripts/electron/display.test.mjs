import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { access } from "node:fs/promises";
import { describe, expect, it, vi } from "vitest";
import { hasDisplay, startVirtualDisplay } from "./display.mjs";

describe("a real display", () => {
  it("is assumed everywhere but on Linux", () => {
    expect(hasDisplay({}, "darwin")).toBe(true);
    expect(hasDisplay({}, "linux")).toBe(false);
  });

  it("is announced by X11 or by Wayland", () => {
    expect(hasDisplay({ DISPLAY: ":0" }, "linux")).toBe(true);
    expect(hasDisplay({ WAYLAND_DISPLAY: "wayland-0" }, "linux")).toBe(true);
  });
});

const hasXvfb = process.platform === "linux" && spawnSync("sh", ["-c", "command -v Xvfb"]).status === 0;

describe.skipIf(!hasXvfb)("a virtual display", () => {
  it("never takes the number of another", async () => {
    const displays = await Promise.all([startVirtualDisplay(), startVirtualDisplay()]);
    expect(displays[0].name).not.toBe(displays[1].name);
    await Promise.all(displays.map((display) => display.stop()));
  });

  it("is gone after stop, which may be called twice", async () => {
    const display = await startVirtualDisplay();
    await expect(access(socketOf(display.name))).resolves.toBeUndefined();
    await display.stop();
    await display.stop();
    await expect(access(socketOf(display.name))).rejects.toThrow("ENOENT");
  });

  it("ends with the process that started it, even when that is killed", async () => {
    const code = `
      import { startVirtualDisplay } from ${JSON.stringify(new URL("display.mjs", import.meta.url).href)};
      console.log((await startVirtualDisplay()).name);
      setInterval(() => {}, 1000);`;
    const owner = spawn(process.execPath, ["--input-type=module", "--eval", code]);
    const [name] = await once(owner.stdout, "data");
    const socket = socketOf(String(name).trim());
    await expect(access(socket)).resolves.toBeUndefined();
    owner.kill("SIGKILL");
    await vi.waitFor(() => expect(access(socket)).rejects.toThrow("ENOENT"), { timeout: 5_000 });
  });
});

/** @param {string} display */
function socketOf(display) {
  return `/tmp/.X11-unix/X${display.slice(1)}`;
}
