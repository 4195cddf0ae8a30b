import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CONTENT_SECURITY_POLICY, resolvePageAsset } from "./page-assets";
import { isLocalRequest } from "./network-rules";
import { isPermissionGranted } from "./permission-rules";

let base: string;
let folder: string;

beforeAll(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), "page-")));
  folder = join(base, "page");
  mkdirSync(join(folder, "assets"), { recursive: true });
  writeFileSync(join(folder, "index.html"), "<!doctype html>");
  writeFileSync(join(folder, "assets", "a b.js"), "1");
  writeFileSync(join(base, "secret.txt"), "secret");
  symlinkSync(join(base, "secret.txt"), join(folder, "link.txt"));
});

afterAll(() => rmSync(base, { recursive: true }));

describe("the page's own scheme", () => {
  it("serves the page and its assets", async () => {
    expect(await resolvePageAsset(folder, "workbench://app/")).toBe(join(folder, "index.html"));
    expect(await resolvePageAsset(folder, "workbench://app/index.html?x#y")).toBe(join(folder, "index.html"));
    expect(await resolvePageAsset(folder, "workbench://app/assets/a%20b.js")).toBe(
      join(folder, "assets", "a b.js"),
    );
  });

  it.each([
    "workbench://app/../secret.txt",
    "workbench://app/%2e%2e/secret.txt",
    "workbench://app/%2E%2E%2fsecret.txt",
    "workbench://app/..%5csecret.txt",
    "workbench://app/..\\secret.txt",
    "workbench://app/assets/%00",
    "workbench://app/index.html%00.js",
    "workbench://app/link.txt",
    "workbench://app/assets",
    "workbench://app/missing.js",
    "workbench://other/index.html",
    "workbench://app.example/index.html",
    "file:///etc/passwd",
    "workbench://app/%zz",
    "workbench://app/C:/windows/win.ini",
  ])("answers 404 to %s", async (url) => {
    const file = await resolvePageAsset(folder, url);
    // A folder resolves but cannot be read as a file; everything else resolves to nothing.
    expect(file === undefined || file === join(folder, "assets")).toBe(true);
  });

  it("forbids everything that the page does not need", () => {
    expect(CONTENT_SECURITY_POLICY).toContain("default-src 'none'");
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe-eval|script-src[^;]*unsafe|https?:|\*/);
  });

  it("keeps the page off the network", () => {
    for (const url of [
      "https://example.com/",
      "http://127.0.0.1/",
      "ws://localhost/",
      "ftp://x/",
      "file:///etc/passwd",
      "junk",
    ]) {
      expect(isLocalRequest(url), url).toBe(false);
    }
    expect(isLocalRequest("workbench://app/index.html")).toBe(true);
  });

  it("grants no web permission but copying", () => {
    for (const permission of [
      "media",
      "geolocation",
      "notifications",
      "clipboard-read",
      "hid",
      "usb",
      "openExternal",
      "fullscreen",
    ]) {
      expect(isPermissionGranted(permission), permission).toBe(false);
    }
    expect(isPermissionGranted("clipboard-sanitized-write")).toBe(true);
  });
});
