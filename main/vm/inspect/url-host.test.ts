import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestSession, type TestSession } from "../testing";

let session: TestSession;
beforeAll(async () => {
  session = await openTestSession({
    modules: { url: {} },
    template: { limits: { cpuMs: 20_000, wallMs: 20_000 } },
  });
  await session.repl(`
    const { domainToASCII, domainToUnicode, fileURLToPath } = require("url");
    // 300,000 different letters keep Node busy for minutes.
    let name = "";
    for (let i = 0; i < 300000; i++) name += String.fromCodePoint(0x4e00 + (i * 7919) % 20000);
    const code = (run) => { try { run(); return "made"; } catch (error) { return error.code; } };`);
});
afterAll(() => session.dispose());

describe("a host for which the native parser would need minutes", () => {
  test.each<[string, unknown]>([
    ["code(() => new URL('http://' + name))", "ERR_INVALID_URL"],
    ["code(() => new URL('  ht\\ntp:\\\\user:pw@' + name + ':80/path'))", "ERR_INVALID_URL"],
    ["code(() => new URL('//' + name, 'https://example.com'))", "ERR_INVALID_URL"],
    ["code(() => new URL('x', 'wss://' + name))", "ERR_INVALID_URL"],
    ["code(() => new URL('file://' + name))", "ERR_INVALID_URL"],
    ["code(() => { new URL('http://a').href = 'http://' + name })", "ERR_INVALID_URL"],
    ["const a = new URL('http://a/'); a.host = name; a.hostname = name; a.href", "http://a/"],
    ["URL.canParse('http://' + name)", false],
    ["domainToASCII(name) + domainToUnicode(name)", ""],
    ["code(() => fileURLToPath('file://' + name))", "ERR_INVALID_URL"],
    ["code(() => require('file://' + name))", "INVALID_PATH"],
  ])("is refused before it begins: %s", async (code, value) => {
    expect(await session.repl(code)).toMatchObject({ status: "ok", result: { json: value } });
  });

  test("is nothing that other long URLs have", async () => {
    const { result } = await session.repl(`[
      new URL("http://a/" + "x".repeat(1e5)).href.length,
      new URL("http://" + "u".repeat(1e5) + "@a/").username.length,
      new URL("data:text/plain," + "x".repeat(1e5)).href.length,
      new URL("x".repeat(1e5), "http://a/").href.length,
      new URL("http://a/?" + "x".repeat(1e5)).search.length,
      new URL("http://" + "a.".repeat(900)).hostname.length,
    ]`);
    expect(result?.json).toEqual([100_009, 100_000, 100_016, 100_009, 100_001, 1800]);
  });
});
