import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openTestSession, type TestSession } from "../../vm/testing";
import { isPublicAddress } from "./addresses";

let server: Server;
let other: Server;
let origin: string;
let otherOrigin: string;
const seen: IncomingMessage[] = [];
const closed: string[] = [];

const routes: Record<string, (request: IncomingMessage, response: ServerResponse) => void> = {
  "/json": (_request, response) =>
    response.setHeader("content-type", "application/json").end('{"name":"Ada","n":[1,2]}'),
  "/missing": (_request, response) => response.writeHead(404, "Not Here").end("no"),
  "/gzip": (_request, response) =>
    response.setHeader("content-encoding", "gzip").end(gzipSync("unpacked text")),
  "/br": (_request, response) =>
    response.setHeader("content-encoding", "br").end(brotliCompressSync("brotli text")),
  "/bomb": (_request, response) =>
    response.setHeader("content-encoding", "gzip").end(gzipSync(Buffer.alloc(50_000_000))),
  "/chunked": (_request, response) => {
    response.write("one ");
    response.write("two ");
    response.end("three");
  },
  "/large": (_request, response) => response.end(Buffer.alloc(200_000)),
  "/endless": (request, response) => {
    const more = (): void =>
      void (response.write(Buffer.alloc(65_536)) ? setImmediate(more) : response.once("drain", more));
    more();
    request.on("close", () => response.destroy());
  },
  "/bytes": (_request, response) => response.end(Buffer.from([0, 1, 254, 255])),
  "/cookies": (_request, response) => response.setHeader("set-cookie", ["a=1", "b=2"]).end(),
  "/never": (request) => request.socket.on("close", () => closed.push(request.url ?? "")),
  "/slow": (request, response) => {
    response.write("some");
    request.socket.on("close", () => closed.push(request.url ?? ""));
  },
  "/to-json": (_request, response) => response.writeHead(302, { location: "/json" }).end(),
  "/to-other": (_request, response) => response.writeHead(302, { location: `${otherOrigin}/secret` }).end(),
  "/to-private": (_request, response) => response.writeHead(302, { location: "http://10.0.0.1/" }).end(),
  "/to-file": (_request, response) => response.writeHead(302, { location: "file:///etc/passwd" }).end(),
  "/loop": (_request, response) => response.writeHead(302, { location: "/loop" }).end(),
  "/see-other": (_request, response) => response.writeHead(303, { location: "/echo" }).end(),
  "/keep": (_request, response) => response.writeHead(307, { location: "/echo" }).end(),
  "/echo": (request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () =>
      response.end(
        JSON.stringify({
          method: request.method,
          body,
          type: request.headers["content-type"] ?? null,
          key: request.headers["x-key"] ?? null,
        }),
      ),
    );
  },
  "/secret": (request, response) => response.end(JSON.stringify(request.headers.authorization ?? null)),
};

function listen(): Promise<Server> {
  const made = createServer((request, response) => {
    seen.push(request);
    const route = routes[request.url ?? ""];
    if (route === undefined) response.writeHead(500).end();
    else route(request, response);
  });
  return new Promise((resolve) => made.listen(0, "127.0.0.1", () => resolve(made)));
}

beforeAll(async () => {
  [server, other] = await Promise.all([listen(), listen()]);
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  otherOrigin = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
});

afterAll(() => {
  for (const one of [server, other]) {
    one.closeAllConnections();
    one.close();
  }
});

let session: TestSession | undefined;
afterEach(async () => {
  await session?.dispose({ leaks: "ignore" });
  session = undefined;
  seen.length = 0;
  closed.length = 0;
});

async function lines(
  code: string,
  config: Record<string, unknown> = { origins: [origin] },
  limits = {},
): Promise<readonly string[]> {
  session = await openTestSession({
    modules: { fetch: config as Record<string, never> },
    template: { limits },
  });
  const outcome = await session.run(
    `const { fetch, client } = require("fetch"); const at = ${JSON.stringify(origin)}; ${code}`,
  );
  if (outcome.error !== undefined)
    return [...session.lines, `${outcome.error.code ?? outcome.error.name}: ${outcome.error.message}`];
  return session.lines;
}

const failing = (call: string): string =>
  `try { await ${call}; console.log("allowed"); } catch (error) { console.log(error.code ?? error.name); }`;

describe("answers", () => {
  test("status, headers, text, json and bytes", async () => {
    expect(
      await lines(`
        const r = await fetch(at + "/json"); console.log(r.ok, r.status, r.headers.get("Content-Type"), r.redirected, r.url === at + "/json", (await r.json()).n, await r.text());
        const m = await fetch(new URL("/missing", at)); console.log(m.ok, m.status, m.statusText);
        console.log(await (await fetch(at + "/bytes")).bytes());
        console.log((await fetch(at + "/cookies")).headers.getSetCookie());`),
    ).toEqual([
      'true 200 application/json false true [ 1, 2 ] {"name":"Ada","n":[1,2]}',
      "false 404 Not Here",
      "Uint8Array(4) [ 0, 1, 254, 255 ]",
      "[ 'a=1', 'b=2' ]",
    ]);
  });

  test("gzip, brotli and chunks are put together", async () => {
    expect(
      await lines(
        `for (const p of ["/gzip", "/br", "/chunked"]) console.log(await (await fetch(at + p)).text());`,
      ),
    ).toEqual(["unpacked text", "brotli text", "one two three"]);
  });

  test("a client has a base, headers and JSON bodies", async () => {
    expect(
      await lines(`const api = client({ baseUrl: at, headers: { "x-key": "k" } });
        console.log(await (await api.post("/echo", { a: 1 })).text());
        console.log(await (await api.put("echo", "text")).text());
        console.log(await (await fetch(at + "/echo", { method: "post", body: new URLSearchParams({ q: "ä" }) })).text());
        ${failing(`fetch(at, { foo: 1 })`)} ${failing(`fetch(at, { body: "x" })`)} ${failing(`fetch(at, { headers: { "a b": "c" } })`)} ${failing(`fetch(at, { headers: { a: "b\\r\\nc: d" } })`)} ${failing(`fetch("nonsense")`)}`),
    ).toEqual([
      '{"method":"POST","body":"{\\"a\\":1}","type":"application/json","key":"k"}',
      '{"method":"PUT","body":"text","type":"text/plain;charset=UTF-8","key":"k"}',
      '{"method":"POST","body":"q=%C3%A4","type":"application/x-www-form-urlencoded;charset=UTF-8","key":null}',
      "TypeError",
      "TypeError",
      "TypeError",
      "TypeError",
      expect.stringMatching(/TypeError|ERR_INVALID_URL/),
    ]);
  });
});

describe("where requests may go", () => {
  test("nothing is reached unless it is listed", async () => {
    expect(await lines(failing(`fetch(at + "/json")`), {})).toEqual(["PERMISSION_DENIED"]);
    expect(seen).toHaveLength(0);
  });

  test("every redirect is checked again", async () => {
    expect(
      await lines(`const r = await fetch(at + "/to-json"); console.log(r.redirected, r.status, r.url.endsWith("/json"));
        ${["/to-other", "/to-private", "/to-file", "/loop"].map((path) => failing(`fetch(at + "${path}")`)).join("\n")}
        console.log((await fetch(at + "/to-other", { redirect: "manual" })).status); ${failing(`fetch(at + "/to-json", { redirect: "error" })`)}
        console.log(await (await fetch(at + "/see-other", { method: "POST", body: "x" })).text(), await (await fetch(at + "/keep", { method: "POST", body: "x" })).text());`),
    ).toEqual([
      "true 200 true",
      "PERMISSION_DENIED",
      "PERMISSION_DENIED",
      "PERMISSION_DENIED",
      "TOO_MANY_REDIRECTS",
      "302",
      "REDIRECT_REFUSED",
      '{"method":"GET","body":"","type":null,"key":null} {"method":"POST","body":"x","type":"text/plain;charset=UTF-8","key":null}',
    ]);
  });

  test("a redirect to another listed origin does not take secrets along", async () => {
    expect(
      await lines(
        `console.log(await (await fetch(at + "/to-other", { headers: { authorization: "Bearer s" } })).text());`,
        { origins: [origin, otherOrigin] },
      ),
    ).toEqual(["null"]);
  });

  test("private addresses need to be listed, whatever the name", async () => {
    const port = new URL(origin).port;
    expect(await lines(failing(`fetch("${origin}/json")`), { origins: ["*"] })).toEqual([
      "PERMISSION_DENIED",
    ]);
    expect(await lines(failing(`fetch("http://localhost:${port}/json")`), { origins: ["*"] })).toEqual([
      "PERMISSION_DENIED",
    ]);
    expect(
      await lines(failing(`fetch("http://localhost:${port}/json")`), {
        origins: [`http://localhost:${port}`],
      }),
    ).toEqual(["allowed"]);
    expect(
      await lines(failing(`fetch("http://localhost:${port}/json")`), {
        origins: ["*"],
        privateAddresses: ["127.0.0.1", "::1"],
      }),
    ).toEqual(["allowed"]);
    const spellings = [
      `http://127.1:${port}/`,
      `http://2130706433:${port}/`,
      `http://0x7f.1:${port}/`,
      `http://[::ffff:127.0.0.1]:${port}/`,
      `http://[::1]:${port}/`,
      `http://0:${port}/`,
      "http://169.254.169.254/latest",
    ];
    expect(
      await lines(spellings.map((url) => failing(`fetch("${url}")`)).join("\n"), { origins: ["*"] }),
    ).toEqual(spellings.map(() => "PERMISSION_DENIED"));
    expect(seen.every((request) => request.url === "/json")).toBe(true);
  });

  test("other schemes, credentials and wildcards of other hosts are refused", async () => {
    const urls = [
      "file:///etc/passwd",
      "data:text/plain,x",
      "ftp://example.com/",
      `http://user:pw@127.0.0.1/`,
      "https://example.com.evil.test/",
      "https://evil-example.com/",
      "https://example.com/",
    ];
    expect(
      await lines(urls.map((url) => failing(`fetch("${url}")`)).join("\n"), {
        origins: ["https://*.example.com", "http://127.0.0.1"],
      }),
    ).toEqual(urls.map(() => "PERMISSION_DENIED"));
  });

  test("proxies of the environment are not used", async () => {
    const before = { ...process.env };
    Object.assign(process.env, { HTTP_PROXY: otherOrigin, http_proxy: otherOrigin, NODE_USE_ENV_PROXY: "1" });
    try {
      expect(await lines(`console.log((await fetch(at + "/json")).status)`)).toEqual(["200"]);
      expect(seen.map((request) => request.url)).toEqual(["/json"]);
    } finally {
      process.env = before;
    }
  });

  test.each([
    "127.0.0.1",
    "10.1.2.3",
    "172.31.0.1",
    "192.168.0.1",
    "169.254.1.1",
    "100.64.0.1",
    "0.0.0.0",
    "255.255.255.255",
    "224.0.0.1",
    "::",
    "::1",
    "::ffff:8.8.8.8",
    "fe80::1",
    "fd00::1",
    "ff02::1",
    "2001:db8::1",
    "64:ff9b::7f00:1",
    "nonsense",
  ])("%s is not public", (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
  test.each(["8.8.8.8", "93.184.216.34", "172.32.0.1", "2606:4700::1111"])("%s is public", (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});

describe("what ends a request", () => {
  test("a body that is too large, also when it is packed or never ends", async () => {
    expect(
      await lines(
        ["/large", "/bomb", "/endless"].map((path) => failing(`fetch(at + "${path}")`)).join("\n"),
        { origins: [origin], maxBodyKb: 100 },
        { cpuMs: 20_000, wallMs: 20_000 },
      ),
    ).toEqual(["BODY_TOO_LARGE", "BODY_TOO_LARGE", "BODY_TOO_LARGE"]);
  });

  test("its time, also while a slow body comes", async () => {
    expect(
      await lines(`${failing(`fetch(at + "/never")`)} ${failing(`fetch(at + "/slow", { timeoutMs: 50 })`)}`, {
        origins: [origin],
        timeoutMs: 100,
      }),
    ).toEqual(["TIMEOUT", "TIMEOUT"]);
  });

  test("its signal, with the reason that was given", async () => {
    expect(
      await lines(`const c = new AbortController(); setTimeout(() => c.abort(new Error("enough")), 20);
        try { await fetch(at + "/never", { signal: c.signal }); } catch (error) { console.log(error.message); }
        try { await fetch(at + "/json", { signal: AbortSignal.abort() }); } catch (error) { console.log(error.name); }`),
    ).toEqual(["enough", "AbortError"]);
  });

  test("its signal, also while it waits for its turn: 64 are under way at once", async () => {
    expect(
      await lines(`const c = new AbortController(); const waiting = Array.from({ length: 100 }, () => fetch(at + "/never", { signal: c.signal }));
        const last = fetch(at + "/json", { timeoutMs: 20_000 });
        await fetch(at + "/json", { signal: AbortSignal.timeout(50) }).catch((error) => console.log(error.name));
        c.abort(); console.log(new Set((await Promise.allSettled(waiting)).map(({ reason }) => reason.name))); console.log((await last).status);`),
    ).toEqual(["TimeoutError", "Set(1) { 'AbortError' }", "200"]);
    expect(seen.filter(({ url }) => url === "/never").length).toBeLessThanOrEqual(64);
  });

  test("the end of the execution", async () => {
    session = await openTestSession({
      modules: { fetch: { origins: [origin] } },
      template: { limits: { wallMs: 300 } },
    });
    const outcome = await session.run(`await require("fetch").fetch(${JSON.stringify(`${origin}/never`)})`);
    expect(outcome.status).toBe("timeout");
    await expect.poll(() => closed).toEqual(["/never"]);
    expect(
      (await session.run(`(await require("fetch").fetch(${JSON.stringify(`${origin}/json`)})).status`))
        .status,
    ).toBe("ok");
  });

  test("a server that is not there", async () => {
    const gone = await listen();
    const address = `http://127.0.0.1:${(gone.address() as AddressInfo).port}`;
    await new Promise((resolve) => gone.close(resolve));
    expect(await lines(failing(`fetch("${address}/")`), { origins: [address] })).toEqual(["ECONNREFUSED"]);
  });
});
