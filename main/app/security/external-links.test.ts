import { describe, expect, it } from "vitest";
import { externalUrl } from "./external-links";

describe("links that may leave the application", () => {
  it.each([
    ["https://example.com/a?b#c", "https://example.com/a?b#c"],
    ["HTTPS://EXAMPLE.COM", "https://example.com/"],
    ["mailto:ada@example.com", "mailto:ada@example.com"],
  ])("%s is opened", (text, url) => {
    expect(externalUrl(text)).toBe(url);
  });

  it.each([
    "http://example.com",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "data:text/html,x",
    "workbench://app/index.html",
    "vbscript:x",
    "smb://host/share",
    "ms-msdt:/id",
    "https://good.example@evil.example/",
    "https://user:pw@example.com/",
    " https://example.com",
    "https://example.com\n",
    "java\tscript:alert(1)",
    "https://",
    "",
    "example.com",
    "//example.com",
    "\\\\host\\share",
  ])("%j is not", (text) => {
    expect(externalUrl(text)).toBeUndefined();
  });
});
