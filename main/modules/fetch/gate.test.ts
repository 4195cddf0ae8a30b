import type { lookup, LookupAddress } from "node:dns";
import { describe, expect, test } from "vitest";
import { configSchema, type FetchConfig } from "./config";
import { Gate } from "./gate";

const config = (given: Partial<FetchConfig>): FetchConfig => configSchema.parse(given);

/** What the gate says about a URL before anything is sent. */
function decision(origins: string[], url: string, privateAddresses: string[] = []): string {
  try {
    new Gate(config({ origins, privateAddresses })).check(new URL(url));
    return "allowed";
  } catch (error) {
    return String((error as { code?: unknown }).code);
  }
}

/** The addresses that a connection to a name may use, where the name's server answers with these. */
function addressesOf(given: Partial<FetchConfig>, hostname: string, answer: string[]): Promise<string[]> {
  const resolve = ((_name: string, _options: unknown, callback: (...args: unknown[]) => void) => {
    callback(
      null,
      answer.map((address): LookupAddress => ({ address, family: address.includes(":") ? 6 : 4 })),
    );
  }) as unknown as typeof lookup;
  return new Promise((done, refuse) => {
    new Gate(config(given), resolve).lookup(hostname, { all: true }, (error, found) => {
      if (error !== null) refuse(error);
      else done((found as LookupAddress[]).map(({ address }) => address));
    });
  });
}

describe("an origin", () => {
  test.each([
    ["https://a.example", "https://a.example/x?y#z", "allowed"],
    ["https://a.example", "https://a.example:443/", "allowed"],
    ["https://a.example", "https://a.example:8443/", "PERMISSION_DENIED"],
    ["https://a.example", "http://a.example/", "PERMISSION_DENIED"],
    ["https://a.example", "https://b.a.example/", "PERMISSION_DENIED"],
    ["https://a.example", "https://a.example.evil.example/", "PERMISSION_DENIED"],
    ["https://a.example", "https://a.example@evil.example/", "PERMISSION_DENIED"],
    ["https://a.example", "https://user:pass@a.example/", "PERMISSION_DENIED"],
    ["*", "ftp://a.example/", "PERMISSION_DENIED"],
    ["*", "file:///etc/passwd", "PERMISSION_DENIED"],
  ])("%s, asked for %s: %s", (origin, url, expected) => {
    expect(decision([origin], url)).toBe(expected);
  });

  test.each([
    ["https://*.example.com", "https://a.example.com/", "allowed"],
    ["https://*.example.com", "https://a.b.example.com/", "allowed"],
    ["https://*.example.com", "https://example.com/", "PERMISSION_DENIED"],
    ["https://*.example.com", "https://.example.com/", "PERMISSION_DENIED"],
    ["https://*.example.com", "https://aexample.com/", "PERMISSION_DENIED"],
    ["https://*.example.com", "https://a.example.com.evil.example/", "PERMISSION_DENIED"],
    ["https://*.example.com", "http://a.example.com/", "PERMISSION_DENIED"],
    ["https://*.example.com", "https://a.example.com:8443/", "PERMISSION_DENIED"],
    ["https://*.example.com:8443", "https://a.example.com:8443/", "allowed"],
  ])("with subdomains, %s, asked for %s: %s", (origin, url, expected) => {
    expect(decision([origin], url)).toBe(expected);
  });
});

describe("an address that is written out", () => {
  test.each([
    [["*"], "https://93.184.215.14/", "allowed"],
    [["*"], "http://10.0.0.5/", "PERMISSION_DENIED"],
    [["*"], "http://127.0.0.1:8080/", "PERMISSION_DENIED"],
    [["*"], "http://[::1]/", "PERMISSION_DENIED"],
    [["*"], "http://[::ffff:10.0.0.5]/", "PERMISSION_DENIED"],
    [["http://10.0.0.5:8080"], "http://10.0.0.5:8080/", "allowed"],
    // One of its services is listed; that "*" is too does not open the others.
    [["*", "http://10.0.0.5:8080"], "http://10.0.0.5:8080/", "allowed"],
    [["*", "http://10.0.0.5:8080"], "http://10.0.0.5:9090/", "PERMISSION_DENIED"],
  ])("%j, asked for %s: %s", (origins, url, expected) => {
    expect(decision(origins, url)).toBe(expected);
  });

  test("is open to every listed origin when it is a private address that the template lists", () => {
    expect(decision(["*"], "http://10.0.0.5/", ["10.0.0.5"])).toBe("allowed");
    expect(decision(["https://a.example"], "http://10.0.0.5/", ["10.0.0.5"])).toBe("PERMISSION_DENIED");
  });
});

describe("a name", () => {
  const open = { origins: ["*", "https://a.example", "http://localhost:8080"] };

  test("leads to its public addresses only", async () => {
    expect(await addressesOf(open, "a.example", ["93.184.215.14", "10.0.0.5", "fe80::1"])).toEqual([
      "93.184.215.14",
    ]);
  });

  test("that leads to private addresses alone is refused, also when its origin is listed", async () => {
    for (const answer of [["10.0.0.5"], ["127.0.0.1"], ["169.254.169.254"], ["::1", "fd00::1"]]) {
      await expect(addressesOf(open, "a.example", answer)).rejects.toMatchObject({
        code: "PERMISSION_DENIED",
      });
    }
    expect(await addressesOf({ ...open, privateAddresses: ["10.0.0.5"] }, "a.example", ["10.0.0.5"])).toEqual(
      ["10.0.0.5"],
    );
  });

  test("of this computer leads here and nowhere else, and only when it is listed", async () => {
    expect(await addressesOf(open, "localhost", ["127.0.0.1", "::1"])).toEqual(["127.0.0.1", "::1"]);
    await expect(addressesOf(open, "localhost", ["10.0.0.5"])).rejects.toMatchObject({
      code: "PERMISSION_DENIED",
    });
    await expect(addressesOf({ origins: ["*"] }, "localhost", ["127.0.0.1"])).rejects.toMatchObject({
      code: "PERMISSION_DENIED",
    });
  });
});
